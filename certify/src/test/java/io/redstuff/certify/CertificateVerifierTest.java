package io.redstuff.certify;

import static io.redstuff.certify.testing.BlsVectors.hex;
import static io.redstuff.certify.testing.BlsVectors.rows;
import static io.redstuff.certify.testing.BlsVectors.text;
import static io.redstuff.certify.testing.Refusals.assertRefused;
import static io.redstuff.certify.testing.Refusals.assertTooLittle;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.testing.BlsVectors;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.Certificate;
import io.redstuff.message.CertificateForm;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProtocolVersion;
import io.redstuff.message.Quorum;
import io.redstuff.message.SignatureBytes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Certificates by the contract's rules, with a reason for each refusal. */
class CertificateVerifierTest {
  private static final BlsEngine ENGINE = BlsEngine.preferred();
  private static final BlobId BLOB =
      BlobId.of(
          new byte[] {
            1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5,
            6, 7, 8
          });
  private static final BlobConfirmation CONFIRMATION =
      new BlobConfirmation(5, BLOB, BlobPersistence.PERMANENT);

  private final Committee committee = Committees.of(ENGINE, 5, 4, 2, 2, 1, 1);
  private final CertificateVerifier verifier = new CertificateVerifier(committee, ENGINE);
  private final Certificate<BlobConfirmation> good =
      Committees.certificate(ENGINE, List.of(0, 1, 3), CONFIRMATION);

  static List<BlsEngine> engines() {
    return BlsVectors.engines();
  }

  /** The verdict of the contract, for each certificate of the vectors, and both wire forms. */
  @ParameterizedTest
  @MethodSource("engines")
  void vectors(BlsEngine engine) throws RedStuffException {
    int certified = 0;
    for (JsonNode row : rows("certificates").toList()) {
      byte[] rust = hex(row, "certificateBcsRustHex");
      byte[] ts = hex(row, "certificateBcsTsHex");
      List<CommitteeMember> members = new ArrayList<>();
      for (JsonNode member : row.get("members").valueStream().toList()) {
        members.add(
            new CommitteeMember(
                Committees.nodeId(members.size()),
                BlsVectors.key(engine, text(member, "key")),
                member.get("weight").asInt()));
      }
      long epoch = Certificate.parse(rust).message().epoch();
      CertificateVerifier its = new CertificateVerifier(Committee.of(epoch, members), engine);
      int weight = row.get("weight").asInt();
      if (text(row, "message").startsWith("invalid")) {
        Certificate<InvalidBlobId> certificate = Certificate.parse(InvalidBlobId.class, rust);
        assertEquals(certificate, Certificate.parse(InvalidBlobId.class, ts));
        BlobId id = certificate.message().blobId();
        if (row.get("moveOneCorrect_3w_ge_n_plus_1").asBoolean()) {
          CertifiedInvalidBlob blob = its.verifyInvalid(certificate, id);
          assertEquals(weight, blob.weight());
          certified++;
        } else {
          assertThrows(InsufficientDataException.class, () -> its.verifyInvalid(certificate, id));
        }
        continue;
      }
      Certificate<BlobConfirmation> certificate = Certificate.parse(BlobConfirmation.class, rust);
      assertArrayEquals(ts, certificate.toBcs(CertificateForm.TYPESCRIPT));
      if (row.get("moveQuorum_3w_ge_2n_plus_1").asBoolean()) {
        assertEquals(weight, its.verify(certificate).weight());
        certified++;
      } else {
        assertThrows(InsufficientDataException.class, () -> its.verify(certificate));
      }
    }
    assertEquals(8, certified);
  }

  @Test
  void good() throws RedStuffException {
    CertifiedBlob blob = verifier.verify(good, BLOB, BlobPersistence.PERMANENT);
    assertEquals(BLOB, blob.blobId());
    assertEquals(BlobPersistence.PERMANENT, blob.persistence());
    assertEquals(5, blob.epoch());
    assertEquals(7, blob.weight());
    assertEquals(10, blob.shards());
    assertSame(good, blob.certificate());
    assertEquals("certified blob %s: 7 of 10 shards in epoch 5".formatted(BLOB), blob.toString());
  }

