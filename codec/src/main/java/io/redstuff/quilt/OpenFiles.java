package io.redstuff.quilt;

import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps files open from one reading to the next, a limited number of them. Not thread-safe. */
final class OpenFiles implements AutoCloseable {
  /** A process may usually have 1024 of them. */
  static final int MOST = 256;

  /** The one that was not used for the longest time is the first. */
  private final Map<Path, FileChannel> files = new LinkedHashMap<>(16, 0.75f, true);

  /** Returns the same blob, read through this. */
  BlobSource keep(PathBlob blob) {
    return new Kept(this, blob);
  }

  private record Kept(OpenFiles files, PathBlob blob) implements BlobSource {
    @Override
    public long length() {
      return blob.length();
    }

    @Override
    public void read(long offset, MemorySegment target) throws IOException {
      blob.read(files.open(blob), offset, target);
    }
  }

  private FileChannel open(PathBlob blob) throws IOException {
    FileChannel file = files.get(blob.path());
    if (file == null || !file.isOpen()) {
      if (files.size() == MOST) {
        Iterator<FileChannel> oldest = files.values().iterator();
        oldest.next().close();
        oldest.remove();
      }
      file = blob.open();
      files.put(blob.path(), file);
    }
    return file;
  }

  @Override
  public void close() throws IOException {
    for (FileChannel file : files.values()) {
      file.close();
    }
    files.clear();
  }
}
