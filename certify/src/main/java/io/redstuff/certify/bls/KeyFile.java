package io.redstuff.certify.bls;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.secret.PrivateFile;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/**
 * A secret in a file, as storage nodes and wallets keep it: base64 of a byte that says of which
 * {@link KeyKind} it is and of the 32 bytes of the secret, on one line.
 *
 * <p>The file has to be its owner's alone. That is checked where files have POSIX permissions;
 * elsewhere it is up to the user. No message says anything about the content.
 *
 * @since 0.1.0
 */
public final class KeyFile {
  /** The length of a secret in bytes. */
  public static final int SECRET_BYTES = 32;

  private static final int CONTENT_BYTES = 1 + SECRET_BYTES;
  private static final int TEXT_BYTES = 4 * CONTENT_BYTES / 3;

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
    // One more than the secret and the end of its line.
    byte[] text = PrivateFile.read(file, TEXT_BYTES + 2);
    byte[] content = new byte[0];
    try {
      int length = text.length;
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
    write(file, kind, secret, Durability.FORCED);
  }

  /**
   * Writes a secret to a new file that only its owner may read, which is there when it is whole. An
   * existing file is never replaced.
   *
   * @param file the file to make
   * @param kind what it is for
   * @param secret 32 bytes, which the caller wipes
   * @param durability whether it is on the disk, too
   * @throws FileAlreadyExistsException if there is a file of that name
   * @throws IOException if it cannot be written
   * @throws IllegalArgumentException if there are not 32 bytes
   */
  public static void write(Path file, KeyKind kind, byte[] secret, Durability durability)
      throws IOException {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException(
          "secret: got " + secret.length + " bytes, expected " + SECRET_BYTES);
    }
    byte[] content = new byte[CONTENT_BYTES];
    content[0] = (byte) kind.number();
    System.arraycopy(secret, 0, content, 1, SECRET_BYTES);
    byte[] text = Base64.getEncoder().encode(content);
    byte[] line = Arrays.copyOf(text, TEXT_BYTES + 1);
    line[TEXT_BYTES] = '\n';
    try {
      PrivateFile.write(file, line, durability);
    } finally {
      Arrays.fill(content, (byte) 0);
      Arrays.fill(text, (byte) 0);
      Arrays.fill(line, (byte) 0);
    }
  }
}
