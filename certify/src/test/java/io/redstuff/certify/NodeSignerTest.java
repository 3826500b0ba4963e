package io.redstuff.certify;

import static io.redstuff.certify.testing.BlsVectors.hex;
import static io.redstuff.certify.testing.BlsVectors.text;
import static io.redstuff.certify.testing.Refusals.assertMalformed;
import static io.redstuff.certify.testing.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.Sliver;
import io.redstuff.SuiAddress;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.PublicKey;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.json.CertificateJson;
import io.redstuff.certify.json.SignedMessageJson;
import io.redstuff.certify.testing.BlsVectors;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.Certificate;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProofOfPossession;
import io.redstuff.message.ProtocolMessage;
import io.redstuff.message.SignatureBytes;
import io.redstuff.message.SignedMessage;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a node signs, and what it signs only after a look; how that is sent. */
class NodeSignerTest {
  private static final BlsEngine ENGINE = BlsEngine.preferred();

  private final SecretKey secret = BlsVectors.secret("derived-0");
  private final NodeSigner signer = new NodeSigner(ENGINE, secret);
  private final SignedMessages messages = new SignedMessages(ENGINE);

  @Test
  void confirmsWhatItHolds() throws IOException, RedStuffException {
    RedStuff codec = RedStuff.forShards(7);
    List<Sliver> slivers = new ArrayList<>();
    VerifiedMetadata metadata;
    try (EncodedBlob encoded = codec.encode(new byte[] {1, 2, 3})) {
      metadata = encoded.metadata();
      int held = ShardIndex.of(2).pair(metadata.blobId(), metadata.parameters()).value();
      int half = ShardIndex.of(3).pair(metadata.blobId(), metadata.parameters()).value();
      slivers.add(copy(encoded.pairs().get(held).primary()));
      slivers.add(copy(encoded.pairs().get(held).secondary()));
      slivers.add(copy(encoded.pairs().get(half).primary()));
      // In the place of shard 4's there is another's.
      int wrong = ShardIndex.of(4).pair(metadata.blobId(), metadata.parameters()).value();
      Sliver other = encoded.pairs().get(held).primary();
      slivers.add(
          Sliver.copyOf(
              encoded.pairs().get(wrong).primary().id(),
              other.symbolSize(),
              other.segment().toArray(ValueLayout.JAVA_BYTE)));
    }
    StoredEncoding stored = StoredEncoding.of(MemoryStore.of(metadata, slivers), codec, metadata);
    HeldSlivers held = HeldSlivers.inspect(stored, List.of(ShardIndex.of(2)), WorkMonitor.NONE);
    assertEquals(metadata.blobId(), held.blobId());
    assertEquals(List.of(ShardIndex.of(2)), held.shards());
    assertEquals("slivers of blob %s for 1 shards".formatted(metadata.blobId()), held.toString());
    SignedMessage<BlobConfirmation> confirmation =
        signer.confirm(held, 5, BlobPersistence.PERMANENT);
    assertEquals(
        new BlobConfirmation(5, metadata.blobId(), BlobPersistence.PERMANENT),
        messages.verify(confirmation, signer.key()));
    assertRefused(
        Reason.BAD_SIGNATURE,
        () -> messages.verify(confirmation, BlsVectors.key(ENGINE, "derived-1")));

    InsufficientDataException lacks =
        assertThrows(
            InsufficientDataException.class,
            () ->
                HeldSlivers.inspect(
                    stored, List.of(ShardIndex.of(3), ShardIndex.of(2)), WorkMonitor.NONE));
    assertEquals(4, lacks.needed());
    assertEquals(3, lacks.got());
    assertTrue(lacks.getMessage().contains("is missing"), lacks.getMessage());
    InsufficientDataException bad =
        assertThrows(
            InsufficientDataException.class,
            () -> HeldSlivers.inspect(stored, List.of(ShardIndex.of(4)), WorkMonitor.NONE));
    assertTrue(bad.getMessage().contains("is bad: "), bad.getMessage());
    List<ShardIndex> all = IntStream.range(0, 7).mapToObj(ShardIndex::of).toList();
    InsufficientDataException most =
        assertThrows(
            InsufficientDataException.class,
            () -> HeldSlivers.inspect(stored, all, WorkMonitor.NONE));
    assertTrue(most.getMessage().contains(", ...)"), most.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> HeldSlivers.inspect(stored, List.of(), WorkMonitor.NONE));
  }

