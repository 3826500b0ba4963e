package io.redstuff.client.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ShardIndex;
import io.redstuff.client.api.NodeHealth.EventProgress;
import io.redstuff.client.api.NodeHealth.ShardDetail;
import io.redstuff.client.api.NodeHealth.ShardHealth;
import io.redstuff.client.api.NodeHealth.ShardStatus;
import io.redstuff.client.api.NodeHealth.ShardSummary;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.message.SignatureBytes;
import io.redstuff.message.SignedMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers in JSON, letter for letter as the official nodes write them. */
class JsonAnswersTest {
  private static final String DIGEST = "6U8VmUcMpRfyQyYTgDtKkJZcoRZvmpSPdmGWMYRSUrRw";
  private static final EventId EVENT = new EventId(DIGEST, 3);
  private static final String EVENT_JSON = "{\"txDigest\":\"" + DIGEST + "\",\"eventSeq\":\"3\"}";

  private static String success(int code, String data) {
    return "{\"success\":{\"code\":%s,\"data\":%s}}".formatted(code, data);
  }

  private static String text(byte[] json) {
    return new String(json, UTF_8);
  }

  private static void refused(String part, Executable parser) {
    String message = assertThrows(MalformedDataException.class, parser).getMessage();
    assertTrue(message.contains(part), message);
  }

  @ParameterizedTest
  @EnumSource
  void storedStatus(StoredStatus status) throws MalformedDataException {
    String json = success(200, '"' + status.name().toLowerCase(java.util.Locale.ROOT) + '"');
    assertEquals(json, text(status.toJson()));
    assertEquals(status, StoredStatus.parse(json.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"success\":1}",
        "{\"success\":{\"data\":\"stored\"}}",
        "{\"success\":{\"code\":1000,\"data\":\"stored\"}}",
        "{\"success\":{\"code\":200}}",
        "{\"success\":{\"code\":200,\"data\":\"Stored\"}}",
        "{\"success\":{\"code\":200,\"data\":{\"stored\":1}}}",
        "{\"success\":{\"code\":200,\"data\":\"stored\"}} "
            + "{\"success\":{\"code\":200,\"data\":\"stored\"}}",
      })
  void otherStatusesAreRefused(String json) {
    assertThrows(MalformedDataException.class, () -> StoredStatus.parse(json.getBytes(UTF_8)));
  }

  @Test
  void storeOutcomes() {
    assertEquals(
        success(201, "\"metadata successfully stored\""), text(StoreOutcome.STORED.metadataJson()));
    assertEquals(
        success(202, "\"sliver buffered pending registration\""),
        text(StoreOutcome.BUFFERED.sliverJson()));
    assertEquals(Optional.of(StoreOutcome.ALREADY_STORED), StoreOutcome.of(200));
    assertEquals(Optional.empty(), StoreOutcome.of(204));
  }

  record StatusCase(BlobStatus status, String data) {}

  static List<StatusCase> statuses() {
    return List.of(
        new StatusCase(new BlobStatus.Nonexistent(), "\"nonexistent\""),
        new StatusCase(
            new BlobStatus.Invalid(EVENT), "{\"invalid\":{\"event\":" + EVENT_JSON + "}}"),
        new StatusCase(
            new BlobStatus.Permanent(
                42, true, EVENT, new DeletableCounts(2, 1), OptionalLong.of(40)),
            "{\"permanent\":{\"endEpoch\":42,\"isCertified\":true,\"statusEvent\":"
                + EVENT_JSON
                + ",\"deletableCounts\":{\"count_deletable_total\":2,"
                + "\"count_deletable_certified\":1},\"initialCertifiedEpoch\":40}}"),
        new StatusCase(
            new BlobStatus.Deletable(OptionalLong.empty(), DeletableCounts.NONE),
            "{\"deletable\":{\"deletableCounts\":{\"count_deletable_total\":0,"
                + "\"count_deletable_certified\":0},\"initialCertifiedEpoch\":null}}"));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void blobStatus(StatusCase each) throws MalformedDataException {
    assertEquals(success(200, each.data()), text(each.status().toJson()));
    assertEquals(each.status(), BlobStatus.parse(each.status().toJson()));
  }

  @Test
  void blobsAreCertifiedFromAnEpochOn() {
    assertEquals(
        List.of(
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(40), OptionalLong.empty()),
        statuses().stream().map(each -> each.status().certifiedEpoch()).toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Nonexistent\"",
        "null",
        "7",
        "{}",
        "{\"invalid\":{}}",
        "{\"invalid\":{\"event\":{\"txDigest\":\"0\",\"eventSeq\":\"1\"}}}",
        "{\"invalid\":{\"event\":{\"txDigest\":\"6U8VmUcMpRfyQyYTgDtKkJZcoRZvmpSPdmGWMYRSUrRw\","
            + "\"eventSeq\":\"-1\"}}}",
        "{\"deletable\":{\"deletableCounts\":{\"count_deletable_total\":4294967296,"
            + "\"count_deletable_certified\":0}}}",
        "{\"permanent\":{\"endEpoch\":42,\"isCertified\":1}}",
      })
  void otherBlobStatusesAreRefused(String data) {
    byte[] json = success(200, data).getBytes(UTF_8);
    assertThrows(MalformedDataException.class, () -> BlobStatus.parse(json));
  }

  @Test
  void valuesAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> new EventId("1", 0));
    assertThrows(IllegalArgumentException.class, () -> new EventId(DIGEST, -1));
    assertThrows(IllegalArgumentException.class, () -> new DeletableCounts(-1, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new BlobStatus.Deletable(OptionalLong.of(-1), DeletableCounts.NONE));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new BlobStatus.Permanent(
                1, true, EVENT, DeletableCounts.NONE, OptionalLong.of(1L << 32)));
  }

