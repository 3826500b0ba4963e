package io.redstuff.cli.command;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.FileOutputOption;
import io.redstuff.cli.option.StoredBlobOptions;
import io.redstuff.cli.show.ProofText;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.store.SliverState;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredSlivers;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
public final class ProveCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private StoredBlobOptions options;

  @Option(
      names = "--symbol",
      required = true,
      paramLabel = "R-C",
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

  @Mixin private FileOutputOption output;

  /** Runs in {@code session}. */
  public ProveCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException, RedStuffException {
    StoredEncoding stored = options.open(session);
    OutputTarget target = output.target(session);
    for (Axis a : Axis.values()) {
      SliverId crossing = symbol.sliver(a);
      int shards = stored.metadata().parameters().shards();
      if (crossing.index() >= shards) {
        throw CommandException.usage(
            "--symbol: got %s sliver %s, expected 0 to %s"
                .formatted(a, crossing.index(), shards - 1));
      }
    }
    GeneralRecoverySymbol proven = cut(stored);
    proven.verify(stored.metadata());
    target.write(MemorySegment.ofArray(proven.toBcs()));
    if (!target.isStandardOutput()) {
      session.out().println(ProofText.of(proven));
    }
    return ExitCode.OK;
  }

  private GeneralRecoverySymbol cut(StoredEncoding stored) throws CommandException {
    StoredSlivers slivers = stored.slivers();
    List<String> trouble = new ArrayList<>();
    for (Axis recovered : axis == null ? List.of(Axis.values()) : List.of(axis)) {
      SliverId source = symbol.sliver(recovered.opposite());
      int target = symbol.sliver(recovered).index();
      try (Arena arena = Arena.ofConfined()) {
        Optional<ExpandedSliver> expanded = slivers.expand(source, arena);
        if (expanded.isPresent()) {
          return expanded.get().recoverySymbol(target).withTarget(target);
        }
      }
      SliverState state = slivers.state(source);
      trouble.add(state.name() + ": " + (state.reason().isEmpty() ? "missing" : state.reason()));
    }
    throw CommandException.badData(
        "%s: no good sliver to cut symbol %s from: %s"
            .formatted(options.input(), symbol, String.join("; ", trouble)),
        null);
  }
}
