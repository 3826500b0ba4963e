package io.redstuff.certify.bls;

import io.redstuff.error.MalformedDataException;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A secret key in a file, as storage nodes keep their protocol key: a {@link KeyFile} of kind
 * {@link KeyKind#PROTOCOL}.
 *
 * @since 0.1.0
 */
public final class SecretKeyFile {
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
    byte[] secret = KeyFile.read(file, KeyKind.PROTOCOL);
    try {
      return SecretKey.parse(secret);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }

  /**
   * Writes a key to a new file that only its owner may read, which is there when it is whole. An
   * existing file is never replaced.
   *
   * @param file the file to make
   * @param key the key
   * @throws IOException if there is a file of that name, or it cannot be written
   * @throws IllegalStateException if the key was closed
   */
  public static void write(Path file, SecretKey key) throws IOException {
    write(file, key, Durability.FORCED);
  }

  /**
   * Writes a key to a new file that only its owner may read, which is there when it is whole. An
   * existing file is never replaced.
   *
   * @param file the file to make
   * @param key the key
   * @param durability whether it is on the disk, too
   * @throws IOException if there is a file of that name, or it cannot be written
   * @throws IllegalStateException if the key was closed
   */
  public static void write(Path file, SecretKey key, Durability durability) throws IOException {
    KeyFile.write(file, KeyKind.PROTOCOL, key.bytes(), durability);
  }
}
