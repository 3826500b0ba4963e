package io.redstuff.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.testing.FakeNetwork;
import io.redstuff.client.testing.FakeNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blobs and parts of them are read as from the network's own aggregator. */
class ReadingTest extends DaemonTestBase {
  private static final byte[] BLOB = bytes(70_000);
  private static final String UNKNOWN = "A".repeat(43);

  private String id;
  private String path;

  @BeforeEach
  void store() throws Exception {
    id = stored(BLOB);
    path = "/v1/blobs/" + id;
  }

  @Test
  void answersWithHeadersForCachesAndBrowsers() throws Exception {
    HttpResponse<byte[]> answer = get(path);
    assertEquals(200, answer.statusCode());
    assertArrayEquals(BLOB, answer.body());
    assertEquals(id, header(answer, "etag"));
    assertEquals(
        "public, max-age=86400, stale-while-revalidate=3600", header(answer, "cache-control"));
    assertEquals("nosniff", header(answer, "x-content-type-options"));
    assertEquals("sandbox", header(answer, "content-security-policy"));
    assertEquals("application/octet-stream", header(answer, "content-type"));
    assertEquals("70000", header(answer, "content-length"));
    assertNull(header(answer, "access-control-allow-origin"));
    assertNull(header(answer, "server"));
  }

  @Test
  void contentTypeIsWhatWasAskedFor() throws Exception {
    assertEquals("image/png", header(get(path, "Accept", "image/png"), "content-type"));
    assertEquals(
        "application/octet-stream",
        header(get(path, "Accept", "text/html, */*;q=0.8"), "content-type"));
    assertEquals(
        "text/css", header(get(path, "Accept", "*/*", "Content-Type", "text/css"), "content-type"));
  }

