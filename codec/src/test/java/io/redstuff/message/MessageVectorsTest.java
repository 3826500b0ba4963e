package io.redstuff.message;

import static io.redstuff.JsonVectors.hex;
import static io.redstuff.JsonVectors.rows;
import static io.redstuff.JsonVectors.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.JsonVectors;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.SuiAddress;
import io.redstuff.U256;
import io.redstuff.error.MalformedDataException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Messages, signed messages and certificates of the official implementations. */
class MessageVectorsTest {
  private static final JsonNode BLS = JsonVectors.read("bls.json");

  static List<JsonNode> messages() {
    return rows(BLS.required("messages"));
  }

  static List<JsonNode> certificates() {
    return rows(BLS.required("certificates"));
  }

  static List<JsonNode> proofsOfPossession() {
    return rows(BLS.required("proofsOfPossession"));
  }

  private static BlobId blobId(JsonNode row, String field) {
    return BlobId.of(hex(row, field));
  }

  /** Makes the message that a row describes by its fields. */
  private static ProtocolMessage message(JsonNode row) throws MalformedDataException {
    long epoch = row.required("epoch").longValue();
    return switch (IntentType.ofNumber(row.required("intentType").intValue())) {
      case PROOF_OF_POSSESSION ->
          new ProofOfPossession(
              epoch,
              SuiAddress.parse(text(row, "suiAddress")),
              PublicKeyBytes.of(hex(row, "publicKey")));
      case BLOB_CONFIRMATION ->
          new BlobConfirmation(
              epoch,
              blobId(row, "blobIdHex"),
              row.has("objectId")
                  ? BlobPersistence.deletable(ObjectId.parse(text(row, "objectId")))
                  : BlobPersistence.PERMANENT);
      case INVALID_BLOB_ID -> new InvalidBlobId(epoch, blobId(row, "blobIdHex"));
      case SYNC_SHARD -> {
        JsonNode request = row.required("request");
        yield new SyncShardRequest(
            epoch,
            ShardIndex.of(request.required("shardIndex").intValue()),
            text(request, "sliverType").startsWith("secondary") ? Axis.SECONDARY : Axis.PRIMARY,
            blobId(request, "startingBlobIdHex"),
            request.required("sliverCount").longValue(),
            request.required("epoch").longValue());
      }
      case DENY_LIST_UPDATE ->
          new DenyListUpdate(
              epoch,
              ObjectId.parse(text(row, "nodeId")),
              row.required("sequenceNumber").longValue(),
              row.required("size").longValue(),
              U256.of(hex(row, "rootHex")));
      case DENY_LIST_BLOB_DELETED -> new DenyListBlobDeleted(epoch, blobId(row, "blobIdHex"));
      case PROTOCOL_VERSION ->
          new ProtocolVersion(
              epoch,
              row.required("startEpoch").longValue(),
              row.required("protocolVersion").longValue());
    };
  }

  @ParameterizedTest
  @MethodSource("messages")
  void writtenAndReadAsOfficially(JsonNode row) throws MalformedDataException {
    ProtocolMessage message = message(row);
    byte[] bytes = hex(row, "hex");
    assertArrayEquals(bytes, message.toBcs());
    assertEquals(message, ProtocolMessage.parse(bytes));
    assertEquals(message, ProtocolMessage.parse(message.type().message(), bytes));
    assertEquals(message.getClass(), message.type().message());
    assertEquals(bytes[0], message.type().number());
  }

  @Test
  void everyKindIsAmongTheVectors() {
    Set<IntentType> kinds =
        messages().stream()
            .map(row -> IntentType.ofNumber(row.required("intentType").intValue()))
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(IntentType.class)));
    assertEquals(EnumSet.allOf(IntentType.class), kinds);
    assertEquals(IntentType.count(), kinds.size());
  }

  @ParameterizedTest
  @MethodSource("proofsOfPossession")
  void proofsOfPossession(JsonNode row) throws MalformedDataException {
    byte[] bytes = hex(row, "message");
    ProofOfPossession proof = ProtocolMessage.parse(ProofOfPossession.class, bytes);
    assertEquals(row.required("epoch").longValue(), proof.epoch());
    assertEquals(text(row, "suiAddress"), proof.address().toString());
    assertEquals("0x" + keys().get(text(row, "key")), proof.publicKey().toString());
    assertArrayEquals(bytes, proof.toBcs());
  }

  private static Map<String, String> keys() {
    return rows(BLS.required("keys")).stream()
        .collect(Collectors.toMap(row -> text(row, "name"), row -> text(row, "publicKey")));
  }

  @Test
  void signedMessage() throws MalformedDataException {
    JsonNode row = BLS.required("signedSyncShardRequest");
    byte[] bytes = hex(row, "signedMessageBcsHex");
    SignedMessage<SyncShardRequest> signed = SignedMessage.parse(SyncShardRequest.class, bytes);
    assertArrayEquals(hex(row, "message"), signed.message().toBcs());
    assertArrayEquals(hex(row, "signature"), signed.signature().toBytes());
    assertArrayEquals(bytes, signed.toBcs());
    assertEquals(signed, SignedMessage.parse(bytes));
  }

  @ParameterizedTest
  @MethodSource("certificates")
  void certificatesInBothForms(JsonNode row) throws MalformedDataException {
    List<Integer> signers = new ArrayList<>();
    row.required("signers").forEach(signer -> signers.add(signer.intValue()));
    Map<String, JsonNode> messages =
        messages().stream()
            .collect(Collectors.toMap(each -> text(each, "name"), Function.identity()));
    Certificate<ProtocolMessage> certificate =
        new Certificate<>(
            signers,
            message(messages.get(text(row, "message"))),
            SignatureBytes.of(hex(row, "aggregateSignature")));
    for (CertificateForm form : CertificateForm.values()) {
      byte[] bytes =
          hex(row, form == CertificateForm.RUST ? "certificateBcsRustHex" : "certificateBcsTsHex");
      assertEquals(
          HexFormat.of().formatHex(bytes), HexFormat.of().formatHex(certificate.toBcs(form)));
      assertEquals(certificate, Certificate.parse(bytes));
      assertEquals(certificate, Certificate.parse(ProtocolMessage.class, form, bytes));
      assertEquals(
          certificate, Certificate.parse(certificate.message().type().message(), form, bytes));
    }
  }
}
