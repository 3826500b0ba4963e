package io.redstuff.cli.io;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** The content of a file as native memory. */
public final class MappedFile {

  /** Below this a read is cheaper than setting up and taking down a mapping. */
  private static final long SMALL = 64 << 10;

  private MappedFile() {}

  /** Returns all of the file that {@code channel} reads; it may be closed before {@code arena}. */
  public static MemorySegment open(FileChannel channel, Arena arena) throws IOException {
    long size = channel.size();
    return size > SMALL
        ? channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena).asReadOnly()
        : read(channel, size, arena);
  }

  private static MemorySegment read(FileChannel channel, long size, Arena arena)
      throws IOException {
    MemorySegment content = arena.allocate(size);
    ByteBuffer buffer = content.asByteBuffer();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, buffer.position()) < 0) {
        throw new IOException("was shortened while it was read");
      }
    }
    return content.asReadOnly();
  }
}
