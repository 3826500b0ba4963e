package io.redstuff.cli.network;

import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.OutputDraft;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.ByteRange;
import io.redstuff.cli.option.FileOutputOption;
import io.redstuff.client.BlobUnavailableException;
import io.redstuff.client.RemoteBlob;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff network read}: reads a blob. */
@Command(
    name = "read",
    header = "Read a blob from the network.",
    description = {
      "",
      "Asks whichever nodes answer, and proves all that they give against the blob id before"
          + " anything is written. A range takes only the slivers that it lies in. The exit status"
          + " is 1 if the blob is unknown, expired or invalid, or too few nodes have it.",
      "",
      "Example:",
      "  redstuff network read Pg5RGcAkmbeFMRuTZAnYDS6E6UZnDLvlFRMUEktRYgo -o photo.jpg",
      "  redstuff network read Pg5RGcAkmbeFMRuTZAnYDS6E6UZnDLvlFRMUEktRYgo -o - --range 0-99",
      ""
    })
final class ReadCommand extends NetworkTask {
  @Parameters(paramLabel = "ID", description = "The blob id.")
  private BlobId id;

  @Mixin private FileOutputOption output;

  @Option(
      names = "--range",
      paramLabel = "A-B",
      description =
          "Bytes A to B, counted from 0, B included, as in HTTP; 'A-' for all from A on, '-N' for"
              + " the last N (default: all).")
  private ByteRange range;

  ReadCommand(Session session) {
    super(session);
  }

  @Override
  int run() throws CommandException, IOException, InterruptedException {
    OutputTarget target = output.target(session());
    try (LedgerAccess access = LedgerAccess.open(network().home());
        WalrusClient client = WalrusClient.of(access.client(), TransferSettings.defaults());
        TransferProgress progress = new TransferProgress(session());
        RemoteBlob blob = client.open(id, progress)) {
      if (range == null) {
        readAll(blob, target);
      } else {
        readRange(blob, target);
      }
      return ExitCode.OK;
    } catch (BlobUnavailableException e) {
      throw CommandException.badData(e.getMessage(), e);
    }
  }

  private void readAll(RemoteBlob blob, OutputTarget target)
      throws IOException, InterruptedException {
    try (OutputDraft draft =
        new OutputDraft(session(), target, BlobInput.temporaryDirectory(), blob.length())) {
      blob.read(draft.blob(), ConsistencyCheck.DEFAULT);
      draft.publish();
    }
  }

  private void readRange(RemoteBlob blob, OutputTarget target)
      throws CommandException, IOException, InterruptedException {
    long from = range.from(blob.length());
    long to = range.to(blob.length());
    try (Arena arena = Arena.ofShared()) {
      MemorySegment bytes = arena.allocate(to - from);
      blob.readRange(from, bytes);
      target.write(bytes);
    }
  }
}
