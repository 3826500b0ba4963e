package io.redstuff.seal;

import static io.redstuff.seal.GoldenSealTest.assertReason;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.ObjectId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.seal.EncryptedShares.EncryptedShare;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sealing and opening, and everything that is refused. */
class SealTest {
  private static final Seal SEAL = Seal.create();
  private static final Identity IDENTITY =
      Identity.of(SealVectors.serverId(7), "photos".getBytes(UTF_8));
  private static final byte[] DATA = "nobody's business".getBytes(UTF_8);
  private static final byte[] AAD = {1, 2, 3};

  private static SealPolicy policy(int threshold, Integer... servers) {
    return new SealPolicy(IDENTITY, SealVectors.servers(SEAL, List.of(servers)), threshold);
  }

  private static List<UserKey> keys(Integer... servers) {
    return SealVectors.userKeys(SEAL, List.of(servers), IDENTITY);
  }

  /** With t shares it opens, whichever they are; with fewer it never does. */
  @Test
  void everySubsetOfServers() throws RedStuffException {
    SealPolicy policy = policy(3, 0, 1, 2, 3, 4);
    EncryptedObject object = SEAL.encrypt(policy, DataCipher.AES_256_GCM, DATA, AAD);
    List<UserKey> all = keys(0, 1, 2, 3, 4);
    for (int subset = 0; subset < 1 << all.size(); subset++) {
      List<UserKey> some = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        if (((subset >> i) & 1) == 1) {
          some.add(all.get(i));
        }
      }
      if (some.size() >= 3) {
        assertArrayEquals(DATA, SEAL.decrypt(object, some));
      } else {
        InsufficientDataException e =
            assertThrows(InsufficientDataException.class, () -> SEAL.decrypt(object, some));
        assertEquals(3, e.needed());
        assertEquals(some.size(), e.got());
      }
    }
  }

  /** Two keys and one that was guessed are not three. */
  @Test
  void guessedKeys() {
    EncryptedObject object = SEAL.encrypt(policy(3, 0, 1, 2), DataCipher.HMAC_256_CTR, DATA, AAD);
    List<UserKey> keys = new ArrayList<>(keys(0, 1));
    keys.add(new UserKey(SealVectors.serverId(2), IDENTITY, keys.getFirst().point()));
    assertReason(Reason.BAD_CIPHERTEXT, () -> SEAL.decrypt(object, keys));
  }

  /**
   * Every bit of an object is authenticated, but for the version and the like, which are checked.
   */
  @Test
  void everyByteMatters() {
    Random random = new Random(5);
    for (DataCipher cipher : List.of(DataCipher.AES_256_GCM, DataCipher.HMAC_256_CTR)) {
      byte[] good = SEAL.encrypt(policy(1, 0, 1), cipher, DATA, AAD).toBcs();
      for (int at = 0; at < good.length; at++) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) (1 << random.nextInt(8));
        assertThrows(
            RedStuffException.class,
            () -> {
              EncryptedObject object = EncryptedObject.parse(bad);
              List<UserKey> keys = new ArrayList<>();
              for (UserKey key : keys(0, 1)) {
                keys.add(new UserKey(key.server(), object.identity(), key.point()));
              }
              SEAL.decrypt(object, keys);
            },
            "byte " + at);
      }
      for (int length = 0; length < good.length; length++) {
        byte[] cut = Arrays.copyOf(good, length);
        assertThrows(MalformedDataException.class, () -> EncryptedObject.parse(cut));
      }
    }
  }

  /** Whatever fails with secrets is told in the same words. */
  @Test
  void oneErrorForAll() throws RedStuffException {
    EncryptedObject object = SEAL.encrypt(policy(1, 0), DataCipher.AES_256_GCM, DATA, AAD);
    byte[] bcs = object.toBcs();
    byte[] otherTag = bcs.clone();
    otherTag[bcs.length - AAD.length - 3] ^= 1;
    EncryptedShares shares = object.shares();
    EncryptedObject otherRandomness =
        new EncryptedObject(
            IDENTITY,
            new EncryptedShares(shares.list(), 1, shares.nonce(), new byte[32]),
            object.ciphertext());
    byte[] tooLarge = shares.randomness().clone();
    tooLarge[0] ^= (byte) 0x80;
    EncryptedObject outOfRange =
        new EncryptedObject(
            IDENTITY,
            new EncryptedShares(shares.list(), 1, shares.nonce(), tooLarge),
            object.ciphertext());
    for (EncryptedObject bad :
        List.of(EncryptedObject.parse(otherTag), otherRandomness, outOfRange)) {
      VerificationException e =
          assertThrows(VerificationException.class, () -> SEAL.decrypt(bad, keys(0)));
      assertEquals(Decryption.failed().getMessage(), e.getMessage());
      assertEquals(Reason.BAD_CIPHERTEXT, e.reason());
    }
  }

  /** Who seals can give some servers shares of another key, and make all else fit. */
  @Test
  void cheatingWriters() throws RedStuffException {
    SealPolicy policy = policy(2, 0, 1, 2);
    EncryptedObject cheating = cheat(policy);
    assertArrayEquals(DATA, SEAL.decrypt(cheating, keys(0, 1)));
    // The official client, given all three keys, sees this as well; given two of them, it needs the
    // public keys, too.
    assertReason(
        Reason.INCONSISTENT_SHARES, () -> SEAL.decrypt(cheating, keys(0, 1), policy.servers()));
    assertReason(Reason.BAD_CIPHERTEXT, () -> SEAL.decrypt(cheating, keys(0, 2)));
    EncryptedObject honest = SEAL.encrypt(policy, DataCipher.AES_256_GCM, DATA, AAD);
    assertArrayEquals(DATA, SEAL.decrypt(honest, keys(0, 2), policy.servers()));
  }

  /** A polynomial of a higher degree: all three shares give one key, two of them another. */
  @Test
  void higherDegrees() {
    SealPolicy policy = policy(2, 0, 1, 2);
    try (Randomness drawn = Randomness.draw(new SecureRandom(), 3)) {
      EncryptedObject object = SEAL.encrypt(policy, DataCipher.AES_256_GCM, DATA, AAD, drawn);
      assertReason(Reason.INCONSISTENT_SHARES, () -> SEAL.decrypt(object, keys(0, 1, 2)));
      assertReason(Reason.BAD_CIPHERTEXT, () -> SEAL.decrypt(object, keys(0, 1)));
    }
  }

  private static EncryptedObject cheat(SealPolicy policy) {
    try (Randomness drawn = Randomness.draw(new SecureRandom(), 2)) {
      EncryptedShares shares = new Encryption(SEAL.groups(), policy).shares(drawn);
      List<EncryptedShare> list = new ArrayList<>(shares.list());
      EncryptedShare last = list.removeLast();
      list.add(new EncryptedShare(last.server(), last.index(), new byte[32]));
      EncryptedShares changed =
          new EncryptedShares(list, shares.threshold(), shares.nonce(), new byte[32]);
      byte[] randomness =
          Bytes.xor(
              drawn.scalar().toBytes(),
              KeyDerivation.ofPurpose(KeyDerivation.FOR_RANDOMNESS, drawn.baseKey(), changed));
      byte[] key = KeyDerivation.ofPurpose(KeyDerivation.FOR_DATA, drawn.baseKey(), changed);
      return new EncryptedObject(
          policy.identity(),
          new EncryptedShares(list, shares.threshold(), shares.nonce(), randomness),
          Ciphertext.Aes.encrypt(key, DATA, AAD));
    }
  }

  /** Rust writes no additional data as none, the official client as an empty one: both are read. */
  @Test
  void absentAdditionalData() throws RedStuffException {
    byte[] bcs = SEAL.encrypt(policy(1, 0), DataCipher.AES_256_GCM, DATA, new byte[0]).toBcs();
    assertEquals(1, bcs[bcs.length - 2]);
    byte[] absent = Arrays.copyOf(bcs, bcs.length - 1);
    absent[absent.length - 1] = 0;
    EncryptedObject object = EncryptedObject.parse(absent);
    assertTrue(object.additionalData().isEmpty());
    assertArrayEquals(absent, object.toBcs());
    assertArrayEquals(DATA, SEAL.decrypt(object, keys(0)));
  }

  @Test
  void malformed() {
    byte[] good = SEAL.encrypt(policy(2, 0, 1), DataCipher.AES_256_GCM, DATA, AAD).toBcs();
    int services = 1 + 32 + 1 + 6;
    int threshold = services + 1 + 2 * 33;
    assertMalformed("expected version", good, 0, 1, "got version 1, expected 0");
    assertMalformed("index 0", good, services + 1 + 32, 0, "share index: got 0, expected 1 to 255");
    assertMalformed("index twice", good, services + 33 + 33, 1, "got 1 again");
    assertMalformed("threshold 0", good, threshold, 0, "threshold: got 0, expected 1 to the 2");
    assertMalformed("threshold 3", good, threshold, 3, "threshold: got 3, expected 1 to the 2");
    assertMalformed("scheme", good, threshold + 1, 1, "got variant 1");
    assertMalformed("shares", good, threshold + 2 + 96, 1, "got 1, expected one for each of the 2");
    byte[] longId = new byte[20_000];
    longId[33] = (byte) 0x81;
    longId[34] = (byte) 0x80;
    longId[35] = 1;
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> EncryptedObject.parse(longId));
    assertTrue(
        e.getMessage().contains("id: got 16385 bytes, expected at most 16384"), e::getMessage);
    byte[] none = new byte[200];
    assertThrows(MalformedDataException.class, () -> EncryptedObject.parse(none));
  }

  private static void assertMalformed(
      String what, byte[] good, int at, int value, String expected) {
    byte[] bad = good.clone();
    bad[at] = (byte) value;
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> EncryptedObject.parse(bad), what);
    assertTrue(e.getMessage().contains(expected), e::getMessage);
  }

  @Test
  void transport() throws RedStuffException {
    SecureRandom random = new SecureRandom();
    KeyServer server = SealVectors.server(SEAL, 3);
    UserKey key = SealVectors.userKey(SEAL, 3, IDENTITY);
    try (TransportKey transport = TransportKey.generate(random);
        TransportKey other = TransportKey.generate(random)) {
      EncryptedUserKey answer = SEAL.encrypt(key, SEAL.transportPublicKey(transport));
      assertEquals(key, SEAL.decrypt(answer, transport, server, IDENTITY));
      assertReason(Reason.WRONG_USER_KEY, () -> SEAL.decrypt(answer, other, server, IDENTITY));
      assertReason(
          Reason.WRONG_USER_KEY,
          () -> SEAL.decrypt(answer, transport, SealVectors.server(SEAL, 4), IDENTITY));
      assertFalse(transport.toString().matches(".*[0-9].*"));
    }
  }

  @Test
  void callersMistakes() throws RedStuffException {
    assertThrows(IllegalArgumentException.class, () -> policy(0, 0));
    assertThrows(IllegalArgumentException.class, () -> policy(2, 0));
    assertThrows(IllegalArgumentException.class, () -> policy(1));
    List<KeyServer> many = Collections.nCopies(255, SealVectors.server(SEAL, 0));
    assertThrows(IllegalArgumentException.class, () -> new SealPolicy(IDENTITY, many, 1));
    ObjectId id = SealVectors.serverId(0);
    assertThrows(IllegalArgumentException.class, () -> Identity.of(id, new byte[16_385]));
    assertThrows(
        IllegalArgumentException.class,
        () -> SEAL.encrypt(policy(1, 0), DataCipher.PLAIN, DATA, AAD));
    assertThrows(IllegalArgumentException.class, () -> MasterKey.derive(new byte[31], 0));
    EncryptedObject object = SEAL.encrypt(policy(1, 0, 1), DataCipher.AES_256_GCM, DATA, AAD);
    assertThrows(
        IllegalArgumentException.class,
        () -> SEAL.decrypt(object, keys(0), SealVectors.servers(SEAL, List.of(0))));
    UserKey two = new UserKey(id, IDENTITY, keys(1).getFirst().point());
    assertThrows(
        IllegalArgumentException.class,
        () -> SEAL.decrypt(object, List.of(keys(0).getFirst(), two)));
    // The same one twice is no mistake, nor are keys of something else.
    Identity other = Identity.of(id, new byte[0]);
    assertArrayEquals(
        DATA,
        SEAL.decrypt(
            object,
            List.of(
                keys(0).getFirst(),
                keys(0).getFirst(),
                SealVectors.userKey(SEAL, 0, other),
                SealVectors.userKey(SEAL, 5, IDENTITY))));
  }

  @Test
  void textsShowNoSecrets() {
    UserKey key = keys(0).getFirst();
    assertFalse(key.toString().contains(key.point().toString().substring(2)));
    try (MasterKey master = MasterKey.generate(new SecureRandom());
        SealedKey sealed = SEAL.newKey(policy(1, 0))) {
      assertEquals("master key (not shown)", master.toString());
      assertEquals("sealed key (not shown)", sealed.toString());
      assertTrue(sealed.object().toString().startsWith("0 bytes sealed to " + IDENTITY));
    }
    SealedKey sealed = SEAL.newKey(policy(1, 0));
    sealed.close();
    assertArrayEquals(new byte[SealedKey.BYTES], sealed.toBytes());
  }

  @Test
  void objectsAreValues() throws RedStuffException {
    EncryptedObject object = SEAL.encrypt(policy(1, 0), DataCipher.HMAC_256_CTR, DATA, AAD);
    EncryptedObject same = EncryptedObject.parse(object.toBcs());
    assertEquals(object, same);
    assertEquals(object.hashCode(), same.hashCode());
    assertNotEquals(object, SEAL.encrypt(policy(1, 0), DataCipher.HMAC_256_CTR, DATA, AAD));
    assertFalse(object.equals(null));
  }

  @Test
  void identitiesAreValues() {
    Identity same = Identity.of(IDENTITY.packageId(), IDENTITY.id());
    assertEquals(IDENTITY, same);
    assertEquals(IDENTITY.hashCode(), same.hashCode());
    assertNotEquals(IDENTITY, Identity.of(SealVectors.serverId(0), IDENTITY.id()));
    assertNotEquals(IDENTITY, Identity.of(IDENTITY.packageId(), new byte[0]));
    assertFalse(IDENTITY.equals(null));
  }
}
