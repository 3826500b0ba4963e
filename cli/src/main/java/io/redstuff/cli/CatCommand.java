package io.redstuff.cli;

import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.RangeReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
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
final class CatCommand implements Callable<Integer> {

  /** What the command is called. */
  static final String NAME = "cat";

  /** So much is read and written at a time. */
  private static final long PIECE_BYTES = 4L << 20;

  private final Session session;

  @Mixin private StoredBlobOptions stored;

  @Mixin private ThreadsOption threads;

  @Option(
      names = "--range",
      paramLabel = "A-B",
      converter = ByteRange.Converter.class,
      description =
          "Bytes A to B, counted from 0, B included, as in HTTP; 'A-' for all from A on, '-N' for"
              + " the last N (default: all).")
  private ByteRange range = ByteRange.ALL;

  @Option(
      names = "--check",
      paramLabel = "CHECK",
      defaultValue = "recovered",
      description =
          "What to prove before it is written: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}). For 'all', each sliver that bytes are taken from is read and"
              + " hashed as a whole.")
  private RangeCheckChoice check;

  @Option(
      names = "--stats",
      description = "Say on standard error how many bytes of how many slivers were read.")
  private boolean stats;

  CatCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, RedStuffException {
    SliverDirectory directory = stored.directory();
    VerifiedMetadata metadata = stored.readMetadata(directory);
    RedStuff codec = threads.applyTo(ShardsOption.codec(metadata.parameters()));
    long from = range.from(metadata.blobLength());
    long to = range.to(metadata.blobLength());
    StoredSlivers slivers =
        new StoredSlivers(
            directory,
            metadata,
            new SliverInspector(codec, metadata),
            _ -> true,
            bad -> session.complain(bad.skipped()));
    try (RangeReader reader = RangeReader.of(codec, metadata, slivers, check.check())) {
      copy(reader, from, to);
      if (stats) {
        session.complain(
            String.format(
                Locale.ROOT,
                "read %s of %d slivers for %d bytes",
                ByteSize.describe(slivers.bytesRead()),
                slivers.sliversRead(),
                to - from));
      }
    } catch (IOException e) {
      throw NamedIoException.toCommandException(e, stored.input().toString());
    }
    return ExitCode.OK;
  }

  private void copy(RangeReader reader, long from, long to)
      throws CommandException, RedStuffException, IOException {
    OutputTarget out = OutputTarget.of(session, OutputTarget.STANDARD_OUTPUT);
    try (Arena arena = Arena.ofConfined();
        Progress progress = session.startProgress("reading", to - from, Progress.MIB)) {
      MemorySegment buffer = arena.allocate(Math.min(PIECE_BYTES, to - from));
      for (long at = from; at < to; at += buffer.byteSize()) {
        if (session.files().isStopped()) {
          throw new CancellationException("stopped");
        }
        MemorySegment piece = buffer.asSlice(0, Math.min(buffer.byteSize(), to - at));
        reader.read(at, piece);
        out.write(piece);
        progress.step(piece.byteSize());
      }
    }
  }
}
