package io.redstuff.spark.task;

import io.redstuff.stream.BlobSource;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file of any Hadoop file system as a blob, read at any place in pieces of a MiB: never as an
 * array of its whole length.
 *
 * <p>For one thread at a time.
 */
public final class HadoopBlob implements BlobSource, Closeable {
  private static final int PIECE = 1 << 20;

  private final String uri;
  private final long length;
  private final FSDataInputStream in;
  private byte[] piece = {};

  private HadoopBlob(String uri, long length, FSDataInputStream in) {
    this.uri = uri;
    this.length = length;
    this.in = in;
  }

  /**
   * Looks at a file.
   *
   * @param uri where it is
   * @param configuration of the file systems
   * @return length and time
   * @throws IOException if there is no such file, it is a directory, or nobody knows such URIs
   */
  public static FileStatus status(String uri, Configuration configuration) throws IOException {
    Path path = path(uri);
    FileStatus status = path.getFileSystem(configuration).getFileStatus(path);
    if (!status.isFile()) {
      throw new IOException(uri + ": got a directory, expected a file");
    }
    return status;
  }

  /**
   * Opens a file, of as many bytes as it has now.
   *
   * @param uri where it is
   * @param configuration of the file systems
   * @return its bytes, to be closed
   * @throws IOException if it cannot be opened
   */
  public static HadoopBlob open(String uri, Configuration configuration) throws IOException {
    FileStatus status = status(uri, configuration);
    FileSystem files = status.getPath().getFileSystem(configuration);
    return new HadoopBlob(uri, status.getLen(), files.open(status.getPath()));
  }

  private static Path path(String uri) throws IOException {
    try {
      return new Path(URI.create(uri));
    } catch (IllegalArgumentException e) {
      throw new IOException("got \"" + uri + "\", expected a URI: " + e.getMessage(), e);
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    for (long done = 0; done < target.byteSize(); ) {
      int bytes = (int) Math.min(PIECE, target.byteSize() - done);
      if (piece.length < bytes) {
        piece = new byte[bytes];
      }
      try {
        in.readFully(offset + done, piece, 0, bytes);
      } catch (EOFException e) {
        EOFException shorter =
            new EOFException(
                "%s: got less than %s bytes, expected %s"
                    .formatted(uri, offset + done + bytes, length));
        shorter.initCause(e);
        throw shorter;
      }
      MemorySegment.copy(piece, 0, target, ValueLayout.JAVA_BYTE, done, bytes);
      done += bytes;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
