package io.redstuff.certify.bls;

import io.redstuff.error.MalformedDataException;
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
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/**
 * A secret in a file, as storage nodes and wallets keep it: base64 of a byte that says of which
 * {@link KeyKind} it is and of the 32 bytes of the secret, on one line.
 *
 * <p>The file has to be its owner's alone. That is checked where files have POSIX permissions;
 * elsewhere it is up to the user. No message says anything about the content.
 */
public final class KeyFile {
  /** The length of a secret in bytes. */
  public static final int SECRET_BYTES = 32;

  private static final int CONTENT_BYTES = 1 + SECRET_BYTES;
  private static final int TEXT_BYTES = 4 * CONTENT_BYTES / 3;

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private KeyFile() {}

  /**
   * Reads the secret in a file.
   *
   * @param file the file
   * @param kind what it has to be for
   * @return 32 bytes, which the caller wipes
   * @throws FileSystemException if others than its owner may do anything with the file
   * @throws IOException if it cannot be read
   * @throws MalformedDataException if it holds anything but a key of that kind
   */
  public static byte[] read(Path file, KeyKind kind) throws IOException, MalformedDataException {
    checkRights(file);
    byte[] text = new byte[TEXT_BYTES + 2];
    byte[] content = new byte[0];
    try {
      int length = readUpTo(file, text);
      if (length > TEXT_BYTES && text[TEXT_BYTES] == '\n') {
        length -= 1;
      }
      if (length != TEXT_BYTES) {
        throw new MalformedDataException(
            Math.min(length, TEXT_BYTES),
            "key file: got %s characters, expected %s of base64 and the end of the line"
                .formatted(length > TEXT_BYTES ? "more" : length, TEXT_BYTES));
      }
      content = decode(Arrays.copyOf(text, TEXT_BYTES));
      return secret(content, kind);
    } finally {
      Arrays.fill(text, (byte) 0);
      Arrays.fill(content, (byte) 0);
    }
  }

  /** Decodes and wipes a text. The decoder's own message would show a character of the secret. */
  private static byte[] decode(byte[] text) throws MalformedDataException {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw new MalformedDataException(0, "key file: got something else than base64");
    } finally {
      Arrays.fill(text, (byte) 0);
    }
  }

  private static byte[] secret(byte[] content, KeyKind kind) throws MalformedDataException {
    if (content.length != CONTENT_BYTES) {
      throw new MalformedDataException(
          0, "key file: got %s bytes, expected %s".formatted(content.length, CONTENT_BYTES));
    }
    if (content[0] != kind.number()) {
      throw new MalformedDataException(
          0,
          "key file: got %s, expected %s".formatted(KeyKind.nameOf(content[0]), kind.described()));
    }
    return Arrays.copyOfRange(content, 1, CONTENT_BYTES);
  }

  private static int readUpTo(Path file, byte[] text) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.wrap(text);
      int read;
      do {
        read = channel.read(buffer);
      } while (read > 0);
      return buffer.position();
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
   * Writes a secret to a new file that only its owner may read, which is there when it is whole and
   * on the disk. An existing file is never replaced.
   *
   * @param file the file to make
   * @param kind what it is for
   * @param secret 32 bytes, which the caller wipes
   * @throws FileAlreadyExistsException if there is a file of that name
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static void write(Path file, KeyKind kind, byte[] secret) throws IOException {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException(
          "secret: got " + secret.length + " bytes, expected " + SECRET_BYTES);
    }
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    byte[] content = new byte[CONTENT_BYTES];
    content[0] = (byte) kind.number();
    System.arraycopy(secret, 0, content, 1, SECRET_BYTES);
    byte[] text = Base64.getEncoder().encode(content);
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    // One that was left behind when a process was killed.
    Files.deleteIfExists(part);
    try (FileChannel channel = create(part)) {
      ByteBuffer line = ByteBuffer.allocate(TEXT_BYTES + 1).put(text).put((byte) '\n').flip();
      while (line.hasRemaining()) {
        channel.write(line);
      }
      channel.force(true);
      Arrays.fill(line.array(), (byte) 0);
    } finally {
      Arrays.fill(content, (byte) 0);
      Arrays.fill(text, (byte) 0);
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
