package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code redstuff prove}: cuts a recovery symbol with its proof. */
@Command(
    name = "prove",
    header = "Write a recovery symbol with its proof.",
    description = {
      "",
      "Cuts the symbol in which row R (primary sliver R) and column C (secondary sliver C) cross,"
          + " and writes it with the Merkle path to the hash of the sliver it was cut from, in BCS"
          + " as a general recovery symbol. That sliver must be good; the other one, which the"
          + " symbol helps to recover, need not be there. 'redstuff check' verifies the file.",
      "",
      "Example:",
      "  redstuff prove out --symbol 73-241 -o symbol.bcs",
      ""
    })
final class ProveCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private StoredBlobOptions stored;

  @Option(
      names = "--symbol",
      required = true,
      paramLabel = "R-C",
      converter = SymbolIdConverter.class,
      description = "Which symbol: row and column, as in 73-241.")
  private SymbolId symbol;

  @Option(
      names = "--axis",
      paramLabel = "AXIS",
      description =
          "The sliver to recover with it: ${COMPLETION-CANDIDATES}. 'primary' cuts it from"
              + " secondary sliver C, 'secondary' from primary sliver R (default: primary if C is"
              + " good, else secondary).")
  private Axis axis;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "File to write; '-' is standard output. A file of that name is replaced.")
  private String output;

  ProveCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, RedStuffException {
    SliverDirectory directory = stored.directory();
    OutputTarget target = OutputTarget.of(session, output);
    VerifiedMetadata metadata = stored.readMetadata(directory);
    for (Axis a : Axis.values()) {
      SliverId crossing = symbol.sliver(a);
      if (crossing.index() >= metadata.parameters().shards()) {
        throw CommandException.usage(
            "--symbol: got %s sliver %s, expected 0 to %s"
                .formatted(a, crossing.index(), metadata.parameters().shards() - 1));
      }
    }
    GeneralRecoverySymbol proven = cut(directory, metadata);
    proven.verify(metadata);
    target.write(MemorySegment.ofArray(proven.toBcs()));
    if (!output.equals(OutputTarget.STANDARD_OUTPUT)) {
      session.out().println(ProofText.of(proven));
    }
    return ExitCode.OK;
  }

  private GeneralRecoverySymbol cut(SliverDirectory directory, VerifiedMetadata metadata)
      throws CommandException {
    RedStuff codec = ShardsOption.codec(metadata.parameters());
    SliverInspector inspector = new SliverInspector(codec, metadata);
    List<String> trouble = new ArrayList<>();
    for (Axis recovered : axis == null ? List.of(Axis.values()) : List.of(axis)) {
      SliverId from = symbol.sliver(recovered.opposite());
      SliverFile file =
          directory.file(from.axis(), from.pair(metadata.parameters()), metadata.parameters());
      List<GeneralRecoverySymbol> cut = new ArrayList<>();
      SliverState state;
      try (Progress progress = session.startProgress("reading", 1, "slivers")) {
        state =
            inspector
                .expand(List.of(file), source -> cut.add(cut(source, recovered)), progress)
                .getFirst();
      }
      switch (state) {
        case SliverState.Good _ -> {
          return cut.getFirst();
        }
        case SliverState.Missing _ -> trouble.add(file.name() + ": missing");
        case SliverState.Bad(_, String reason) -> trouble.add(file.name() + ": " + reason);
      }
    }
    throw CommandException.badData(
        "%s: no good sliver to cut symbol %s from: %s"
            .formatted(stored.input(), symbol, String.join("; ", trouble)));
  }

  private GeneralRecoverySymbol cut(ExpandedSliver source, Axis recovered) {
    int target = symbol.sliver(recovered).index();
    return source.recoverySymbol(target).withTarget(target);
  }
}
