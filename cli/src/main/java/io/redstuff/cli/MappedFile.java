package io.redstuff.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The content of a file as native memory. */
final class MappedFile {

  /** Below this a read is cheaper than setting up and taking down a mapping. */
  private static final long SMALL = 64 << 10;

  private MappedFile() {}

  /** All of {@code file}, valid as long as {@code arena}; never on the heap. */
  static MemorySegment open(Path file, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return open(channel, arena);
    }
  }

  /** All of the file behind {@code channel}, which may be closed before {@code arena}. */
  static MemorySegment open(FileChannel channel, Arena arena) throws IOException {
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
