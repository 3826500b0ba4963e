package io.redstuff.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A blob, or a part of what becomes one, in a file. */
record FileBlob(FileChannel file, long length) implements BlobTarget {
  /** A buffer cannot be longer than its lengths, which are of type int. */
  private static final long LONGEST = 1L << 30;

  private static final int COPY_BYTES = 1 << 16;

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    checkEnd(offset, target.byteSize(), length);
    for (long done = 0; done < target.byteSize(); ) {
      int read = file.read(piece(target, done), offset + done);
      if (read < 0) {
        throw new EOFException(
            "file: got %s bytes, expected at least %s"
                .formatted(offset + done, offset + target.byteSize()));
      }
      done += read;
    }
  }

  @Override
  public void write(long offset, MemorySegment bytes) throws IOException {
    for (long done = 0; done < bytes.byteSize(); ) {
      done += file.write(piece(bytes, done), offset + done);
    }
  }

  /**
   * Writes what a stream has, up to the length of this. A channel's {@code transferFrom} will not
   * do: it takes a failure of the stream, or 2 GiB, for the end of it.
   */
  void fill(InputStream stream) throws IOException {
    byte[] bytes = new byte[COPY_BYTES];
    for (long done = 0; done < length; ) {
      int wanted = (int) Math.min(bytes.length, length - done);
      int read = stream.readNBytes(bytes, 0, wanted);
      write(done, MemorySegment.ofArray(bytes).asSlice(0, read));
      if (read < wanted) {
        return;
      }
      done += read;
    }
  }

  private static ByteBuffer piece(MemorySegment memory, long from) {
    return memory.asSlice(from, Math.min(LONGEST, memory.byteSize() - from)).asByteBuffer();
  }

  static void checkEnd(long offset, long bytes, long length) throws EOFException {
    if (offset < 0 || offset > length - bytes) {
      throw new EOFException(
          "blob: got a read of %s bytes at %s, expected it within %s bytes"
              .formatted(bytes, offset, length));
    }
  }
}
