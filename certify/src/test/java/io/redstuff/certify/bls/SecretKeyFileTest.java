package io.redstuff.certify.bls;

import static io.redstuff.certify.testing.Refusals.assertMalformed;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.certify.testing.BlsVectors;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with secret keys: only in one form, and only for their owner's eyes. */
class SecretKeyFileTest {
  /** From the official tests. */
  private static final String OFFICIAL = "BBlm7tRefoPuaKoVoxVtnUBBDCfy+BGPREM8B6oSkOEj";

  @TempDir Path directory;

  @Test
  void official() throws IOException, RedStuffException {
    Path file = write(OFFICIAL, "rw-------");
    BlsEngine engine = BlsEngine.preferred();
    try (SecretKey secret = SecretKeyFile.read(file)) {
      assertEquals(BlsVectors.key(engine, "rust-protocol-key"), engine.publicKey(secret));
      Path copy = directory.resolve("copy");
      SecretKeyFile.write(copy, secret);
      assertEquals(OFFICIAL + "\n", Files.readString(copy));
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
      try (SecretKey again = SecretKeyFile.read(copy)) {
        assertArrayEquals(secret.bytes(), again.bytes());
      }
      assertThrows(FileAlreadyExistsException.class, () -> SecretKeyFile.write(copy, secret));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw------x", "rwx--x---"})
  void othersMayUseIt(String permissions) throws IOException {
    Path file = write(OFFICIAL, permissions);
    FileSystemException e = assertThrows(FileSystemException.class, () -> SecretKeyFile.read(file));
    assertTrue(e.getReason().contains("expected rw-------"), e.getReason());
  }

  @Test
  void notThere() {
    assertThrows(NoSuchFileException.class, () -> SecretKeyFile.read(directory.resolve("nowhere")));
  }

  /** What a process left that was killed while it wrote is in nobody's way. */
  @Test
  void appearsWhole() throws IOException, RedStuffException {
    Path file = directory.resolve("new");
    Path part = directory.resolve(".new.part");
    Files.writeString(part, "hal");
    byte[] secret = new byte[KeyFile.SECRET_BYTES];
    secret[0] = 1;
    KeyFile.write(file, KeyKind.ACCOUNT, secret);
    assertFalse(Files.exists(part));
    assertArrayEquals(secret, KeyFile.read(file, KeyKind.ACCOUNT));
    assertMalformed(
        "got an account key, kind 0, expected a key of kind 4, for BLS12-381",
        () -> SecretKeyFile.read(file));
    assertThrows(
        IllegalArgumentException.class,
        () -> KeyFile.write(directory.resolve("short"), KeyKind.ACCOUNT, new byte[31]));
    assertFalse(Files.exists(directory.resolve("short")));
  }

  @Test
  void otherContent() throws IOException {
    assertWrong("got 0 characters", "");
    assertWrong("got 43 characters", OFFICIAL.substring(1));
    assertWrong("got more characters", OFFICIAL + "A");
    assertWrong("got more characters", OFFICIAL + "\n\n");
    assertWrong("something else than base64", "*" + OFFICIAL.substring(1));
    assertWrong("got 31 bytes", OFFICIAL.substring(0, 41) + "A==");
    assertWrong("a network key", withKind(2));
    assertWrong("another kind of key", withKind(1));
    assertWrong("out of range", Base64.getEncoder().encodeToString(ofKind(4)));
  }

  private static String withKind(int kind) {
    return Base64.getEncoder().encodeToString(ofKind(kind));
  }

  private static byte[] ofKind(int kind) {
    byte[] content = new byte[33];
    content[0] = (byte) kind;
    return content;
  }

  private void assertWrong(String why, String content) throws IOException {
    Path file = write(content, "rw-------");
    assertMalformed(why, () -> SecretKeyFile.read(file));
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> SecretKeyFile.read(file));
    if (content.length() > 8) {
      assertFalse(e.getMessage().contains(content.substring(1, 6)), e.getMessage());
    }
  }

  private Path write(String content, String permissions) throws IOException {
    Path file = directory.resolve("key");
    Files.write(file, content.getBytes(US_ASCII));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }
}
