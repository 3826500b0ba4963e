package io.redstuff.cli.io;

import io.redstuff.store.AtomicFile;
import io.redstuff.store.Durability;
import io.redstuff.store.NamedIoException;
import io.redstuff.stream.BlobTarget;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A blob that is put together piece by piece and given out when it is whole: in memory if it is
 * short, else in the file itself before it takes its name, or in a temporary file if there is none
 * that could.
 */
public final class OutputDraft implements AutoCloseable {
  /** Longer blobs go to a file. */
  private static final long SHORT = 64L << 20;

  private final OutputTarget target;
  private final MemorySegment memory;
  private final AtomicFile file;
  private final FileChannel channel;
  private final BlobTarget blob;

  /**
   * Makes room.
   *
   * @param spills directory for a temporary file, where that cannot become the file itself
   * @param length how many bytes there will be
   */
  public OutputDraft(Session session, OutputTarget target, Path spills, long length)
      throws NamedIoException {
    this.target = target;
    boolean isShort = length <= SHORT;
    this.memory = isShort ? Arena.ofAuto().allocate(length) : MemorySegment.NULL;
    this.file =
        isShort
            ? null
            : target.file().map(path -> AtomicFile.of(session.files(), path)).orElse(null);
    this.channel = isShort ? null : file == null ? BlobInput.temporaryFile(spills) : open();
    String name = file == null ? BlobInput.temporaryName(spills) : target.name();
    this.blob =
        new NamedBlob(name, isShort ? BlobTarget.of(memory) : BlobTarget.of(channel, length));
  }

  private FileChannel open() throws NamedIoException {
    try {
      return file.open();
    } catch (IOException e) {
      throw new NamedIoException(target.name() + ": cannot be written", e);
    }
  }

  /** Returns where to put the bytes. */
  public BlobTarget blob() {
    return blob;
  }

  /** Gives out the blob. */
  public void publish() throws NamedIoException {
    if (channel == null) {
      target.write(memory);
    } else if (file == null) {
      target.write(blob);
    } else {
      try {
        // Closed first: some file systems report a full disk only then.
        channel.close();
        file.publish(Durability.BUFFERED);
      } catch (IOException e) {
        throw new NamedIoException(target.name() + ": cannot be written", e);
      }
    }
  }

  /** Takes away what was not given out. */
  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
    if (file != null) {
      file.close();
    }
  }
}
