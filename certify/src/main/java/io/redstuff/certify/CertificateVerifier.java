package io.redstuff.certify;

import io.redstuff.BlobId;
import io.redstuff.certify.Verdict.Certified;
import io.redstuff.certify.Verdict.Refused;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SignedBytes;
import io.redstuff.chain.SignersBitmap;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.Certificate;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.Quorum;
import io.redstuff.message.SignatureBytes;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Verifies certificates of one committee by the rules of the contract on the chain, and more
 * strictly in what the chain leaves open: a signer that is named twice and bytes after a message
 * are refused.
 *
 * <p>What costs nothing is looked at first: epoch, signers, their weight. Then the signature is
 * read, and one pairing equation computed. Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class CertificateVerifier {
  private final Committee committee;
  private final BlsEngine engine;

  /** A certificate that lacks nothing but the check of its signature. */
  private record Claim(int index, CertifiedBlob blob, SignedBytes signed) {}

  /**
   * Verifies for a committee.
   *
   * @param committee who may vouch; from the chain, by a way that is trusted
   * @param engine computes
   */
  public CertificateVerifier(Committee committee, BlsEngine engine) {
    this.committee = Objects.requireNonNull(committee, "committee");
    this.engine = Objects.requireNonNull(engine, "engine");
  }

  /**
   * Verifies a certificate of availability.
   *
   * @param certificate the certificate
   * @param blobId the blob that it has to be about
   * @param persistence what it has to say of the blob
   * @return what is certified
   * @throws InsufficientDataException if the signers have less than two thirds of the shards
   * @throws RedStuffException if it is about another blob, of another epoch, if signers are unknown
   *     or named twice, or if the signature is no point or not theirs
   */
  public CertifiedBlob verify(
      Certificate<BlobConfirmation> certificate, BlobId blobId, BlobPersistence persistence)
      throws RedStuffException {
    Messages.checkSame(
        certificate.message(), new BlobConfirmation(committee.epoch(), blobId, persistence));
    return verify(certificate);
  }

  /**
   * Verifies a certificate of availability, whatever blob it is about. The caller looks at {@link
   * CertifiedBlob#blobId} and, where it matters, {@link CertifiedBlob#persistence}.
   *
   * @param certificate the certificate
   * @return what is certified
   * @throws InsufficientDataException if the signers have less than two thirds of the shards
   * @throws RedStuffException if it is of another epoch, if signers are unknown or named twice, or
   *     if the signature is no point or not theirs
   */
  public CertifiedBlob verify(Certificate<BlobConfirmation> certificate) throws RedStuffException {
    int weight = checkSigners(certificate, Quorum.TWO_THIRDS);
    check(signedBytes(certificate));
    return new CertifiedBlob(certificate, weight, committee.shards());
  }

  /**
   * Verifies a certificate of availability in the form in which the chain is given it.
   *
   * @param message what was signed
   * @param bitmap which members did, as {@link SignersBitmap} reads it
   * @param signature the sum of their signatures
   * @return what is certified
   * @throws InsufficientDataException if the signers have less than two thirds of the shards
   * @throws RedStuffException if it is of another epoch, if the bitmap is not one of this
   *     committee, or if the signature is no point or not theirs
   */
  public CertifiedBlob verify(BlobConfirmation message, byte[] bitmap, SignatureBytes signature)
      throws RedStuffException {
    List<Integer> signers = SignersBitmap.parse(bitmap, committee.members().size());
    return verify(new Certificate<>(signers, message, signature));
  }

  /**
   * Verifies a certificate that a blob is invalid.
   *
   * @param certificate the certificate
   * @param blobId the blob that it has to be about
   * @return what is certified
   * @throws InsufficientDataException if the signers may all be dishonest: if they have a third of
   *     the shards or less
   * @throws RedStuffException if it is about another blob, of another epoch, if signers are unknown
   *     or named twice, or if the signature is no point or not theirs
   */
  public CertifiedInvalidBlob verifyInvalid(Certificate<InvalidBlobId> certificate, BlobId blobId)
      throws RedStuffException {
    Messages.checkSame(certificate.message(), new InvalidBlobId(committee.epoch(), blobId));
    int weight = checkSigners(certificate, Quorum.ONE_CORRECT);
    check(signedBytes(certificate));
    return new CertifiedInvalidBlob(certificate, weight, committee.shards());
  }

  /**
   * Verifies a certificate of any kind of message.
   *
   * @param certificate the certificate
   * @param quorum how many shards its signers must have
   * @param <M> the kind of message
   * @return what they signed
   * @throws InsufficientDataException if the signers have less than that
   * @throws RedStuffException if it is of another epoch, if signers are unknown or named twice, or
   *     if the signature is no point or not theirs
   */
  public <M extends ProtocolMessage> M verifyMessage(Certificate<M> certificate, Quorum quorum)
      throws RedStuffException {
    checkSigners(certificate, quorum);
    check(signedBytes(certificate));
    return certificate.message();
  }

  /**
   * Verifies certificates of availability together, in less time than one by one: one equation says
   * whether all are good; only if not, the bad ones are searched by halves.
   *
   * @param certificates the certificates, of any blobs
   * @param random unpredictable, see {@link BlsEngine#verifyAll}
   * @return what became of each, in order
   */
  public List<Verdict> verifyAll(
      List<Certificate<BlobConfirmation>> certificates, SecureRandom random) {
    Verdict[] verdicts = new Verdict[certificates.size()];
    List<Claim> claims = new ArrayList<>();
    for (int i = 0; i < verdicts.length; i++) {
      Certificate<BlobConfirmation> certificate = certificates.get(i);
      try {
        int weight = checkSigners(certificate, Quorum.TWO_THIRDS);
        CertifiedBlob blob = new CertifiedBlob(certificate, weight, committee.shards());
        claims.add(new Claim(i, blob, signedBytes(certificate)));
      } catch (RedStuffException e) {
        verdicts[i] = new Refused(e);
      }
    }
    judge(claims, random, verdicts);
    return List.of(verdicts);
  }

  private void judge(List<Claim> claims, SecureRandom random, Verdict[] verdicts) {
    try {
      if (claims.size() == 1) {
        check(claims.getFirst().signed());
      } else {
        engine.verifyAll(claims.stream().map(Claim::signed).toList(), random);
      }
      claims.forEach(claim -> verdicts[claim.index()] = new Certified(claim.blob()));
    } catch (VerificationException e) {
      if (claims.size() == 1) {
        verdicts[claims.getFirst().index()] = new Refused(e);
        return;
      }
      int half = claims.size() / 2;
      judge(claims.subList(0, half), random, verdicts);
      judge(claims.subList(half, claims.size()), random, verdicts);
    }
  }

  /** Checks all but the signature; returns how many shards the signers have. */
  private int checkSigners(Certificate<?> certificate, Quorum quorum) throws RedStuffException {
    SignedMessages.checkEpoch(certificate.message().epoch(), committee.epoch());
    int weight = committee.weight(certificate.signers());
    int needed = quorum.threshold(committee.shards());
    if (weight < needed) {
      throw new InsufficientDataException("shards whose nodes signed", needed, weight);
    }
    return weight;
  }

  private <M extends ProtocolMessage> SignedBytes signedBytes(Certificate<M> certificate)
      throws RedStuffException {
    return new SignedBytes(
        committee.aggregateKey(certificate.signers(), engine),
        certificate.message().toBcs(),
        engine.signature(certificate.signature().toBytes()));
  }

  private void check(SignedBytes signed) throws VerificationException {
    engine.verify(signed.key(), signed.message(), signed.signature());
  }
}
