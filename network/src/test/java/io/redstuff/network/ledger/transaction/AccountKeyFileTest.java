package io.redstuff.network.ledger.transaction;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.bls.SecretKeyFile;
import io.redstuff.error.MalformedDataException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of accounts in files. */
class AccountKeyFileTest {
  @TempDir private Path directory;

  @Test
  void comesBackAndIsTheOwnersAlone() throws Exception {
    Path file = directory.resolve("account.key");
    AccountKey key = AccountKey.generate(new SecureRandom());
    AccountKeyFile.write(file, key);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertArrayEquals(key.secret(), AccountKeyFile.read(file).secret());
    assertEquals(key.address(), AccountKeyFile.read(file).address());
    // As wallets have it: a zero byte for ed25519 stands before the secret.
    byte[] content = Base64.getDecoder().decode(Files.readString(file).strip());
    assertEquals(33, content.length);
    assertEquals(0, content[0]);
    assertThrows(FileAlreadyExistsException.class, () -> AccountKeyFile.write(file, key));
  }

  @Test
  void theKeyOfANodeIsNone() throws Exception {
    Path file = directory.resolve("node.key");
    try (SecretKey secret = SecretKey.generate(new SecureRandom())) {
      SecretKeyFile.write(file, secret);
    }
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> AccountKeyFile.read(file));
    assertTrue(
        e.getMessage().contains("got a protocol key, kind 4, expected a key of kind 0"),
        e.getMessage());
  }
}
