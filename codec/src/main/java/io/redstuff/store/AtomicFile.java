package io.redstuff.store;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A file whose name either stays as it was or names the whole new content: the bytes go to a
 * temporary file in the same directory, which then takes the name.
 *
 * <p>For one thread at a time.
 */
public final class AtomicFile {
  private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.[0-9a-f]{16}\\.part");

  /** Channels speak of buffers of at most 2 GiB. */
  private static final long LARGEST_BUFFER = 1L << 30;

  private final CreatedFiles files;
  private final Path target;
  private final Path temporary;

  /**
   * The content of a file that is to come; nothing is made yet.
   *
   * @param files that the temporary file is one of
   * @param target the file
   */
  public AtomicFile(CreatedFiles files, Path target) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    this.files = files;
    this.target = target;
    this.temporary = target.resolveSibling("." + target.getFileName() + "." + random + ".part");
  }

  /**
   * Writes a file, replacing one of that name. When this throws, the file is as before.
   *
   * @param files that make it
   * @param target the file
   * @param durability what to wait for
   * @param content all bytes, native or heap
   * @throws IOException if that fails
   * @throws java.util.concurrent.CancellationException if the work was stopped
   */
  public static void write(
      CreatedFiles files, Path target, Durability durability, MemorySegment content)
      throws IOException {
    CreatedFiles part = files.part();
    AtomicFile file = new AtomicFile(part, target);
    try {
      file.begin(content);
      file.publish(durability);
    } catch (IOException | RuntimeException | Error e) {
      part.undo(e);
      throw e;
    }
  }

  /**
   * Creates the temporary file for reading and writing at any place.
   *
   * @return the file, empty; to be closed before {@link #publish}
   * @throws IOException if that fails
   */
  public FileChannel open() throws IOException {
    return files.createForBoth(temporary);
  }

  /**
   * Gives the temporary file, which is whole and closed, its name, in place of a file that has it.
   * Whatever {@code files} made is then there to stay.
   *
   * @param durability what to wait for
   * @throws IOException if that fails
   * @throws java.util.concurrent.CancellationException if the work was stopped
   */
  public void publish(Durability durability) throws IOException {
    if (durability == Durability.FORCED) {
      force();
    }
    files.settle(this::takeName);
    if (durability == Durability.FORCED) {
      files.operations().force(target.toAbsolutePath().getParent());
    }
  }

  /**
   * Returns whether a name is that of a temporary file, left behind by a process that was killed.
   *
   * @param fileName the name without a directory
   * @return true if it is
   */
  public static boolean isTemporary(String fileName) {
    return TEMPORARY.matcher(fileName).matches();
  }

  Path target() {
    return target;
  }

  Path temporary() {
    return temporary;
  }

  /** Creates the temporary file, with {@code parts} as its first bytes. */
  void begin(MemorySegment... parts) throws IOException {
    writeAndClose(files.create(temporary), parts);
  }

  /** Writes {@code parts} at the end of the temporary file. */
  void append(MemorySegment... parts) throws IOException {
    writeAndClose(files.append(temporary), parts);
  }

  void force() throws IOException {
    files.operations().force(temporary);
  }

  void takeName() throws IOException {
    files.operations().move(temporary, target);
  }

  /** Closes before anything else is done: some file systems report a full disk only then. */
  private static void writeAndClose(GatheringByteChannel channel, MemorySegment... parts)
      throws IOException {
    try (channel) {
      List<ByteBuffer> pieces = new ArrayList<>();
      for (MemorySegment part : parts) {
        for (long at = 0; at < part.byteSize(); at += LARGEST_BUFFER) {
          long bytes = Math.min(LARGEST_BUFFER, part.byteSize() - at);
          pieces.add(part.asSlice(at, bytes).asByteBuffer());
        }
      }
      ByteBuffer[] buffers = pieces.toArray(ByteBuffer[]::new);
      int first = 0;
      while (first < buffers.length) {
        if (buffers[first].hasRemaining()) {
          channel.write(buffers, first, buffers.length - first);
        } else {
          first++;
        }
      }
    }
  }
}