  private static Sliver copy(Sliver sliver) {
    return Sliver.copyOf(
        sliver.id(), sliver.symbolSize(), sliver.segment().toArray(ValueLayout.JAVA_BYTE));
  }

  @Test
  void callsInvalidWhatIsProven() throws RedStuffException {
    JsonNode row = BlsVectors.inconsistency();
    EncodingParameters parameters = EncodingParameters.forShards(row.get("shards").asInt());
    BlobId blobId = BlobId.parse(text(row, "blobId"));
    VerifiedMetadata metadata = BlobMetadata.parse(hex(row, "metadata")).verify(parameters, blobId);
    InconsistencyProof proof = InconsistencyProof.parse(hex(row, "proof"));
    RedStuff codec = RedStuff.forShards(parameters.shards());
    ProvenInconsistency proven = ProvenInconsistency.check(codec, metadata, proof);
    assertEquals(blobId, proven.blobId());
    assertSame(proof, proven.proof());
    assertEquals("proven inconsistency of blob " + blobId, proven.toString());
    SignedMessage<InvalidBlobId> signed = signer.callInvalid(proven, 5);
    assertEquals(new InvalidBlobId(5, blobId), messages.verify(signed, signer.key()));

    Committee committee = Committees.of(ENGINE, 5, 4, 6);
    ConfirmationCollector<InvalidBlobId> collector =
        ConfirmationCollector.of(committee, ENGINE, proven);
    assertEquals(4, collector.needed());
    assertTrue(collector.add(signer.key(), signed));
    CertificateVerifier verifier = new CertificateVerifier(committee, ENGINE);
    assertEquals(4, verifier.verifyInvalid(collector.certificate(), blobId).weight());
    assertRefused(
        Reason.BLOB_ID_MISMATCH,
        () ->
            collector.add(
                BlsVectors.key(ENGINE, "derived-1"),
                Committees.sign(ENGINE, 1, new InvalidBlobId(5, BlobId.of(new byte[32])))));

    try (EncodedBlob honest = codec.encode(new byte[] {1})) {
      assertThrows(
          RedStuffException.class,
          () -> ProvenInconsistency.check(codec, honest.metadata(), proof));
    }
  }

  @Test
  void provesPossession() throws RedStuffException {
    SuiAddress address = SuiAddress.of(new byte[32]);
    SignedMessage<ProofOfPossession> proof = signer.provePossession(address, 3);
    assertEquals(signer.key(), messages.verifyPossession(proof, address, 3));
    assertRefused(Reason.WRONG_EPOCH, () -> messages.verifyPossession(proof, address, 4));
    byte[] other = new byte[32];
    other[0] = 1;
    assertRefused(
        Reason.WRONG_MESSAGE, () -> messages.verifyPossession(proof, SuiAddress.of(other), 3));
    SignedMessage<ProofOfPossession> stolen = Committees.sign(ENGINE, 1, proof.message());
    assertRefused(Reason.BAD_SIGNATURE, () -> messages.verifyPossession(stolen, address, 3));
    // Made of all the others' keys, so that the sum would be one's own.
    for (JsonNode row : BlsVectors.rows("proofsOfPossession").toList()) {
      SignedMessage<ProofOfPossession> official =
          new SignedMessage<>(
              ProtocolMessage.parse(ProofOfPossession.class, hex(row, "message")),
              SignatureBytes.of(hex(row, "signature")));
      PublicKey key =
          messages.verifyPossession(
              official, official.message().address(), official.message().epoch());
      assertEquals(BlsVectors.key(ENGINE, text(row, "key")), key);
    }
    assertFalse(signer.toString().contains("1a8661"), signer.toString());
    assertEquals("signer with public key " + signer.key(), signer.toString());
  }