  /** The example in the official source. */
  @Test
  void errors() throws MalformedDataException {
    String json =
        "{\"error\":{\"code\":400,\"status\":\"FAILED_PRECONDITION\","
            + "\"message\":\"shard 0 is not assigned to this node in epoch 17\","
            + "\"details\":[{\"@type\":\"ErrorInfo\",\"reason\":\"SHARD_NOT_ASSIGNED\","
            + "\"domain\":\"storage.walrus.space\",\"metadata\":{\"epoch\":17,\"shard\":0}}]}}";
    NodeError error = NodeError.parse(json.getBytes(UTF_8));
    assertEquals(
        new NodeError(
            ErrorCode.FAILED_PRECONDITION,
            "SHARD_NOT_ASSIGNED",
            NodeError.STORAGE_DOMAIN,
            "shard 0 is not assigned to this node in epoch 17",
            Map.of("shard", 0L, "epoch", 17L)),
        error);
    assertTrue(error.is(ErrorReason.SHARD_NOT_ASSIGNED));
    assertFalse(error.is(ErrorReason.INVALID_EPOCH));
    assertEquals(json, text(error.toJson()));
    assertTrue(error.toString().contains("SHARD_NOT_ASSIGNED"), error.toString());
  }

  @Test
  void errorsMayLackTheirReasonAndHaveMore() throws MalformedDataException {
    String bare =
        "{\"error\":{\"code\":503,\"status\":\"UNAVAILABLE\",\"message\":\"busy\",\"details\":["
            + "{\"@type\":\"DebugInfo\",\"stackEntries\":[],\"detail\":\"x\"}],\"more\":1}}";
    String info = "{\"@type\":\"ErrorInfo\",\"reason\":\"%s\",\"domain\":\"B\"}";
    String two = "," + info.formatted("A") + "," + info.formatted("C") + "],\"more";
    String full = bare.replace("],\"more", two);
    assertEquals("A", NodeError.parse(full.getBytes(UTF_8)).reason());
    NodeError error = NodeError.parse(bare.getBytes(UTF_8));
    assertEquals("", error.reason());
    assertTrue(error.toString().contains("no reason"), error.toString());
    NodeError unavailable = NodeError.of(ErrorCode.UNAVAILABLE, ErrorReason.UNAVAILABLE, "busy");
    assertEquals(NodeError.GLOBAL_DOMAIN, unavailable.domain());
    assertEquals(
        NodeError.GLOBAL_DOMAIN,
        NodeError.of(ErrorCode.INTERNAL, ErrorReason.INTERNAL_ERROR, "oh").domain());
    assertEquals(unavailable, NodeError.parse(unavailable.toJson()));
    String without =
        text(unavailable.toJson())
            .replace(",\"metadata\":{}", ",\"metadata\":{\"a\":\"b\",\"c\":1.5}");
    assertEquals(unavailable, NodeError.parse(without.getBytes(UTF_8)));
  }

