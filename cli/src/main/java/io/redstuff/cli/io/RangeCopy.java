package io.redstuff.cli.io;

import io.redstuff.error.RedStuffException;
import io.redstuff.stream.BlobBytes;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Copies a range of a blob to somewhere, so much at a time that it fits into memory. */
public final class RangeCopy {
  private static final long PIECE_BYTES = 4L << 20;

  private RangeCopy() {}

  /** Where a piece goes. */
  @FunctionalInterface
  public interface Sink {
    /** Writes a piece that begins so many bytes after the range does. */
    void write(long offset, MemorySegment piece) throws IOException;
  }

  /** Copies the bytes from {@code from} on to before {@code to}, in order. */
  public static void copy(BlobBytes blob, long from, long to, Sink sink, WorkMonitor monitor)
      throws IOException, RedStuffException {
    long length = to - from;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(Math.min(PIECE_BYTES, length));
      for (long done = 0; done < length; done += buffer.byteSize()) {
        monitor.report(done, length);
        MemorySegment piece = buffer.asSlice(0, Math.min(buffer.byteSize(), length - done));
        blob.read(from + done, piece);
        sink.write(done, piece);
      }
    }
  }
}