  /** Kinds of messages for which nobody asks anything in particular are compared as they are. */
  @Test
  void otherKinds() {
    ProofOfPossession one =
        new NodeSigner(ENGINE, secret).provePossession(SuiAddress.of(new byte[32]), 3).message();
    byte[] other = new byte[32];
    other[0] = 1;
    ProofOfPossession two = new ProofOfPossession(3, SuiAddress.of(other), one.publicKey());
    assertRefused(Reason.WRONG_MESSAGE, () -> Messages.checkSame(one, two));
    assertDoesNotThrow(() -> Messages.checkSame(one, one));
  }

  @Test
  void asNodesAnswer() throws RedStuffException {
    SignedMessage<ProtocolMessage> signed =
        signer.sign(new BlobConfirmation(5, BlobId.of(new byte[32]), BlobPersistence.PERMANENT));
    SignedMessageJson named = new SignedMessageJson(signed, Optional.of(signer.key()));
    assertEquals(named, SignedMessageJson.parse(named.toJson(), ENGINE));
    Base64.Encoder base64 = Base64.getEncoder();
    String plain =
        "{\"serializedMessage\":\"%s\",\"signature\":\"%s\"}"
            .formatted(
                base64.encodeToString(signed.message().toBcs()),
                base64.encodeToString(signed.signature().toBytes()));
    SignedMessageJson unnamed = new SignedMessageJson(signed, Optional.empty());
    assertEquals(unnamed, SignedMessageJson.parse(utf8(plain), ENGINE));
    String answer = "{\"success\":{\"code\":200,\"data\":{\"signed\":" + plain + "}}}";
    assertEquals(unnamed, SignedMessageJson.parse(utf8(answer), ENGINE));
    assertEquals(unnamed, SignedMessageJson.parse(unnamed.toJson(), ENGINE));
    assertMalformed(
        "got 95 bytes, expected 96",
        () ->
            SignedMessageJson.parse(
                utf8(
                    "{\"serializedMessage\":\"%s\",\"signature\":\"%s\"}"
                        .formatted(
                            base64.encodeToString(signed.message().toBcs()),
                            base64.encodeToString(new byte[95]))),
                ENGINE));
    assertMalformed(
        "not canonical",
        () ->
            SignedMessageJson.parse(
                utf8(
                    plain.replaceFirst(
                        "\"serializedMessage\":\"[^\"]*", "\"serializedMessage\":\"AB==")),
                ENGINE));
  }

  @Test
  void asRelaysSendIt() throws RedStuffException {
    Certificate<ProtocolMessage> certificate =
        Committees.certificate(
            ENGINE,
            List.of(2, 0),
            new BlobConfirmation(5, BlobId.of(new byte[32]), BlobPersistence.PERMANENT));
    byte[] json = CertificateJson.write(certificate);
    assertEquals(certificate, CertificateJson.parse(json));
    String answer =
        "{\"blob_id\":[1,2],\"confirmation_certificate\":"
            + new String(json, StandardCharsets.UTF_8)
            + "}";
    assertEquals(certificate, CertificateJson.parse(utf8(answer)));
    String text = new String(json, StandardCharsets.UTF_8);
    assertMalformed(
        "expected 0 to 255",
        () -> CertificateJson.parse(utf8(text.replace("message\" : [ 1", "message\" : [ 256"))));
    assertMalformed(
        "expected 0 to 65535",
        () -> CertificateJson.parse(utf8(text.replace("signers\" : [ 2", "signers\" : [ 65536"))));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
