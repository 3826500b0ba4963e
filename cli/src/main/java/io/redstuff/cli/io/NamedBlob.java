package io.redstuff.cli.io;

import io.redstuff.store.NamedIoException;
import io.redstuff.stream.BlobTarget;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A blob in a file, whose troubles tell the user which file it was.
 *
 * @param name the file, as messages call it
 * @param blob its bytes
 */
public record NamedBlob(String name, BlobTarget blob) implements BlobTarget {
  @Override
  public long length() {
    return blob.length();
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    try {
      blob.read(offset, target);
    } catch (IOException e) {
      throw new NamedIoException(name, e);
    }
  }

  @Override
  public void write(long offset, MemorySegment bytes) throws IOException {
    try {
      blob.write(offset, bytes);
    } catch (IOException e) {
      throw new NamedIoException(name + ": cannot be written", e);
    }
  }
}
