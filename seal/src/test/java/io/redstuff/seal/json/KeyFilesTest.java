package io.redstuff.seal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.certify.bls.G1Point;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.seal.Identity;
import io.redstuff.seal.KeyServer;
import io.redstuff.seal.MasterKey;
import io.redstuff.seal.Seal;
import io.redstuff.seal.SealPolicy;
import io.redstuff.seal.UserKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Policies and keys, written and read. */
class KeyFilesTest {
  private static final Seal SEAL = Seal.create();
  private static final ObjectId SERVER_ID = ObjectId.of(new byte[ObjectId.BYTES]);
  private static final Identity IDENTITY = Identity.of(SERVER_ID, new byte[] {1, 2});

  @TempDir Path directory;

  private Path secret(String name, String content) throws IOException {
    Path file = Files.writeString(directory.resolve(name), content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  @Test
  void masterKeys() throws IOException, RedStuffException {
    Path file = directory.resolve("master");
    SecretKey secret = SecretKey.generate(new SecureRandom());
    MasterKeyFile.write(file, SERVER_ID, secret);
    assertThrows(
        FileAlreadyExistsException.class, () -> MasterKeyFile.write(file, SERVER_ID, secret));
    try (MasterKeyFile read = MasterKeyFile.read(file);
        MasterKey master = MasterKey.of(secret)) {
      assertEquals(SERVER_ID, read.server());
      KeyServer server = SEAL.server(SERVER_ID, read.master());
      assertEquals(SEAL.server(SERVER_ID, master), server);
      G1Point proof = SEAL.provePossession(master, SERVER_ID);
      byte[] json = KeyServerJson.write(server, proof, Optional.empty());
      assertEquals(server, KeyServerJson.parse(json, SEAL));
      assertEquals(Optional.empty(), KeyServerJson.url(json));
      URI url = URI.create("http://127.0.0.1:1");
      byte[] answering = KeyServerJson.write(server, proof, Optional.of(url));
      assertEquals(server, KeyServerJson.parse(answering, SEAL));
      assertEquals(Optional.of(url), KeyServerJson.url(answering));
      for (String bad : List.of("file:///127.0.0.1:1", "http:1", "http://a b")) {
        byte[] badUrl = new String(answering, UTF_8).replace(url.toString(), bad).getBytes(UTF_8);
        MalformedDataException e =
            assertThrows(MalformedDataException.class, () -> KeyServerJson.url(badUrl));
        assertTrue(e.getMessage().contains("key server.url: got '" + bad), e::getMessage);
      }
      String wrong = new String(json, UTF_8).replace(SERVER_ID.toString(), "0x" + "11".repeat(32));
      assertThrows(
          VerificationException.class, () -> KeyServerJson.parse(wrong.getBytes(UTF_8), SEAL));
    }
    String good = Files.readString(file);
    String key = good.substring(good.indexOf("master_key\" : \"") + 15).split("\"", 2)[0];
    for (String bad :
        List.of(
            good.replace(key, key.substring(4)),
            good.replace(key, "*" + key),
            good.replace(key, "A".repeat(43) + "="),
            good.replace(key, key + "\""),
            good.replace("object_id", "object"))) {
      Path badFile = secret("bad", bad);
      MalformedDataException e =
          assertThrows(MalformedDataException.class, () -> MasterKeyFile.read(badFile));
      assertFalse(e.getMessage().contains(key.substring(4, 10)), e::getMessage);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThrows(FileSystemException.class, () -> MasterKeyFile.read(file));
  }

  @Test
  void userKeys() throws IOException, RedStuffException {
    Path file = directory.resolve("user");
    try (MasterKey master = MasterKey.generate(new SecureRandom())) {
      UserKey key = SEAL.userKey(master, SERVER_ID, IDENTITY);
      UserKeyFile.write(file, IDENTITY, List.of(key));
      assertEquals(List.of(key), UserKeyFile.read(file, SEAL));
      Identity other = Identity.of(SERVER_ID, new byte[0]);
      assertThrows(
          IllegalArgumentException.class,
          () -> UserKeyFile.write(directory.resolve("other"), other, List.of(key)));
    }
    Path noList = secret("no-list", Files.readString(file).replace("keys", "key"));
    assertThrows(MalformedDataException.class, () -> UserKeyFile.read(noList, SEAL));
    Path odd = secret("odd", Files.readString(file).replace("\"0102\"", "\"010\""));
    assertThrows(MalformedDataException.class, () -> UserKeyFile.read(odd, SEAL));
    String tooLong = "\"" + "00".repeat(Identity.MAX_ID_BYTES + 1) + "\"";
    Path longId = secret("long", Files.readString(file).replace("\"0102\"", tooLong));
    assertThrows(MalformedDataException.class, () -> UserKeyFile.read(longId, SEAL));
  }

  @Test
  void policies() throws RedStuffException {
    try (MasterKey master = MasterKey.generate(new SecureRandom())) {
      KeyServer server = SEAL.server(SERVER_ID, master);
      SealPolicy policy = new SealPolicy(IDENTITY, List.of(server, server), 2);
      byte[] json = SealPolicyJson.write(policy);
      assertEquals(policy, SealPolicyJson.parse(json, SEAL));
      assertArrayEquals(json, SealPolicyJson.write(SealPolicyJson.parse(json, SEAL)));
      String three = new String(json, UTF_8).replace(": 2", ": 3");
      MalformedDataException e =
          assertThrows(
              MalformedDataException.class,
              () -> SealPolicyJson.parse(three.getBytes(UTF_8), SEAL));
      assertTrue(e.getMessage().contains("threshold: got 3, expected 1 to the 2"), e::getMessage);
    }
  }
}
