package io.redstuff.certify;

import static io.redstuff.certify.testing.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.audit.AuditAxes;
import io.redstuff.audit.AuditHash;
import io.redstuff.audit.AuditMode;
import io.redstuff.audit.AuditRandomness;
import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.testing.BlsVectors;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.SignatureBytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Transcripts of audits that a node has signed, or somebody else. */
class AuditSignaturesTest {
  private static final BlsEngine ENGINE = BlsEngine.preferred();

  private final Committee committee = Committees.withShards(ENGINE, 5, 4, 3, 3);
  private final AuditSignatures signatures = new AuditSignatures(committee, ENGINE);

  private static AuditTranscript transcript(int n, long epoch, ObjectId node, int... shards) {
    AuditStatement statement =
        new AuditStatement(
            EncodingParameters.forShards(n),
            epoch,
            node,
            Arrays.stream(shards).mapToObj(ShardIndex::of).toList(),
            List.of(BlobId.of(new byte[BlobId.BYTES])),
            10,
            AuditAxes.BOTH,
            AuditMode.PARALLEL,
            AuditRandomness.ofNonce(AuditHash.of(new byte[AuditHash.BYTES])));
    return new AuditTranscript(statement, List.of(), List.of(), Optional.empty());
  }

  private static AuditTranscript signed(int signer, AuditTranscript transcript) {
    try (SecretKey secret = BlsVectors.secret("derived-" + signer)) {
      return new NodeSigner(ENGINE, secret).sign(transcript);
    }
  }

  private static AuditTranscript good() {
    return signed(1, transcript(10, 5, Committees.nodeId(1), 4, 6));
  }

  @Test
  void theNodeHasSigned() throws RedStuffException {
    AuditTranscript good = good();
    assertEquals(committee.members().get(1), signatures.verify(good));
    assertEquals(
        committee.members().get(1), signatures.verify(AuditTranscript.parse(good.toBcs())));
    // Signed again it is the same.
    assertArrayEquals(good.toBcs(), signed(1, good).toBcs());
    // A committee that does not list its shards cannot tell whose they are.
    Committee unlisted = Committees.of(ENGINE, 5, 4, 3, 3);
    new AuditSignatures(unlisted, ENGINE)
        .verify(signed(1, transcript(10, 5, Committees.nodeId(1), 0)));
  }

  @Test
  void nobodyElseHas() {
    AuditTranscript unsigned = transcript(10, 5, Committees.nodeId(1), 4, 6);
    assertRefused(Reason.BAD_SIGNATURE, () -> signatures.verify(unsigned));
    assertRefused(Reason.BAD_SIGNATURE, () -> signatures.verify(signed(0, unsigned)));
    SignatureBytes other =
        signed(1, transcript(10, 5, Committees.nodeId(1), 4)).signature().orElseThrow();
    assertRefused(Reason.BAD_SIGNATURE, () -> signatures.verify(unsigned.withSignature(other)));
    assertRefused(
        Reason.UNCOMPRESSED_POINT,
        () ->
            signatures.verify(
                unsigned.withSignature(SignatureBytes.of(new byte[SignatureBytes.BYTES]))));
    assertRefused(
        Reason.UNKNOWN_SIGNER,
        () -> signatures.verify(signed(1, transcript(10, 5, Committees.nodeId(9), 4))));
    assertRefused(
        Reason.WRONG_COMMITTEE,
        () -> signatures.verify(signed(1, transcript(10, 5, Committees.nodeId(1), 3, 4))));
    assertRefused(
        Reason.WRONG_EPOCH,
        () -> signatures.verify(signed(1, transcript(10, 6, Committees.nodeId(1), 4))));
    assertRefused(
        Reason.WRONG_SHARD_COUNT,
        () -> signatures.verify(signed(1, transcript(11, 5, Committees.nodeId(1), 4))));
  }

  /** What is signed cannot be handed in as a message of the network. */
  @Test
  void itIsNoMessage() {
    assertThrows(MalformedDataException.class, () -> ProtocolMessage.parse(good().signedBytes()));
    assertThrows(MalformedDataException.class, () -> ProtocolMessage.parse(good().toBcs()));
  }
}
