package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.RedStuff;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.StreamDecoder;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code redstuff recover}: heals missing and bad slivers. */
@Command(
    name = "recover",
    header = "Heal missing and bad slivers from the others.",
    description = {
      "",
      "Checks all slivers as 'redstuff verify' does, then restores those that are missing or bad"
          + " from symbols, with proofs, that good slivers of the other axis share with them: a"
          + " primary sliver takes n-f secondary ones, a secondary sliver n-2f primary ones, where"
          + " f = (n-1)/3. If one axis has too few, it is healed first. What is restored is hashed"
          + " again before it takes its place. Where memory is short of that, the blob is decoded"
          + " to a temporary file and what is lacking encoded from it. The exit status is 0 only if"
          + " all slivers that were asked for are then good.",
      "",
      "Example:",
      "  redstuff recover out",
      "  redstuff recover out --pair 17 --axis primary",
      "  redstuff recover out --map out.png --map -",
      ""
    })
final class RecoverCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private StoredBlobOptions stored;

  @Mixin private ThreadsOption threads;

  @Mixin private MemoryOption memory;

  @Option(
      names = "--pair",
      paramLabel = "I",
      description = "Heal the slivers of this pair only; may be given more than once.")
  private List<Integer> pairs = new ArrayList<>();

  @Option(
      names = "--axis",
      paramLabel = "AXIS",
      defaultValue = "both",
      description = "Slivers to heal: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private AxisSelection axes;

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description =
          "Draw all slivers, good, healed, bad and missing, to FILE.png or FILE.svg, or in"
              + " characters to standard output if FILE is '-'; may be given more than once.")
  private List<String> maps = new ArrayList<>();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  RecoverCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException {
    SliverDirectory directory = stored.directory();
    directory.checkAxesApart();
    List<MapTarget> mapTargets = mapTargets();
    VerifiedMetadata metadata = stored.readMetadata(directory);
    Set<Integer> wanted = wantedPairs(metadata.parameters());
    RedStuff codec = threads.applyTo(ShardsOption.codec(metadata.parameters()));
    SliverCensus census = SliverCensus.take(session, directory, codec, metadata);
    Predicate<SliverPairIndex> isWanted = pair -> wanted.isEmpty() || wanted.contains(pair.value());
    Healer healer = healer(directory, codec, metadata, census, isWanted);
    Restoration restoration = new Restoration(session, directory, metadata, census, healer);
    restoration.heal(axes.axes(), isWanted);
    RecoverReport report = restoration.report();
    session.out().print(json ? Json.of(report) + System.lineSeparator() : report.toText());
    for (MapTarget target : mapTargets) {
      target.write(SliverMap.of(metadata.blobId(), census));
    }
    if (report.inconsistent()) {
      session.complain(
          stored.input()
              + ": the blob was encoded inconsistently, no healing helps; 'redstuff dispute' writes"
              + " the proof");
    }
    return report.whole() ? ExitCode.OK : ExitCode.BAD_DATA;
  }

  /** Restores sliver by sliver if memory has room for all that needs, else by way of the blob. */
  private Healer healer(
      SliverDirectory directory,
      RedStuff codec,
      VerifiedMetadata metadata,
      SliverCensus census,
      Predicate<SliverPairIndex> isWanted)
      throws CommandException {
    Path root = directory.root();
    Workspace any = Workspace.ofMemory(Long.MAX_VALUE);
    long least =
        Math.max(
            StreamDecoder.of(codec, any).minimumMemory(),
            StreamEncoder.of(codec, any).minimumMemory());
    Workspace workspace =
        memory.workspace(metadata.parameters(), metadata.blobLength(), least, root);
    SliverHealer bySymbols =
        new SliverHealer(session, codec, metadata, census, workspace.memoryBudget());
    List<SliverFile> targets = new ArrayList<>();
    boolean room = true;
    for (Axis axis : axes.axes()) {
      List<SliverFile> ofAxis = Restoration.targets(census, axis, isWanted);
      room &= bySymbols.hasRoomFor(axis, ofAxis.size());
      targets.addAll(ofAxis);
    }
    if (room || workspace.spillDirectory().isEmpty()) {
      return bySymbols;
    }
    return new BlobHealer(
        session,
        directory,
        codec,
        metadata,
        census,
        workspace,
        workspace.spillDirectory().get(),
        targets);
  }

  private List<MapTarget> mapTargets() throws CommandException {
    if (json && maps.contains(OutputTarget.STANDARD_OUTPUT)) {
      throw CommandException.usage("--json and '--map -' exclude each other");
    }
    List<MapTarget> targets = new ArrayList<>();
    for (String map : maps) {
      targets.add(MapTarget.of(session, map));
    }
    return targets;
  }

  private Set<Integer> wantedPairs(EncodingParameters parameters) throws CommandException {
    for (int pair : pairs) {
      if (pair < 0 || pair >= parameters.shards()) {
        throw CommandException.usage(
            "--pair: got " + pair + ", expected 0 to " + (parameters.shards() - 1));
      }
    }
    return new HashSet<>(pairs);
  }
}
