package io.redstuff.cli.command;

import io.redstuff.Axis;
import io.redstuff.cli.command.SealCommands.OpenedBlob;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.RangeCopy;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.ByteRange;
import io.redstuff.cli.option.StoredBlobOptions;
import io.redstuff.cli.show.Text;
import io.redstuff.error.RedStuffException;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredRanges;
import io.redstuff.store.StoredSlivers;
import io.redstuff.stream.BlobBytes;
import io.redstuff.stream.RangeCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code redstuff cat}: bytes of a blob, from no more of its slivers than that takes. */
@Command(
    name = CatCommand.NAME,
    header = "Write a range of the bytes of a blob to standard output.",
    description = {
      "",
      "Reads only the parts of slivers that hold the range. Where one is missing, the symbols are"
          + " taken from the slivers that cross it; where these are missing too, they are recovered"
          + " and proven against the metadata before they are written.",
      "Mind that a part of a sliver proves nothing: unless '--check all' is given, bytes that need"
          + " no recovery are as they are stored. 'redstuff decode' proves the whole blob, and"
          + " writes nothing before that is done.",
      "",
      "Example:",
      "  redstuff cat out --range 0-1023 | file -",
      "  redstuff cat out --range -100 --check all --stats",
      ""
    })
public final class CatCommand implements Callable<Integer> {
  /** What the command is called. */
  public static final String NAME = "cat";

  private final Session session;

  @Mixin private StoredBlobOptions options;

  @Option(
      names = "--range",
      paramLabel = "A-B",
      description =
          "Bytes A to B, counted from 0, B included, as in HTTP; 'A-' for all from A on, '-N' for"
              + " the last N (default: all).")
  private ByteRange range = ByteRange.ALL;

  @Option(
      names = "--check",
      paramLabel = "CHECK",
      defaultValue = "recovered",
      description =
          "What to prove before it is written: recovered or all (default: ${DEFAULT-VALUE}). For"
              + " 'all', each sliver that bytes are taken from is read and hashed as a whole.")
  private RangeCheck check;

  @Option(
      names = SealCommands.KEY_OPTION,
      paramLabel = "FILE",
      description =
          "The blob is sealed: open it with the user keys in this file. The range is one of the"
              + " content, and every byte of it is authenticated.")
  private Path keyFile;

  @Option(
      names = "--stats",
      description = "Say on standard error how many bytes of how many slivers were read.")
  private boolean stats;

  /** Runs in {@code session}. */
  public CatCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException, RedStuffException {
    StoredEncoding stored = options.open(session);
    StoredSlivers slivers =
        stored.slivers(EnumSet.allOf(Axis.class), bad -> session.complain(options.skipped(bad)));
    long bytes;
    try (StoredRanges reader = stored.ranges(slivers, check)) {
      bytes = keyFile == null ? copyRange(reader) : copyOpened(reader);
    }
    if (stats) {
      session.complain(
          "read %s of %s slivers for %s bytes"
              .formatted(Text.bytes(slivers.bytesRead()), slivers.sliversRead(), bytes));
    }
    return ExitCode.OK;
  }

  private long copyOpened(BlobBytes sealed)
      throws CommandException, IOException, RedStuffException {
    try (OpenedBlob content = SealCommands.find().open(sealed, keyFile)) {
      return copyRange(content);
    }
  }

  /** Returns how many bytes that were. */
  private long copyRange(BlobBytes blob) throws CommandException, IOException, RedStuffException {
    long from = range.from(blob.length());
    long to = range.to(blob.length());
    OutputTarget out = OutputTarget.standardOutput(session);
    try (WorkProgress progress = new WorkProgress(session, "reading")) {
      RangeCopy.copy(blob, from, to, (_, piece) -> out.write(piece), progress);
    }
    return to - from;
  }
}
