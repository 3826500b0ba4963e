package io.redstuff.network.ledger.transaction;

import io.redstuff.certify.bls.KeyFile;
import io.redstuff.certify.bls.KeyKind;
import io.redstuff.error.MalformedDataException;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The key of an account in a file that is its owner's alone, as wallets keep it.
 *
 * @since 0.1.0
 */
public final class AccountKeyFile {
  private AccountKeyFile() {}

  /**
   * Reads the key in a file.
   *
   * @param file the file
   * @return the key
   * @throws IOException if it cannot be read, or others than its owner may do anything with it
   * @throws MalformedDataException if it holds anything but the key of an account
   */
  public static AccountKey read(Path file) throws IOException, MalformedDataException {
    byte[] secret = KeyFile.read(file, KeyKind.ACCOUNT);
    try {
      return AccountKey.parse(secret);
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
   */
  public static void write(Path file, AccountKey key) throws IOException {
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
   */
  public static void write(Path file, AccountKey key, Durability durability) throws IOException {
    byte[] secret = key.secret();
    try {
      KeyFile.write(file, KeyKind.ACCOUNT, secret, durability);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
