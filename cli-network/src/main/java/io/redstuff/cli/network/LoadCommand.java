package io.redstuff.cli.network;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.ByteSize;
import io.redstuff.cli.show.Json;
import io.redstuff.cli.show.Progress;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code redstuff network load}: measures how fast a network stores and reads. */
@Command(
    name = "load",
    header = "Store blobs, read them back, and tell how fast that was.",
    description = {
      "",
      "Blobs of random bytes, each for one epoch. A store has ended when the blob is certified; all"
          + " that is read is compared with what was stored. Client and network share this machine,"
          + " so the figures are of both together.",
      "",
      "Example:",
      "  redstuff network load --size 1MiB --blobs 100 --clients 4",
      ""
    })
final class LoadCommand extends NetworkTask {
  /** All clients have a blob in memory, and one that they have read. */
  private static final long LARGEST = 1L << 30;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      defaultValue = "1KiB",
      description = "How long each blob is (default: ${DEFAULT-VALUE}).")
  private ByteSize size;

  @Option(
      names = "--blobs",
      paramLabel = "COUNT",
      defaultValue = "100",
      description = "How many blobs (default: ${DEFAULT-VALUE}).")
  private int blobs;

  @Option(
      names = "--clients",
      paramLabel = "COUNT",
      defaultValue = "1",
      description = "How many blobs at a time (default: ${DEFAULT-VALUE}).")
  private int clients;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  LoadCommand(Session session) {
    super(session);
  }

  @Override
  int run() throws CommandException, IOException, InterruptedException {
    check("--size", size.bytes(), LARGEST);
    check("--blobs", blobs, 1_000_000);
    check("--clients", clients, 10_000);
    LoadReport report;
    try (LedgerAccess access = LedgerAccess.open(network().home());
        WalrusClient client = WalrusClient.of(access.client(), TransferSettings.defaults())) {
      Load load =
          new Load(client, (int) size.bytes(), blobs, clients, new SecureRandom().nextLong());
      try (Progress progress = session().startProgress("load", 2L * blobs, "blobs")) {
        report =
            new LoadReport(
                size.bytes(), blobs, clients, List.of(load.store(progress), load.read(progress)));
      }
    }
    session().out().print(json ? Json.of(report) : report.toText());
    return ExitCode.OK;
  }

  private static void check(String option, long got, long most) throws CommandException {
    if (got < 1 || got > most) {
      throw CommandException.usage("%s: got %s, expected 1 to %s".formatted(option, got, most));
    }
  }
}