  @Test
  void headHasTheSameHeadersAndNoBody() throws Exception {
    HttpResponse<byte[]> answer = send(request(path).method("HEAD", BodyPublishers.noBody()));
    assertEquals(200, answer.statusCode());
    assertEquals("70000", header(answer, "content-length"));
    assertEquals(id, header(answer, "etag"));
    assertEquals(0, answer.body().length);
    HttpResponse<byte[]> none =
        send(request("/v1/blobs/" + UNKNOWN).method("HEAD", BodyPublishers.noBody()));
    assertEquals(404, none.statusCode());
    HttpResponse<byte[]> range =
        send(request(path, "Range", "bytes=1-5").method("HEAD", BodyPublishers.noBody()));
    assertEquals(206, range.statusCode());
    assertEquals("5", header(range, "content-length"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "\"%s\"", "W/\"%s\"", "\"x\", %s", "*"})
  void tellsThatNothingHasChanged(String known) throws Exception {
    HttpResponse<byte[]> answer = get(path, "If-None-Match", known.formatted(id));
    assertEquals(304, answer.statusCode());
    assertEquals(0, answer.body().length);
    assertEquals(id, header(answer, "etag"));
    assertEquals(200, get(path, "If-None-Match", "\"" + UNKNOWN + "\"").statusCode());
    HttpResponse<byte[]> gone = get("/v1/blobs/" + UNKNOWN, "If-None-Match", UNKNOWN);
    assertEquals(404, gone.statusCode(), "what is gone has changed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"strict_consistency_check", "skip_consistency_check"})
  void checksAsMuchAsIsWanted(String check) throws Exception {
    assertArrayEquals(BLOB, get(path + "?" + check + "=true").body());
    assertArrayEquals(BLOB, get(path + "?" + check + "=false").body());
    assertError(400, "INVALID_ARGUMENT", "MALFORMED_REQUEST", get(path + "?" + check + "=maybe"));
  }

  @Test
  void bothChecksAreAnError() throws Exception {
    assertError(
        400,
        "INVALID_ARGUMENT",
        "INVALID_CONSISTENCY_CHECK",
        get(path + "?strict_consistency_check=true&skip_consistency_check=true"));
    assertError(400, "INVALID_ARGUMENT", "MALFORMED_REQUEST", get(path + "?other=true"));
  }

  @Test
  void rangesAreParts() throws Exception {
    HttpResponse<byte[]> answer = get(path, "Range", "bytes=100-199");
    assertEquals(206, answer.statusCode());
    assertEquals("bytes 100-199/70000", header(answer, "content-range"));
    assertEquals("100", header(answer, "content-length"));
    assertEquals(id, header(answer, "etag"));
    assertArrayEquals(Arrays.copyOfRange(BLOB, 100, 200), answer.body());
    HttpResponse<byte[]> all = get(path, "Range", " bytes=0-69999 ");
    assertArrayEquals(BLOB, all.body());
  }

  @Test
  void rangeFetchesWhatItNeeds() throws Exception {
    network.nodes().forEach(node -> node.asked.clear());
    get(path, "Range", "bytes=100-199");
    long slivers =
        network.nodes().stream()
            .flatMap(node -> node.asked.stream())
            .filter(asked -> asked.contains("/slivers/"))
            .count();
    assertEquals(1, slivers);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=0-70000",
        "bytes=70000-70001",
        "bytes=5-4",
        "bytes=5-",
        "bytes=-5",
        "bytes=-",
        "bytes=0-1,3-4",
        "bytes=0-99999999999999999999",
        "bytes=0-9223372036854775807",
        "bytes=a-b",
        "lines=0-1",
        "0-1",
        "x"
      })
  void otherRangesAreNotSatisfiable(String range) throws Exception {
    assertError(416, "RANGE_NOT_SATISFIABLE", "INVALID_BYTE_RANGE", get(path, "Range", range));
  }

  @Test
  void queryAsksForRangesThatCachesKeep() throws Exception {
    HttpResponse<byte[]> answer = get(path + "/byte-range?start=100&length=40000");
    assertEquals(200, answer.statusCode());
    assertArrayEquals(Arrays.copyOfRange(BLOB, 100, 40_100), answer.body());
    assertEquals(id + "-100-40000", header(answer, "etag"));
    assertEquals(
        304, get(path + "/byte-range?start=1&length=2", "If-None-Match", id + "-1-2").statusCode());
    assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "start=0&length=70001, INVALID_BYTE_RANGE",
    "start=70000&length=1, INVALID_BYTE_RANGE",
    "start=0&length=0, INVALID_BYTE_RANGE",
    "start=9223372036854775807&length=1, INVALID_BYTE_RANGE",
    "start=9223372036854775808&length=1, MALFORMED_REQUEST",
    "start=-1&length=1, MALFORMED_REQUEST",
    "start=0, MALFORMED_REQUEST",
    "length=1, MALFORMED_REQUEST",
    "start=0&length=1&more=1, MALFORMED_REQUEST",
    "start=0&start=0&length=1, MALFORMED_REQUEST"
  })
  void otherQueriesAreWrong(String query, String reason) throws Exception {
    assertError(400, "INVALID_ARGUMENT", reason, get(path + "/byte-range?" + query));
  }

  @Test
  void objectLeadsToItsBlob() throws Exception {
    String object =
        json(put("/v1/blobs?force=true", BLOB)).at("/newlyCreated/blobObject/id").stringValue();
    HttpResponse<byte[]> answer = get("/v1/blobs/by-object-id/" + object);
    assertArrayEquals(BLOB, answer.body());
    assertEquals(id, header(answer, "etag"));
    assertEquals(206, get("/v1/blobs/by-object-id/" + object, "Range", "bytes=0-0").statusCode());
    assertError(
        404, "NOT_FOUND", "BLOB_NOT_FOUND", get("/v1/blobs/by-object-id/0x" + "0".repeat(64)));
    assertError(400, "INVALID_ARGUMENT", "MALFORMED_REQUEST", get("/v1/blobs/by-object-id/0xyz"));
  }

  @Test
  void blobThatNobodyHasIsNotFound() throws Exception {
    assertError(404, "NOT_FOUND", "BLOB_NOT_FOUND", get("/v1/blobs/" + UNKNOWN));
    assertError(
        404,
        "NOT_FOUND",
        "BLOB_NOT_FOUND",
        get("/v1/blobs/" + UNKNOWN + "/byte-range?start=0&length=1"));
    network.set(BlobId.parse(id), new BlobStatus.Invalid(FakeNetwork.EVENT));
    assertError(404, "NOT_FOUND", "BLOB_NOT_FOUND", get(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "%41", "AAA%2FAAA"})
  void whatIsNoIdIsMalformed(String other) throws Exception {
    assertError(400, "INVALID_ARGUMENT", "MALFORMED_REQUEST", get("/v1/blobs/" + other));
  }

  @Test
  void blobThatIsDeniedIsForbidden() throws Exception {
    network.denied.add(BlobId.parse(id));
    assertError(451, "UNAVAILABLE_FOR_LEGAL_REASONS", "FORBIDDEN_BLOB", get(path));
  }

  @Test
  void blobOfTooFewNodesIsUnavailable() throws Exception {
    network.tells = true;
    for (FakeNode node : network.nodes().subList(0, 9)) {
      node.fault =
          (match, reply) ->
              match.route() == NodeRoute.GET_SLIVER
                  ? FakeNode.error(ErrorCode.NOT_FOUND, ErrorReason.SLIVER_NOT_FOUND)
                  : reply;
    }
    HttpResponse<byte[]> answer = get(path);
    assertError(503, "UNAVAILABLE", "BLOB_UNAVAILABLE", answer);
    assertFalse(new String(answer.body(), UTF).contains("\tat "));
    assertNothingLeft();
  }

  @Test
  void routesThatAreNoneAreNotFound() throws Exception {
    for (String other :
        new String[] {"/", "/v1", "/v1/blobs/", "/v2/blobs", path + "/", "/status/x"}) {
      assertError(404, "NOT_FOUND", "ROUTE_NOT_FOUND", get(other));
    }
    HttpResponse<byte[]> answer = send(request(path).DELETE());
    assertError(405, "METHOD_NOT_ALLOWED", "METHOD_NOT_ALLOWED", answer);
    assertEquals("GET, HEAD", header(answer, "allow"));
    assertEquals("PUT", header(get("/v1/blobs"), "allow"));
    assertTrue(new String(get("/status").body(), UTF).equals("OK"));
  }
}
