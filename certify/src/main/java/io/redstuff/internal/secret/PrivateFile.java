package io.redstuff.internal.secret;

import io.redstuff.store.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A small file with secrets, which has to be its owner's alone. That is checked where files have
 * POSIX permissions; elsewhere it is up to the user.
 */
public final class PrivateFile {
  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private PrivateFile() {}

  /**
   * Returns the first bytes of a file, to be wiped by the caller: all if there are no more than
   * {@code most}. Throws {@link FileSystemException} if others than its owner may do anything with
   * the file.
   */
  public static byte[] read(Path file, int most) throws IOException {
    checkRights(file);
    ByteBuffer buffer = ByteBuffer.allocate(most);
    try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
      int read;
      do {
        read = channel.read(buffer);
      } while (read > 0);
      return Arrays.copyOf(buffer.array(), buffer.position());
    } finally {
      Arrays.fill(buffer.array(), (byte) 0);
    }
  }

  private static void checkRights(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> permissions = view.readAttributes().permissions();
    if (!OWNERS.containsAll(permissions)) {
      throw new FileSystemException(
          file.toString(),
          null,
          "others may use this secret key: got permissions %s, expected rw------- (chmod 600)"
              .formatted(PosixFilePermissions.toString(permissions)));
    }
  }

  /**
   * Writes a new file that only its owner may read, which is there when it is whole and on the
   * disk. An existing file is never replaced.
   */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, content, Durability.FORCED);
  }

  /**
   * Writes a new file that only its owner may read, which is there when it is whole. An existing
   * file is never replaced.
   */
  public static void write(Path file, byte[] content, Durability durability) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    // One that was left behind when a process was killed.
    Files.deleteIfExists(part);
    try (FileChannel channel = create(part)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      if (durability == Durability.FORCED) {
        channel.force(true);
      }
    }
    Files.move(part, file);
  }

  private static FileChannel create(Path file) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Set<PosixFilePermission> rights =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    // Made so from the first moment: a file that is narrowed later could have been opened before.
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(rights))
        : FileChannel.open(file, options);
  }
}
