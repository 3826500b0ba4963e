package io.redstuff.stream;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Moves native memory to and from files, all of it or an exception. */
final class FileBytes {
  /** A buffer cannot be longer than its lengths, which are of type int. */
  private static final long LONGEST = 1L << 30;

  private FileBytes() {}

  static void read(FileChannel file, long offset, MemorySegment target) throws IOException {
    for (long done = 0; done < target.byteSize(); ) {
      ByteBuffer piece = piece(target, done);
      int read = file.read(piece, offset + done);
      if (read < 0) {
        throw new EOFException(
            "file: got %s bytes, expected at least %s"
                .formatted(offset + done, offset + target.byteSize()));
      }
      done += read;
    }
  }

  static void write(FileChannel file, long offset, MemorySegment bytes) throws IOException {
    for (long done = 0; done < bytes.byteSize(); ) {
      done += file.write(piece(bytes, done), offset + done);
    }
  }

  private static ByteBuffer piece(MemorySegment memory, long from) {
    return memory.asSlice(from, Math.min(LONGEST, memory.byteSize() - from)).asByteBuffer();
  }
}
