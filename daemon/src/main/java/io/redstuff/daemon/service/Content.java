package io.redstuff.daemon.service;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

/** Bytes that are given out, complete and checked. Close it. */
public sealed interface Content extends AutoCloseable {
  /** {@return how many bytes there are} */
  long length();

  /**
   * Reads bytes.
   *
   * @param offset of the first
   * @param target is filled
   * @throws IOException if they cannot be read
   */
  void read(long offset, ByteBuffer target) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * Returns bytes in memory.
   *
   * @param bytes the bytes, not copied
   * @return the content
   */
  static Content of(byte[] bytes) {
    return new InMemory(bytes);
  }

  /**
   * Returns bytes that are not there: of a request that asks for headers alone.
   *
   * @param length how many there would be
   * @return the content
   */
  static Content absent(long length) {
    return new Absent(length);
  }

  /**
   * Returns the bytes of a temporary file.
   *
   * @param file the file, which is closed with it
   * @return the content
   */
  static Content of(SpoolFile file) {
    return new InFile(file);
  }

  /** In memory. */
  final class InMemory implements Content {
    private final byte[] bytes;

    private InMemory(byte[] bytes) {
      this.bytes = Objects.requireNonNull(bytes, "bytes");
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void read(long offset, ByteBuffer target) {
      target.put(bytes, Math.toIntExact(offset), target.remaining());
    }

    @Override
    public void close() {}
  }

  /** Not there. */
  final class Absent implements Content {
    private final long length;

    private Absent(long length) {
      this.length = length;
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void read(long offset, ByteBuffer target) {
      throw new IllegalStateException("content: got a read, expected none of headers alone");
    }

    @Override
    public void close() {}
  }

  /** In a temporary file. */
  final class InFile implements Content {
    private final SpoolFile file;

    private InFile(SpoolFile file) {
      this.file = Objects.requireNonNull(file, "file");
    }

    @Override
    public long length() {
      return file.length();
    }

    @Override
    public void read(long offset, ByteBuffer target) throws IOException {
      file.read(offset, target);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
