package io.redstuff.cli.command;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.StoredBlobOptions;
import io.redstuff.cli.show.Json;
import io.redstuff.cli.show.VerifyReport;
import io.redstuff.store.StoredEncoding;
import java.io.IOException;
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
public final class VerifyCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private StoredBlobOptions options;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  /** Runs in {@code session}. */
  public VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    StoredEncoding stored = options.open(session);
    VerifyReport report;
    try (WorkProgress progress = new WorkProgress(session, "checking")) {
      report = VerifyReport.of(stored.inspect(progress));
    }
    session.out().print(json ? Json.of(report) : report.toText());
    return report.complete() ? ExitCode.OK : ExitCode.BAD_DATA;
  }
}
