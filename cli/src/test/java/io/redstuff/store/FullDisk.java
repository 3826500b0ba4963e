package io.redstuff.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/** The file system with room for a number of bytes and no more; a write takes what still fits. */
public final class FullDisk implements FileOperations {

  private long room;

  private FullDisk(long room) {
    this.room = room;
  }

  /** What opens files in the place of the file system. */
  @FunctionalInterface
  public interface Opener {
    /** Opens one as the file system does. */
    GatheringByteChannel open(Path file, OpenOption... options) throws IOException;
  }

  /** Files on a disk with so much room. */
  public static CreatedFiles filesOf(long room) {
    return CreatedFiles.by(new FullDisk(room));
  }

  /** Files that an opener opens. */
  public static CreatedFiles files(Opener opener) {
    return CreatedFiles.by(opener::open);
  }

  @Override
  public GatheringByteChannel open(Path file, OpenOption... options) throws IOException {
    GatheringByteChannel channel = FILE_SYSTEM.open(file, options);
    return new GatheringByteChannel() {
      @Override
      public int write(ByteBuffer source) throws IOException {
        return Math.toIntExact(write(new ByteBuffer[] {source}, 0, 1));
      }

      @Override
      public long write(ByteBuffer[] sources) throws IOException {
        return write(sources, 0, sources.length);
      }

      @Override
      public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        if (room == 0) {
          throw new FileSystemException(file.toString(), null, "No space left on device");
        }
        ByteBuffer source = sources[offset];
        int count = (int) Math.min(room, source.remaining());
        ByteBuffer part = source.slice(source.position(), count);
        while (part.hasRemaining()) {
          channel.write(part);
        }
        source.position(source.position() + count);
        room -= count;
        return count;
      }

      @Override
      public boolean isOpen() {
        return channel.isOpen();
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