  @Test
  void errorsWhoseCodeIsAnothersAreRefused() {
    refused(
        "status of 404",
        () ->
            NodeError.parse(
                "{\"error\":{\"code\":404,\"status\":\"INTERNAL\",\"message\":\"\",\"details\":[]}}"
                    .getBytes(UTF_8)));
    refused("missing", () -> NodeError.parse("{\"error\":{}}".getBytes(UTF_8)));
  }

  @Test
  void signedMessages() throws RedStuffException {
    BlobId blobId = BlobId.of(new byte[BlobId.BYTES]);
    SignatureBytes signature = SignatureBytes.of(new byte[SignatureBytes.BYTES]);
    SignedMessage<BlobConfirmation> confirmation =
        new SignedMessage<>(new BlobConfirmation(5, blobId, BlobPersistence.PERMANENT), signature);
    String zeros = "A".repeat(128);
    // 01 00 03, epoch 5, 32 zeros, 0 for permanent: 40 bytes
    assertEquals(
        success(
            200,
            "{\"signed\":{\"serializedMessage\":\"AQADBQAA"
                + "A".repeat(46)
                + "==\",\"signature\":\""
                + zeros
                + "\"}}"),
        text(SignedAnswers.toJson(confirmation)));
    assertEquals(confirmation, SignedAnswers.parseConfirmation(SignedAnswers.toJson(confirmation)));
    SignedMessage<InvalidBlobId> invalid =
        new SignedMessage<>(new InvalidBlobId(5, blobId), signature);
    byte[] json = SignedAnswers.invalidToJson(invalid);
    assertEquals(
        success(
            200,
            "{\"serializedMessage\":\"AgADBQAA"
                + "A".repeat(44)
                + "\",\"signature\":\""
                + zeros
                + "\"}"),
        text(json));
    assertEquals(invalid, SignedAnswers.parseInvalid(json));
    refused("missing", () -> SignedAnswers.parseConfirmation(json));
    String shorter = text(json).replace(zeros, "A".repeat(127) + "=");
    refused("95 bytes", () -> SignedAnswers.parseInvalid(shorter.getBytes(UTF_8)));
  }

  private static NodeHealth health(OptionalLong highest, Optional<ShardDetail> detail) {
    return new NodeHealth(
        Duration.ofMillis(61_500),
        7,
        PublicKeyBytes.of(new byte[PublicKeyBytes.BYTES]),
        "Active",
        new EventProgress(10, 2, highest),
        new ShardSummary(5, 0, 3, 1, 1, 2),
        detail);
  }

  @Test
  void nodeHealth() throws MalformedDataException {
    NodeHealth bare = health(OptionalLong.of(9), Optional.empty());
    assertEquals(
        success(
            200,
            "{\"uptime\":{\"secs\":61,\"nanos\":500000000},\"epoch\":7,\"publicKey\":\""
                + "A".repeat(64)
                + "\",\"nodeStatus\":\"Active\",\"eventProgress\":{\"persisted\":10,\"pending\":2,"
                + "\"highestFinishedEventIndex\":9},\"shardSummary\":{\"owned\":5,"
                + "\"ownedShardStatus\":{\"unknown\":0,\"ready\":3,\"inTransfer\":1,"
                + "\"inRecovery\":1},\"readOnly\":2}}"),
        text(bare.toJson()));
    assertEquals(bare, NodeHealth.parse(bare.toJson()));
    NodeHealth full =
        health(
            OptionalLong.empty(),
            Optional.of(
                new ShardDetail(
                    List.of(
                        new ShardHealth(ShardIndex.of(4), ShardStatus.READY),
                        new ShardHealth(ShardIndex.of(6), ShardStatus.IN_TRANSFER)),
                    List.of(new ShardHealth(ShardIndex.of(9), ShardStatus.READ_ONLY)))));
    assertEquals(full, NodeHealth.parse(full.toJson()));
    refused(
        "shard status",
        () ->
            NodeHealth.parse(
                text(full.toJson()).replace("readOnly\"}", "gone\"}").getBytes(UTF_8)));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new NodeHealth(
                Duration.ofSeconds(-1),
                7,
                bare.publicKey(),
                "",
                bare.events(),
                bare.shards(),
                Optional.empty()));
  }
}
