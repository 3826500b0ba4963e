package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.proof.VerifiedMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code redstuff verify}: says which slivers of a directory are good. */
@Command(
    name = "verify",
    header = "Check the slivers in a directory.",
    description = {
      "",
      "Proves every sliver against the metadata, counts good, missing and bad ones per axis, names"
          + " the bad, and says whether the blob can still be decoded. The exit status is 0 only if"
          + " all slivers are there and good.",
      "",
      "Example:",
      "  redstuff verify out",
      "  redstuff verify --json out | jq .decodable",
      ""
    })
final class VerifyCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private StoredBlobOptions stored;

  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException {
    SliverDirectory directory = stored.directory();
    VerifiedMetadata metadata = stored.readMetadata(directory);
    EncodingParameters parameters = metadata.parameters();
    SliverInspector inspector =
        new SliverInspector(threads.applyTo(ShardsOption.codec(parameters)), metadata);
    List<SliverFile> files = new ArrayList<>();
    List<String> strays = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      files.addAll(directory.files(axis, parameters));
      strays.addAll(directory.list(axis, parameters).strays());
    }
    VerifyReport report = VerifyReport.of(metadata, inspect(inspector, files), strays);
    session.out().print(json ? Json.of(report) + System.lineSeparator() : report.toText());
    return report.complete() ? ExitCode.OK : ExitCode.BAD_DATA;
  }

  private List<SliverState> inspect(SliverInspector inspector, List<SliverFile> files) {
    try (Progress progress = session.startProgress("checking", files.size(), "slivers")) {
      return inspector.inspect(files, progress);
    }
  }
}
