package io.redstuff.certify.bls;

import io.redstuff.error.MalformedDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
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
 * A secret key in a file, as storage nodes keep their protocol key: base64 of the byte 4 and the 32
 * bytes of the key, on one line.
 *
 * <p>The file has to be its owner's alone. That is checked where files have POSIX permissions;
 * elsewhere it is up to the user. No message says anything about the content.
 */
public final class SecretKeyFile {
  /** The kind of key that signs messages. */
  private static final int PROTOCOL_KEY = 4;

  /** The kind of key that proves a node's identity in TLS, on the curve secp256r1. */
  private static final int NETWORK_KEY = 2;

  private static final int CONTENT_BYTES = 1 + SecretKey.BYTES;
  private static final int TEXT_BYTES = 4 * CONTENT_BYTES / 3;

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private SecretKeyFile() {}

  /**
   * Reads the key in a file.
   *
   * @param file the file
   * @return the key
   * @throws FileSystemException if others than its owner may do anything with the file
   * @throws IOException if it cannot be read
   * @throws MalformedDataException if it holds anything but a protocol key
   */
  public static SecretKey read(Path file) throws IOException, MalformedDataException {
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
      return parse(content);
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

  private static SecretKey parse(byte[] content) throws MalformedDataException {
    if (content.length != CONTENT_BYTES) {
      throw new MalformedDataException(
          0, "key file: got %s bytes, expected %s".formatted(content.length, CONTENT_BYTES));
    }
    if (content[0] != PROTOCOL_KEY) {
      throw new MalformedDataException(
          0,
          "key file: got %s, expected a key of kind %s, for BLS12-381"
              .formatted(
                  content[0] == NETWORK_KEY ? "a network key, kind 2" : "another kind of key",
                  PROTOCOL_KEY));
    }
    byte[] key = Arrays.copyOfRange(content, 1, CONTENT_BYTES);
    try {
      return SecretKey.parse(key);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
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
   * Writes a key to a new file that only its owner may read. An existing file is never replaced.
   *
   * @param file the file to make
   * @param key the key
   * @throws IOException if there is a file of that name, or it cannot be written
   * @throws IllegalStateException if the key was closed
   */
  public static void write(Path file, SecretKey key) throws IOException {
    byte[] content = new byte[CONTENT_BYTES];
    content[0] = PROTOCOL_KEY;
    System.arraycopy(key.bytes(), 0, content, 1, SecretKey.BYTES);
    byte[] text = Base64.getEncoder().encode(content);
    try (SeekableByteChannel channel = create(file)) {
      ByteBuffer line = ByteBuffer.allocate(TEXT_BYTES + 1).put(text).put((byte) '\n').flip();
      while (line.hasRemaining()) {
        channel.write(line);
      }
      Arrays.fill(line.array(), (byte) 0);
    } finally {
      Arrays.fill(content, (byte) 0);
      Arrays.fill(text, (byte) 0);
    }
  }

  private static SeekableByteChannel create(Path file) throws IOException {
    Set<StandardOpenOption> options =
        EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Set<PosixFilePermission> rights =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    // Made so from the first moment: a file that is narrowed later could have been opened before.
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? Files.newByteChannel(file, options, PosixFilePermissions.asFileAttribute(rights))
        : Files.newByteChannel(file, options);
  }
}
