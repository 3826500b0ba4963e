package io.redstuff.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.certify.CertificateVerifier;
import io.redstuff.certify.Committee;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.certify.ConfirmationCollector;
import io.redstuff.certify.NodeSigner;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.bls.Signature;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.Certificate;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Signatures, sums and certificates beside the official package. Where ours is stricter on purpose
 * stands in {@link #STRICTER}; all else has to be the same.
 */
class SignatureOracleTest {
  /**
   * What the official package may accept though we refuse it: points that are not compressed, and
   * keys with a part outside of the subgroup, which it does not look for when it verifies.
   */
  private static final Set<Reason> STRICTER =
      EnumSet.of(Reason.UNCOMPRESSED_POINT, Reason.POINT_NOT_IN_SUBGROUP);

  private final long seed = new SecureRandom().nextLong();
  private final Random random = new Random(seed);
  private OfficialSignatures official;

  @BeforeEach
  void start() throws IOException {
    official = OfficialSignatures.orSkip();
    System.out.println("seed " + seed);
  }

  @AfterEach
  void stop() throws IOException {
    official.close();
  }

  private SecretKey secret() throws RedStuffException {
    byte[] bytes = bytes(SecretKey.BYTES);
    bytes[0] &= 0x3f;
    return SecretKey.parse(bytes);
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<BlsEngine> engines() {
    List<BlsEngine> engines = BlsEngine.available();
    assertEquals(2, engines.size(), engines::toString);
    return engines;
  }

  @Test
  void randomMessages() throws IOException, RedStuffException {
    for (BlsEngine engine : engines()) {
      for (int i = 0; i < 12; i++) {
        byte[] message = bytes(random.nextInt(200));
        try (SecretKey secret = secret()) {
          byte[] key = engine.publicKey(secret).toBytes();
          byte[] signature = engine.sign(secret, message).toBytes();
          assertEquals("true", official.verify(signature, key, message));
          byte[] other = bytes(1 + random.nextInt(200));
          assertSame(engine, signature, key, other);
        }
      }
    }
  }

  @Test
  void flippedBits() throws IOException, RedStuffException {
    for (BlsEngine engine : engines()) {
      byte[] message = bytes(40);
      try (SecretKey secret = secret()) {
        byte[] key = engine.publicKey(secret).toBytes();
        byte[] signature = engine.sign(secret, message).toBytes();
        // All flags, and some others.
        for (int i = 0; i < 24; i++) {
          byte[] flipped = flip(signature, i < 8 ? i : random.nextInt(8 * signature.length));
          assertSame(engine, flipped, key, message);
          assertSame(engine, signature, flip(key, i < 8 ? i : random.nextInt(8 * 48)), message);
          assertSame(engine, signature, key, flip(message, random.nextInt(8 * 40)));
        }
        assertSame(engine, signature, engine.publicKey(secret).toUncompressedBytes(), message);
        byte[] infinity = new byte[96];
        infinity[0] = (byte) 0xc0;
        assertSame(engine, infinity, key, message);
        byte[] outside = new byte[48];
        outside[0] = (byte) 0x80;
        outside[47] = 4;
        assertSame(engine, signature, outside, message);
      }
    }
  }

  private static byte[] flip(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (0x80 >> (bit % 8));
    return flipped;
  }

  /** Both say yes or both say no, but for what we refuse on purpose. */
  private void assertSame(BlsEngine engine, byte[] signature, byte[] key, byte[] message)
      throws IOException {
    String theirs = official.verify(signature, key, message);
    String what = HexFormat.of().formatHex(signature) + " " + HexFormat.of().formatHex(key);
    try {
      engine.verify(engine.publicKey(key), message, engine.signature(signature));
      assertEquals("true", theirs, what);
    } catch (RedStuffException e) {
      boolean stricter = e instanceof VerificationException v && STRICTER.contains(v.reason());
      assertTrue(stricter || !theirs.equals("true"), () -> what + ": " + e.getMessage());
    }
  }

  @Test
  void sums() throws IOException, RedStuffException {
    for (BlsEngine engine : engines()) {
      byte[] message = bytes(72);
      List<byte[]> keys = new ArrayList<>();
      List<byte[]> signatures = new ArrayList<>();
      List<PublicKey> ourKeys = new ArrayList<>();
      List<Signature> ours = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        try (SecretKey secret = secret()) {
          ourKeys.add(engine.publicKey(secret));
          ours.add(engine.sign(secret, message));
        }
        keys.add(ourKeys.getLast().toBytes());
        signatures.add(ours.getLast().toBytes());
        byte[] sum = engine.aggregate(ours).toBytes();
        assertEquals(HexFormat.of().formatHex(sum), official.aggregate(signatures));
        assertEquals("true", official.verifyAggregate(sum, message, keys));
        engine.verify(engine.aggregateKeys(ourKeys), message, engine.signature(sum));
        byte[] other = bytes(72);
        assertEquals("false", official.verifyAggregate(sum, other, keys));
        assertSame(engine, sum, engine.aggregateKeys(ourKeys).toBytes(), other);
      }
      assertEquals(OfficialSignatures.THROWS, official.aggregate(List.of()));
    }
  }

  /** A certificate of ours is one for the official package: random committees, any signers. */
  @Test
  void certificates() throws IOException, RedStuffException {
    BlsEngine engine = BlsEngine.preferred();
    for (int round = 0; round < 6; round++) {
      int size = 1 + random.nextInt(20);
      List<CommitteeMember> members = new ArrayList<>();
      List<NodeSigner> signers = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        byte[] nodeId = new byte[ObjectId.BYTES];
        nodeId[0] = (byte) i;
        signers.add(new NodeSigner(engine, secret()));
        members.add(
            new CommitteeMember(
                ObjectId.of(nodeId), signers.getLast().key(), 1 + random.nextInt(30)));
      }
      long epoch = random.nextInt(1000);
      Committee committee = Committee.of(epoch, members);
      BlobConfirmation message =
          new BlobConfirmation(
              epoch,
              BlobId.of(bytes(BlobId.BYTES)),
              random.nextBoolean()
                  ? BlobPersistence.PERMANENT
                  : BlobPersistence.deletable(ObjectId.of(bytes(ObjectId.BYTES))));
      ConfirmationCollector<BlobConfirmation> collector =
          ConfirmationCollector.of(committee, engine, message);
      Collections.shuffle(signers, random);
      for (NodeSigner signer : signers) {
        collector.add(signer.key(), signer.sign(message));
      }
      Certificate<BlobConfirmation> certificate = collector.certificate();
      new CertificateVerifier(committee, engine).verify(certificate);
      List<byte[]> keys =
          certificate.signers().stream().map(i -> members.get(i).key().toBytes()).toList();
      assertEquals(
          "true",
          official.verifyAggregate(certificate.signature().toBytes(), message.toBcs(), keys));
    }
  }
}
