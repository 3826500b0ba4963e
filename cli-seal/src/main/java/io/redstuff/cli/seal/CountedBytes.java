package io.redstuff.cli.seal;

import io.redstuff.error.RedStuffException;
import io.redstuff.stream.BlobBytes;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Bytes of a blob that counts what is read of them. */
final class CountedBytes implements BlobBytes {
  private final BlobBytes bytes;
  private long bytesRead;

  CountedBytes(BlobBytes bytes) {
    this.bytes = bytes;
  }

  @Override
  public long length() {
    return bytes.length();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException, RedStuffException {
    bytes.read(offset, target);
    bytesRead += target.byteSize();
  }

  long bytesRead() {
    return bytesRead;
  }
}