  /** As the chain is told who signed: members 0, 1 and 3. */
  @Test
  void bitmap() throws RedStuffException {
    byte[] bitmap = {0b01011};
    assertEquals(7, verifier.verify(CONFIRMATION, bitmap, good.signature()).weight());
    byte[] beyond = {0b101011};
    assertThrows(
        MalformedDataException.class,
        () -> verifier.verify(CONFIRMATION, beyond, good.signature()));
  }

  /** The order of the signers is of no account. */
  @Test
  void otherOrder() throws RedStuffException {
    assertEquals(7, verifier.verify(withSigners(3, 0, 1)).weight());
  }

  @Test
  void tooLittleWeight() {
    Certificate<BlobConfirmation> six = Committees.certificate(ENGINE, List.of(0, 1), CONFIRMATION);
    assertTooLittle(7, 6, () -> verifier.verify(six));
    assertTooLittle(7, 0, () -> verifier.verify(withSigners()));
  }

  @Test
  void wrongSigners() {
    assertRefused(Reason.DUPLICATE, () -> verifier.verify(withSigners(0, 1, 3, 3)));
    assertRefused(Reason.UNKNOWN_SIGNER, () -> verifier.verify(withSigners(0, 1, 5)));
    assertRefused(Reason.BAD_SIGNATURE, () -> verifier.verify(withSigners(0, 1, 4)));
    assertRefused(Reason.BAD_SIGNATURE, () -> verifier.verify(withSigners(0, 1, 2, 3)));
  }

  private Certificate<BlobConfirmation> withSigners(Integer... signers) {
    return new Certificate<>(List.of(signers), CONFIRMATION, good.signature());
  }

  @Test
  void wrongSubject() {
    BlobId other = BlobId.of(new byte[32]);
    BlobPersistence deletable = BlobPersistence.deletable(ObjectId.of(new byte[32]));
    assertRefused(
        Reason.BLOB_ID_MISMATCH, () -> verifier.verify(good, other, BlobPersistence.PERMANENT));
    assertRefused(Reason.WRONG_PERSISTENCE, () -> verifier.verify(good, BLOB, deletable));
    CertificateVerifier later =
        new CertificateVerifier(Committees.of(ENGINE, 6, 4, 2, 2, 1, 1), ENGINE);
    assertRefused(Reason.WRONG_EPOCH, () -> later.verify(good));
    assertRefused(Reason.WRONG_EPOCH, () -> later.verify(good, BLOB, BlobPersistence.PERMANENT));
  }

  @Test
  void wrongSignature() {
    byte[] infinity = new byte[96];
    infinity[0] = (byte) 0xc0;
    assertRefused(Reason.POINT_AT_INFINITY, () -> verifier.verify(withSignature(infinity)));
    byte[] uncompressed = good.signature().toBytes();
    uncompressed[0] &= 0x7f;
    assertRefused(Reason.UNCOMPRESSED_POINT, () -> verifier.verify(withSignature(uncompressed)));
    byte[] negated = good.signature().toBytes();
    negated[0] ^= 0x20;
    assertRefused(Reason.BAD_SIGNATURE, () -> verifier.verify(withSignature(negated)));
    byte[] great = new byte[96];
    Arrays.fill(great, (byte) 0xbf);
    assertThrows(MalformedDataException.class, () -> verifier.verify(withSignature(great)));
  }

  private Certificate<BlobConfirmation> withSignature(byte[] signature) {
    return new Certificate<>(good.signers(), CONFIRMATION, SignatureBytes.of(signature));
  }

