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
 * temporary file in the same directory, which then takes the name. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class AtomicFile implements AutoCloseable {
  private static final Pattern TEMPORARY = Pattern.compile("\\..+\\.[0-9a-f]{16}\\.part");

  /** Channels speak of buffers of at most 2 GiB. */
  private static final long LARGEST_BUFFER = 1L << 30;

  private final CreatedFiles files;
  private final Path target;
  private final Path temporary;

  private AtomicFile(CreatedFiles files, Path target) {
    String random = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    this.files = files;
    this.target = target;
    this.temporary = target.resolveSibling("." + target.getFileName() + "." + random + ".part");
  }

  /**
   * {@return content of a file that is to come; nothing is made yet}
   *
   * @param work that makes the file
   * @param target the file
   */
  public static AtomicFile of(CreatedFiles work, Path target) {
    return new AtomicFile(work.part(), target);
  }

  /** Returns one of several files that settle together. */
  static AtomicFile among(CreatedFiles files, Path target) {
    return new AtomicFile(files, target);
  }

  /**
   * Writes a file, replacing one of that name. When this throws, the file is as before, unless all
   * that failed is to force the directory: see {@link #publish}.
   *
   * @param work that makes the file
   * @param target the file
   * @param content all bytes, native or heap
   * @param durability what to wait for
   * @throws IOException if that fails
   */
  public static void write(
      CreatedFiles work, Path target, MemorySegment content, Durability durability)
      throws IOException {
    try (AtomicFile file = of(work, target)) {
      file.begin(content);
      file.publish(durability);
    }
  }

  /**
   * {@return the temporary file, made and empty, for reading and writing at any place} It has to be
   * closed before {@link #publish}: some file systems report a full disk only then.
   *
   * @throws IOException if it cannot be made
   */
  public FileChannel open() throws IOException {
    return files.createForBoth(temporary);
  }

  /**
   * Gives the temporary file its name, in place of a file that has it. When this throws, the file
   * is as before, with one exception: if with {@link Durability#FORCED} the device fails to take
   * the new name, the new content is in place but may not outlive a power cut.
   *
   * @param durability what to wait for
   * @throws IOException if that fails
   * @throws java.util.concurrent.CancellationException if the work was stopped
   */
  public void publish(Durability durability) throws IOException {
    if (durability == Durability.BUFFERED) {
      files.settle(this::takeName);
      return;
    }
    force();
    Path parent = target.toAbsolutePath().getParent();
    // Opened first: what cannot be opened fails before the name changes.
    try (FileChannel directory = files.operations().openToForce(parent)) {
      files.settle(this::takeName);
      directory.force(true);
    }
  }

  /**
   * Takes the temporary file away, unless it took its name.
   *
   * @throws IOException if that fails
   */
  @Override
  public void close() throws IOException {
    files.undo();
  }

  /**
   * {@return whether a name is that of a temporary file, left behind by a process that was killed}
   *
   * @param fileName the name without a directory
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
    write(files.create(temporary), parts);
  }

  /** Writes {@code parts} at the end of the temporary file. */
  void append(MemorySegment... parts) throws IOException {
    write(files.append(temporary), parts);
  }

  void force() throws IOException {
    files.operations().force(temporary);
  }

  void takeName() throws IOException {
    files.operations().move(temporary, target);
  }

  private static void write(GatheringByteChannel channel, MemorySegment... parts)
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
      for (int first = 0; first < buffers.length; ) {
        if (buffers[first].hasRemaining()) {
          channel.write(buffers, first, buffers.length - first);
        } else {
          first++;
        }
      }
    }
  }
}
