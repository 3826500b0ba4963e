package io.redstuff.cli.command;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.MapTarget;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.AxesOption;
import io.redstuff.cli.option.DurabilityOption;
import io.redstuff.cli.option.MemoryOption;
import io.redstuff.cli.option.StoredBlobOptions;
import io.redstuff.cli.show.Json;
import io.redstuff.cli.show.RecoverReport;
import io.redstuff.cli.show.SliverMap;
import io.redstuff.store.Inspection;
import io.redstuff.store.RepairReport;
import io.redstuff.store.SliverRepair;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code redstuff recover}: heals missing and bad slivers. */
@Command(
    name = "recover",
    header = "Heal missing and bad slivers from the others.",
    description = {
      "",
      "Checks the slivers that are asked for, all unless --pair or --axis says otherwise, and"
          + " restores those that are missing or bad from the others: a primary sliver from n-f"
          + " secondary ones, a secondary sliver from n-2f primary ones, where f = (n-1)/3. Of the"
          + " blob's own rows and columns, primary slivers below n-2f and secondary ones below n-f,"
          + " each takes one symbol of each of these; the others take all symbols of the blob,"
          + " once. What is restored is hashed before it takes its place. The exit status is 0 only"
          + " if all slivers that were asked for are then good.",
      "",
      "Example:",
      "  redstuff recover out",
      "  redstuff recover out --pair 17 --axis primary",
      "  redstuff recover out --map out.png --map -",
      ""
    })
public final class RecoverCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private StoredBlobOptions options;

  @Mixin private MemoryOption memory;

  @Mixin private DurabilityOption durability;

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
  private AxesOption axes;

  @Option(
      names = "--map",
      paramLabel = "FILE",
      description =
          "Draw all slivers, good, healed, bad, missing and not looked at, to FILE.png or FILE.svg,"
              + " or in characters to standard output if FILE is '-'; may be given more than once.")
  private List<String> maps = new ArrayList<>();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** Runs in {@code session}. */
  public RecoverCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    List<MapTarget> mapTargets = mapTargets();
    StoredEncoding stored = options.open(session);
    RepairReport repair = repair(stored);
    RecoverReport report = RecoverReport.of(repair);
    session.out().print(json ? Json.of(report) : report.toText());
    for (MapTarget target : mapTargets) {
      target.write(SliverMap.of(repair.after()));
    }
    if (report.inconsistent()) {
      session.complain(
          options.input()
              + ": the blob was encoded inconsistently, no healing helps; 'redstuff dispute' writes"
              + " the proof");
    }
    return report.whole() ? ExitCode.OK : ExitCode.BAD_DATA;
  }

  private RepairReport repair(StoredEncoding stored) throws CommandException, IOException {
    List<SliverId> wanted = wanted(stored.metadata().parameters());
    Workspace workspace =
        memory.workspace(stored.codec(), stored.metadata().blobLength(), options.input());
    Inspection found;
    try (WorkProgress progress = new WorkProgress(session, "checking")) {
      found = stored.inspect(wanted, progress);
    }
    try (WorkProgress progress = new WorkProgress(session, "healing")) {
      return new SliverRepair(stored, found, List.of(), workspace, durability.durability())
          .run(progress);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }

  private List<SliverId> wanted(EncodingParameters parameters) throws CommandException {
    List<SliverId> wanted = new ArrayList<>();
    for (int pair = 0; pair < parameters.shards(); pair++) {
      if (pairs.isEmpty() || pairs.contains(pair)) {
        SliverPairIndex index = SliverPairIndex.of(pair);
        for (Axis axis : axes.axes()) {
          wanted.add(axis == Axis.PRIMARY ? index.primary() : index.secondary(parameters));
        }
      }
    }
    for (int pair : pairs) {
      if (pair < 0 || pair >= parameters.shards()) {
        throw CommandException.usage(
            "--pair: got " + pair + ", expected 0 to " + (parameters.shards() - 1));
      }
    }
    return wanted;
  }

  private List<MapTarget> mapTargets() throws CommandException, IOException {
    List<MapTarget> targets = new ArrayList<>();
    for (String map : maps) {
      MapTarget target = MapTarget.of(session, map);
      if (json && target.isStandardOutput()) {
        throw CommandException.usage("--json and '--map -' exclude each other");
      }
      targets.add(target);
    }
    return targets;
  }
}
