package io.redstuff.certify;

import static io.redstuff.certify.testing.Refusals.assertRefused;
import static io.redstuff.certify.testing.Refusals.assertTooLittle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.certify.testing.BlsVectors;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.Quorum;
import io.redstuff.message.SignedMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Certificates out of confirmations in any order, some of which are bad. */
class ConfirmationCollectorTest {
  private static final BlsEngine ENGINE = BlsEngine.preferred();
  private static final BlobId BLOB = BlobId.of(new byte[32]);
  private static final BlobConfirmation EXPECTED =
      new BlobConfirmation(5, BLOB, BlobPersistence.PERMANENT);

  private final Committee committee = Committees.of(ENGINE, 5, 4, 2, 2, 1, 1);

  private ConfirmationCollector<BlobConfirmation> collector() throws RedStuffException {
    return ConfirmationCollector.of(committee, ENGINE, EXPECTED);
  }

  private static PublicKey key(int position) {
    return BlsVectors.key(ENGINE, "derived-" + position);
  }

  private static SignedMessage<BlobConfirmation> signed(int position) {
    return Committees.sign(ENGINE, position, EXPECTED);
  }

  @Test
  void stopsAtTheQuorum() throws RedStuffException {
    ConfirmationCollector<BlobConfirmation> collector = collector();
    assertEquals(7, collector.needed());
    assertTrue(collector.add(key(4), signed(4)));
    assertTrue(collector.add(key(0), signed(0)));
    assertFalse(collector.isComplete());
    assertTooLittle(7, 5, collector::certificate);
    assertTrue(collector.add(key(2), signed(2)));
    assertTrue(collector.isComplete());
    assertEquals(7, collector.weight());
    assertFalse(collector.add(key(1), signed(1)));
    assertEquals(List.of(0, 2, 4), collector.certificate().signers());
    assertEquals(
        Committees.certificate(ENGINE, List.of(0, 2, 4), EXPECTED), collector.certificate());
    new CertificateVerifier(committee, ENGINE).verify(collector.certificate());
    assertEquals(List.of(), collector.rejected());
  }

  @Test
  void badOnesAreNamed() throws RedStuffException {
    ConfirmationCollector<BlobConfirmation> collector = collector();
    assertTrue(collector.add(key(1), signed(2)));
    assertTrue(collector.add(key(0), signed(0)));
    assertTrue(collector.add(key(3), signed(3)));
    // Only now were they verified.
    assertEquals(
        List.of(committee.members().get(1)),
        collector.rejected().stream().map(ConfirmationCollector.Rejected::member).toList());
    assertEquals(Reason.BAD_SIGNATURE, collector.rejected().getFirst().reason().reason());
    assertEquals(5, collector.weight());
    assertTrue(collector.add(key(1), signed(1)));
    assertEquals(List.of(0, 1, 3), collector.certificate().signers());
  }

  /** Who sends rubbish in another's name does not keep the other from confirming. */
  @Test
  void nobodyTakesAnothersPlace() throws RedStuffException {
    ConfirmationCollector<BlobConfirmation> collector = collector();
    assertTrue(collector.add(key(0), signed(3)));
    assertTrue(collector.add(key(0), signed(0)));
    assertEquals(1, collector.rejected().size());
    assertRefused(Reason.DUPLICATE, () -> collector.add(key(0), signed(3)));
    assertRefused(Reason.DUPLICATE, () -> collector.add(key(0), signed(0)));
    assertEquals(4, collector.weight());
  }

  @Test
  void wrongOnes() throws RedStuffException {
    ConfirmationCollector<BlobConfirmation> collector = collector();
    assertRefused(Reason.UNKNOWN_SIGNER, () -> collector.add(key(5), signed(5)));
    assertRefused(
        Reason.WRONG_EPOCH, () -> collector.add(key(0), sign(4, BLOB, BlobPersistence.PERMANENT)));
    assertRefused(
        Reason.BLOB_ID_MISMATCH,
        () ->
            collector.add(
                key(0), sign(5, BlobId.parse("A".repeat(42) + "E"), BlobPersistence.PERMANENT)));
    assertRefused(
        Reason.WRONG_PERSISTENCE,
        () ->
            collector.add(
                key(0), sign(5, BLOB, BlobPersistence.deletable(ObjectId.of(new byte[32])))));
    assertRefused(
        Reason.WRONG_MESSAGE,
        () -> collector.add(key(0), Committees.sign(ENGINE, 0, new InvalidBlobId(5, BLOB))));
    assertEquals(0, collector.weight());
    assertRefused(
        Reason.WRONG_EPOCH,
        () ->
            ConfirmationCollector.of(
                committee, ENGINE, new BlobConfirmation(6, BLOB, BlobPersistence.PERMANENT)));
  }

  private static SignedMessage<BlobConfirmation> sign(
      long epoch, BlobId blobId, BlobPersistence persistence) {
    return Committees.sign(ENGINE, 0, new BlobConfirmation(epoch, blobId, persistence));
  }

  /**
   * Below the quorum there is never a certificate, and at it always, whoever has which weight and
   * in whatever order they sign; n is of any form.
   */
  @Property(tries = 60)
  void quorum(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 40) Integer> weights,
      @ForAll long seed)
      throws RedStuffException {
    Committee members =
        Committees.of(ENGINE, 5, weights.stream().mapToInt(Integer::intValue).toArray());
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed));
    ConfirmationCollector<BlobConfirmation> collector =
        ConfirmationCollector.of(members, ENGINE, EXPECTED);
    CertificateVerifier verifier = new CertificateVerifier(members, ENGINE);
    int weight = 0;
    List<Integer> signers = new ArrayList<>();
    for (int position : order) {
      boolean enough = 3 * weight >= 2 * members.shards() + 1;
      assertEquals(enough, Quorum.TWO_THIRDS.isReached(weight, members.shards()));
      assertEquals(enough, collector.isComplete());
      if (enough) {
        break;
      }
      if (!signers.isEmpty()) {
        assertTooLittle(
            collector.needed(),
            weight,
            () -> verifier.verify(Committees.certificate(ENGINE, signers, EXPECTED)));
      }
      collector.add(key(position), signed(position));
      signers.add(position);
      weight += weights.get(position);
    }
    assertTrue(collector.isComplete());
    assertEquals(weight, verifier.verify(collector.certificate()).weight());
  }
}