  @Test
  void invalidBlob() throws RedStuffException {
    InvalidBlobId message = new InvalidBlobId(5, BLOB);
    Certificate<InvalidBlobId> four = Committees.certificate(ENGINE, List.of(0), message);
    CertifiedInvalidBlob blob = verifier.verifyInvalid(four, BLOB);
    assertEquals(BLOB, blob.blobId());
    assertEquals(5, blob.epoch());
    assertEquals(4, blob.weight());
    assertEquals(10, blob.shards());
    assertSame(four, blob.certificate());
    assertEquals(
        "certified invalid blob %s: 4 of 10 shards in epoch 5".formatted(BLOB), blob.toString());
    Certificate<InvalidBlobId> three = Committees.certificate(ENGINE, List.of(1, 3), message);
    assertTooLittle(4, 3, () -> verifier.verifyInvalid(three, BLOB));
    assertRefused(
        Reason.BLOB_ID_MISMATCH, () -> verifier.verifyInvalid(four, BlobId.of(new byte[32])));
  }

  @Test
  void anyMessageByAnyQuorum() throws RedStuffException {
    ProtocolVersion message = new ProtocolVersion(5, 6, 7);
    Certificate<ProtocolVersion> four = Committees.certificate(ENGINE, List.of(0), message);
    assertSame(message, verifier.verifyMessage(four, Quorum.ONE_CORRECT));
    assertTooLittle(7, 4, () -> verifier.verifyMessage(four, Quorum.TWO_THIRDS));
    Certificate<ProtocolVersion> forged =
        new Certificate<>(List.of(0, 1), message, four.signature());
    assertRefused(Reason.BAD_SIGNATURE, () -> verifier.verifyMessage(forged, Quorum.ONE_CORRECT));
  }

  /** What is signed as one kind of message does not pass for another. */
  @Test
  void kindsDoNotMix() {
    Certificate<InvalidBlobId> crossed =
        new Certificate<>(good.signers(), new InvalidBlobId(5, BLOB), good.signature());
    assertRefused(Reason.BAD_SIGNATURE, () -> verifier.verifyInvalid(crossed, BLOB));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void many(BlsEngine engine) {
    CertificateVerifier its = new CertificateVerifier(committee, engine);
    List<Certificate<BlobConfirmation>> certificates = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      byte[] id = new byte[32];
      id[0] = (byte) (i / 2);
      certificates.add(
          Committees.certificate(
              engine,
              i % 2 == 0 ? List.of(0, 1, 3) : List.of(0, 2, 4),
              new BlobConfirmation(5, BlobId.of(id), BlobPersistence.PERMANENT)));
    }
    SecureRandom random = new SecureRandom();
    assertEquals(List.of(), refused(its.verifyAll(certificates, random)));
    assertEquals(List.of(), its.verifyAll(List.of(), random));
    // Two that take from each other what they lack: their plain sum is good.
    Certificate<BlobConfirmation> two = certificates.get(2);
    Certificate<BlobConfirmation> six = certificates.get(6);
    certificates.set(2, new Certificate<>(two.signers(), two.message(), six.signature()));
    certificates.set(6, new Certificate<>(six.signers(), six.message(), two.signature()));
    certificates.set(4, new Certificate<>(List.of(0), six.message(), two.signature()));
    List<Verdict> verdicts = its.verifyAll(certificates, random);
    assertEquals(List.of(2, 4, 6), refused(verdicts));
    assertInstanceOf(InsufficientDataException.class, ((Verdict.Refused) verdicts.get(4)).reason());
    VerificationException bad =
        assertInstanceOf(VerificationException.class, ((Verdict.Refused) verdicts.get(6)).reason());
    assertEquals(Reason.BAD_SIGNATURE, bad.reason());
  }

  private static List<Integer> refused(List<Verdict> verdicts) {
    return IntStream.range(0, verdicts.size())
        .filter(i -> verdicts.get(i) instanceof Verdict.Refused)
        .boxed()
        .toList();
  }
}
