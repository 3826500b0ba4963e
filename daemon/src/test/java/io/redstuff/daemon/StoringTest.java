package io.redstuff.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.client.testing.FakeNode;
import io.redstuff.daemon.testing.FakeChain;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Blobs are stored as the network's own publisher does. */
class StoringTest extends DaemonTestBase {
  private static final byte[] BLOB = bytes(5000);

  private JsonNode put(String query) throws Exception {
    HttpResponse<byte[]> answer = put("/v1/blobs" + query, BLOB);
    assertEquals(200, answer.statusCode(), () -> new String(answer.body(), UTF));
    assertEquals("application/json", header(answer, "content-type"));
    return json(answer);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5000, 32 << 10, 100_000, 1 << 20})
  void storesAndReadsBack(int length) throws Exception {
    byte[] blob = bytes(length);
    String id = stored(blob);
    assertArrayEquals(blob, get("/v1/blobs/" + id).body());
    assertNothingLeft();
  }

  @Test
  void tellsWhatWasMadeAndWhatItCost() throws Exception {
    JsonNode created = put("?epochs=3").get("newlyCreated");
    JsonNode blob = created.get("blobObject");
    assertEquals(EPOCH, blob.get("registeredEpoch").longValue());
    assertEquals(EPOCH, blob.get("certifiedEpoch").longValue());
    assertEquals(5000, blob.get("size").longValue());
    assertEquals("RS2", blob.get("encodingType").stringValue());
    assertTrue(blob.get("deletable").booleanValue());
    assertEquals(EPOCH + 3, blob.at("/storage/endEpoch").longValue());
    assertEquals(EPOCH, blob.at("/storage/startEpoch").longValue());
    long encoded = network.codec().parameters().encodedLength(5000);
    assertEquals(encoded, blob.at("/storage/storageSize").longValue());
    JsonNode operation = created.at("/resourceOperation/registerFromScratch");
    assertEquals(encoded, operation.get("encodedLength").longValue());
    assertEquals(3, operation.get("epochsAhead").intValue());
    long cost = FakeChain.PRICES.quote(network.codec().parameters(), 5000, 3).total().value();
    assertEquals(cost, created.get("cost").longValue());
    assertNull(created.get("sharedBlobObject"));
  }

  @Test
  void keepsToOneEpochThatMayBeDeletedUnlessToldOtherwise() throws Exception {
    JsonNode blob = put("").at("/newlyCreated/blobObject");
    assertEquals(EPOCH + 1, blob.at("/storage/endEpoch").longValue());
    assertTrue(blob.get("deletable").booleanValue());
    assertFalse(put("?permanent=true").at("/newlyCreated/blobObject/deletable").booleanValue());
  }

  @Test
  void permanentBlobThatIsCertifiedIsNotStoredAgain() throws Exception {
    put("?permanent=true&epochs=3");
    JsonNode again = put("?permanent=true&epochs=2").get("alreadyCertified");
    assertEquals(EPOCH + 3, again.get("endEpoch").longValue());
    assertEquals("1".repeat(32), again.at("/event/txDigest").stringValue());
    assertEquals("0", again.at("/event/eventSeq").stringValue());
    assertTrue(put("?permanent=true&epochs=2&force=true").has("newlyCreated"));
    assertTrue(put("?permanent=true&epochs=4").has("newlyCreated"), "that was too short");
    assertEquals(3, chain.registered.get());
  }

  @Test
  void deletableBlobIsFoundIfResourcesAreReused() throws Exception {
    JsonNode first = put("?epochs=3").at("/newlyCreated/blobObject");
    assertTrue(put("?epochs=3").has("newlyCreated"));
    JsonNode again = put("?epochs=3&reuse_resources=true").get("alreadyCertified");
    assertEquals(first.get("id").stringValue(), again.get("object").stringValue());
    assertEquals(first.get("blobId").stringValue(), again.get("blobId").stringValue());
    JsonNode longer = put("?epochs=4&reuse_resources=true").get("newlyCreated");
    assertTrue(longer.get("resourceOperation").has("reuseStorage"));
  }

  @Test
  void givesTheObjectAway() throws Exception {
    JsonNode blob = put("?send_object_to=" + ADDRESS).at("/newlyCreated/blobObject");
    ObjectId id = ObjectId.parse(blob.get("id").stringValue());
    assertEquals(SuiAddress.parse(ADDRESS), chain.sent.get(id));
  }

  @Test
  void sharesWhereTheChainCan() throws Exception {
    HttpResponse<byte[]> refused = put("/v1/blobs?share=true", BLOB);
    assertError(400, "FAILED_PRECONDITION", "SHARING_NOT_SUPPORTED", refused);
    assertEquals(0, chain.registered.get());
    chain.sharing = true;
    JsonNode created = put("?share=true").get("newlyCreated");
    assertEquals(
        created.at("/blobObject/id").stringValue(), created.get("sharedBlobObject").stringValue());
    assertEquals(1, chain.shared.size());
  }

  @Test
  void blobThatWasMarkedInvalidIsAnError() throws Exception {
    String id = put("").at("/newlyCreated/blobObject/blobId").stringValue();
    chain.invalid.add(BlobId.parse(id));
    assertError(500, "INTERNAL", "MARKED_INVALID", put("/v1/blobs", BLOB));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "epochs=0",
        "epochs=-1",
        "epochs=x",
        "epochs=",
        "epochs=99999999999999999999",
        "epochs=2147483648",
        "epochs=1&epochs=2",
        "force",
        "force=yes",
        "permanent=1",
        "deletable=TRUE",
        "encoding_type=RedStuff",
        "quilt_version=v2",
        "unknown=1",
        "%zz=1",
        "send_object_to=0xg",
        "send_object_to=",
        "share=true&send_object_to=" + ADDRESS,
        "share=false&send_object_to=" + ADDRESS,
        "share=x"
      })
  void refusesWhatItDoesNotUnderstand(String query) throws Exception {
    // Java's own client would not send all of them.
    try (var connection = connect()) {
      var reply =
          connection
              .send(
                  "PUT /v1/blobs?%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\nx"
                      .formatted(query))
              .reply(false);
      assertError(400, "INVALID_ARGUMENT", "MALFORMED_REQUEST", reply.status(), reply.body());
    }
    assertEquals(0, chain.registered.get());
  }

  @Test
  void deletableAndPermanentExcludeEachOther() throws Exception {
    assertError(
        400,
        "INVALID_ARGUMENT",
        "INVALID_BLOB_PERSISTENCE",
        put("/v1/blobs?deletable=true&permanent=true", BLOB));
  }

  @Test
  void takesAllThatIsHarmless() throws Exception {
    assertTrue(
        put("?encoding_type=RS2&quilt_version=1&deletable=true&force=false&share=false")
            .has("newlyCreated"));
  }

  @Test
  void tellsWhyTheChainRefuses() throws Exception {
    HttpResponse<byte[]> answer = put("/v1/blobs?epochs=54", BLOB);
    assertError(400, "FAILED_PRECONDITION", "CHAIN_REFUSED", answer);
    assertTrue(new String(answer.body(), UTF).contains("got 54, expected at most 53"));
    chain.refusal = new RegistryException("connection refused: 10.0.0.1", new IOException("x"));
    HttpResponse<byte[]> silent = put("/v1/blobs", BLOB);
    assertError(503, "UNAVAILABLE", "CHAIN_UNAVAILABLE", silent);
    assertFalse(new String(silent.body(), UTF).contains("10.0.0.1"));
    assertNothingLeft();
  }

  @Test
  void tellsThatTooFewNodesConfirm() throws Exception {
    for (FakeNode node : network.nodes().subList(0, 4)) {
      node.fault = (match, reply) -> FakeNode.error(ErrorCode.INTERNAL, ErrorReason.INTERNAL_ERROR);
    }
    assertError(504, "DEADLINE_EXCEEDED", "INSUFFICIENT_CONFIRMATIONS", put("/v1/blobs", BLOB));
    assertNothingLeft();
  }

  @Test
  void bodyOfUnknownLengthIsStored() throws Exception {
    byte[] blob = bytes(300_000);
    HttpResponse<byte[]> answer =
        send(
            request("/v1/blobs")
                .PUT(
                    BodyPublishers.fromPublisher(
                        BodyPublishers.ofByteArrays(Stream.of(blob).toList()))));
    assertEquals(200, answer.statusCode());
    String id = json(answer).at("/newlyCreated/blobObject/blobId").stringValue();
    assertArrayEquals(blob, get("/v1/blobs/" + id).body());
  }

  @Test
  void bodyThatIsTooLongIsRefused() throws Exception {
    byte[] blob = bytes((1 << 20) + 1);
    assertError(413, "CONTENT_TOO_LARGE", "BODY_TOO_LARGE", put("/v1/blobs", blob));
    HttpResponse<byte[]> chunked =
        send(
            request("/v1/blobs")
                .PUT(
                    BodyPublishers.fromPublisher(
                        BodyPublishers.ofByteArrays(Stream.of(blob).toList()))));
    assertError(413, "CONTENT_TOO_LARGE", "BODY_TOO_LARGE", chunked);
    assertEquals(0, chain.registered.get());
    assertNothingLeft();
  }
}
