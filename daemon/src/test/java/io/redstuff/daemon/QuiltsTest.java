package io.redstuff.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.redstuff.ObjectId;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.testing.FakeNode;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Files are stored as a quilt, which is a form, and read one by one. */
class QuiltsTest extends DaemonTestBase {
  private static final String BOUNDARY = "------------------------d74496d66958873e";
  private static final String FORM = "multipart/form-data; boundary=" + BOUNDARY;

  @Override
  DaemonConfig config() {
    return super.config().withHeaders(Set.of("X-Kind", "content-type", "etag"), false);
  }

  /** A form, as a client makes it. */
  private static final class Form {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Form file(String name, byte[] contents) {
      String head =
          "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"f\"\r\nContent-Type: application/octet-stream\r\n\r\n"
              .formatted(BOUNDARY, name.replace("\\", "\\\\").replace("\"", "\\\""));
      bytes.writeBytes(head.getBytes(UTF));
      bytes.writeBytes(contents);
      bytes.writeBytes("\r\n".getBytes(UTF));
      return this;
    }

    Form metadata(String json) {
      return file("_metadata", json.getBytes(UTF));
    }

    byte[] end() {
      bytes.writeBytes("--%s--\r\n".formatted(BOUNDARY).getBytes(UTF));
      return bytes.toByteArray();
    }
  }

  private HttpResponse<byte[]> put(Form form) throws Exception {
    return put("/v1/quilts?epochs=2", form.end(), "Content-Type", FORM);
  }

  private JsonNode stored(Form form) throws Exception {
    HttpResponse<byte[]> answer = put(form);
    assertEquals(200, answer.statusCode(), () -> new String(answer.body(), UTF));
    return json(answer);
  }

  private static String id(JsonNode quilt) {
    return quilt.at("/blobStoreResult/newlyCreated/blobObject/blobId").stringValue();
  }

  private static String escaped(String name) {
    return URLEncoder.encode(name, UTF).replace("+", "%20");
  }

  private HttpResponse<byte[]> file(String quilt, String name) throws Exception {
    return get("/v1/blobs/by-quilt-id/%s/%s".formatted(quilt, escaped(name)));
  }

  static Stream<String> names() {
    return Stream.of(
        "a",
        "a b/c d",
        "_underscore",
        "-._~",
        "%41%2f",
        "\"quoted\" \\ back",
        "ä é ☃ \ud83d\ude00",
        "a+b&c=d?e#f",
        "../../etc/passwd",
        "..",
        ".;x",
        "x".repeat(3000));
  }

  @ParameterizedTest
  @MethodSource("names")
  void anyNameIsFound(String name) throws Exception {
    byte[] contents = bytes(700);
    String quilt = id(stored(new Form().file(name, contents)));
    HttpResponse<byte[]> answer = file(quilt, name);
    assertEquals(200, answer.statusCode(), () -> new String(answer.body(), UTF));
    assertArrayEquals(contents, answer.body());
    boolean isVisible = name.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    assertEquals(isVisible ? name : null, header(answer, "x-quilt-patch-identifier"));
  }

  @Test
  void contentsAreWhatTheyWere() throws Exception {
    byte[] one = bytes(40_000);
    byte[] two = ("\r\n--" + BOUNDARY.substring(3) + "\r\n--\r\n--").getBytes(UTF);
    JsonNode quilt = stored(new Form().file("two", two).file("none", new byte[0]).file("one", one));
    JsonNode files = quilt.get("storedQuiltBlobs");
    List<String> names =
        files.valueStream().map(file -> file.get("identifier").stringValue()).toList();
    assertEquals(List.of("none", "one", "two"), names, "by name");
    assertEquals(files.get(0).at("/range/1"), files.get(1).at("/range/0"));
    for (int i = 0; i < 3; i++) {
      byte[] expected = List.of(new byte[0], one, two).get(i);
      String patch = files.get(i).get("quiltPatchId").stringValue();
      HttpResponse<byte[]> byId = get("/v1/blobs/by-quilt-patch-id/" + patch);
      assertArrayEquals(expected, byId.body());
      assertEquals(names.get(i), header(byId, "x-quilt-patch-identifier"));
      assertEquals(id(quilt), header(byId, "etag"), "the quilt's, as the network's own has it");
      assertArrayEquals(expected, file(id(quilt), names.get(i)).body());
      assertEquals(
          304,
          get("/v1/blobs/by-quilt-patch-id/" + patch, "If-None-Match", id(quilt)).statusCode());
    }
    assertNothingLeft();
  }

  @Test
  void listTellsNamesAndTags() throws Exception {
    JsonNode stored =
        stored(
            new Form()
                .metadata(
                    "[{\"identifier\":\"b\",\"tags\":{\"x-kind\":\"best\",\"n\":1.50,\"o\":{\"a\":[null]}}},{\"identifier\":\"a\"}]")
                .file("a", bytes(10))
                .file("b", bytes(20)));
    HttpResponse<byte[]> answer = get("/v1/quilts/" + id(stored) + "/patches");
    JsonNode list = json(answer);
    assertEquals(2, list.size());
    assertEquals("a", list.get(0).get("identifier").stringValue());
    assertEquals(0, list.get(0).get("tags").size());
    assertEquals("best", list.at("/1/tags/x-kind").stringValue());
    assertEquals("{\"a\":[null]}", list.at("/1/tags/o").stringValue());
    assertEquals(stored.at("/storedQuiltBlobs/1/quiltPatchId"), list.at("/1/patch_id"));
    HttpResponse<byte[]> file = file(id(stored), "b");
    assertEquals("best", header(file, "x-kind"));
    assertNull(header(file, "n"), "not allowed");
  }

  @Test
  void tagsReplaceNoHeaderAndMakeNone() throws Exception {
    String quilt =
        id(
            stored(
                new Form()
                    .metadata(
                        "[{\"identifier\":\"a\",\"tags\":{\"content-type\":\"text/html\",\"etag\":\"x\",\"X-Kind\":\"a\\r"
                            + "\\n"
                            + "Set-Cookie: b\"}}]")
                    .file("a", bytes(10))));
    HttpResponse<byte[]> file = file(quilt, "a");
    assertEquals("application/octet-stream", header(file, "content-type"));
    assertEquals(quilt, header(file, "etag"));
    assertNull(header(file, "set-cookie"));
    assertNull(header(file, "x-kind"));
  }

  @Test
  void objectSaysThatItIsAQuilt() throws Exception {
    JsonNode stored = stored(new Form().file("a", bytes(10)));
    String object = stored.at("/blobStoreResult/newlyCreated/blobObject/id").stringValue();
    assertEquals(
        "quilt",
        chain
            .blob(ObjectId.parse(object))
            .orElseThrow()
            .attributes()
            .values()
            .get("_walrusBlobType"));
  }

  @Test
  void fileThatIsNotThereIsNotFound() throws Exception {
    JsonNode stored = stored(new Form().file("a", bytes(10)));
    assertError(404, "NOT_FOUND", "QUILT_PATCH_NOT_FOUND", file(id(stored), "b"));
    String patch = stored.at("/storedQuiltBlobs/0/quiltPatchId").stringValue();
    String other = patch.substring(0, 43) + "BBQAGAA";
    assertError(
        404, "NOT_FOUND", "QUILT_PATCH_NOT_FOUND", get("/v1/blobs/by-quilt-patch-id/" + other));
    for (String wrong : new String[] {"x", patch.substring(1), patch + "A"}) {
      assertError(
          400,
          "INVALID_ARGUMENT",
          "MALFORMED_REQUEST",
          get("/v1/blobs/by-quilt-patch-id/" + wrong));
    }
  }

  @Test
  void blobThatIsNoQuiltHasNoFiles() throws Exception {
    for (int length : new int[] {0, 100, 5000}) {
      String blob = stored(bytes(length));
      assertError(404, "NOT_FOUND", "QUILT_PATCH_NOT_FOUND", file(blob, "a"));
      assertError(
          404, "NOT_FOUND", "QUILT_PATCH_NOT_FOUND", get("/v1/quilts/" + blob + "/patches"));
    }
    String none = "A".repeat(43);
    assertError(404, "NOT_FOUND", "BLOB_NOT_FOUND", file(none, "a"));
    assertError(404, "NOT_FOUND", "BLOB_NOT_FOUND", get("/v1/quilts/" + none + "/patches"));
  }

  private void assertMalformed(byte[] body, String type) throws Exception {
    assertError(
        400,
        "INVALID_ARGUMENT",
        "MALFORMED_REQUEST",
        put("/v1/quilts", body, "Content-Type", type));
    assertEquals(0, chain.registered.get());
    assertNothingLeft();
  }

  @Test
  void formsThatMakeNoQuiltAreRefused() throws Exception {
    byte[] good = new Form().file("a", bytes(10)).end();
    assertMalformed(good, "text/plain");
    assertMalformed(good, "multipart/form-data");
    assertMalformed(good, "multipart/form-data; boundary=");
    assertMalformed(good, "multipart/mixed; boundary=" + BOUNDARY);
    assertMalformed(good, "multipart/form-data; boundary=other");
    assertMalformed(good, "multipart/form-data; name=\"unterminated");
    String unterminated =
        "--%s\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--%s--\r\n"
            .formatted(BOUNDARY, BOUNDARY);
    assertMalformed(unterminated.getBytes(UTF_8), FORM);
    assertMalformed(bytes(100), FORM);
    assertMalformed(new byte[0], FORM);
    assertMalformed(Arrays.copyOf(good, good.length - 6), FORM);
    assertMalformed(new Form().end(), FORM);
    assertMalformed(new Form().metadata("[]").end(), FORM);
    assertMalformed(new Form().file("", bytes(1)).end(), FORM);
    assertMalformed(new Form().file("blank ", bytes(1)).end(), FORM);
    assertMalformed(new Form().file("a", bytes(1)).file("a", bytes(2)).end(), FORM);
    Form many = new Form();
    for (int i = 0; i < 8; i++) {
      many.file("file-" + i, bytes(1));
    }
    assertMalformed(many.end(), FORM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{}",
        "[1]",
        "[{}]",
        "[{\"identifier\":1}]",
        "[{\"identifier\":\"a\",\"tags\":[]}]",
        "[{\"identifier\":\"a\"},{\"identifier\":\"a\"}]",
        "[{\"identifier\":\"a\",\"tags\":{\"k\":\"\\ud800\"}}]",
        "[{\"identifier\":\"a\"}"
      })
  void metadataThatIsNoneIsRefused(String json) throws Exception {
    assertMalformed(new Form().metadata(json).file("a", bytes(10)).end(), FORM);
  }

  @Test
  void identifiersTwiceInTwoFieldsAreRefused() throws Exception {
    String json = "[{\"identifier\":\"a\"}]";
    assertMalformed(new Form().metadata(json).metadata(json).file("a", bytes(10)).end(), FORM);
  }

  /** Has nodes answer with an error when they are asked for slivers. */
  private void refuseSlivers(int nodes, ErrorCode code, ErrorReason reason) {
    for (FakeNode node : network.nodes().subList(0, nodes)) {
      node.fault =
          (match, reply) ->
              match.route() == NodeRoute.GET_SLIVER ? FakeNode.error(code, reason) : reply;
    }
  }

  private void assertUnreadable(int status, String kind, String reason, JsonNode stored)
      throws Exception {
    String patch = stored.at("/storedQuiltBlobs/1/quiltPatchId").stringValue();
    for (String path :
        List.of(
            "/v1/blobs/by-quilt-id/%s/b".formatted(id(stored)),
            "/v1/blobs/by-quilt-patch-id/" + patch,
            "/v1/quilts/%s/patches".formatted(id(stored)))) {
      assertError(status, kind, reason, get(path));
    }
    assertNothingLeft();
  }

  @Test
  void quiltOfTooFewNodesIsUnavailable() throws Exception {
    JsonNode stored = stored(new Form().file("a", bytes(10)).file("b", bytes(5000)));
    refuseSlivers(9, ErrorCode.NOT_FOUND, ErrorReason.SLIVER_NOT_FOUND);
    assertUnreadable(503, "UNAVAILABLE", "BLOB_UNAVAILABLE", stored);
    refuseSlivers(9, ErrorCode.UNAVAILABLE, ErrorReason.UNAVAILABLE);
    assertUnreadable(503, "UNAVAILABLE", "BLOB_UNAVAILABLE", stored);
  }

  @Test
  void quiltThatNodesDoNotGiveOutIsBlocked() throws Exception {
    JsonNode stored = stored(new Form().file("a", bytes(10)).file("b", bytes(5000)));
    refuseSlivers(10, ErrorCode.UNAVAILABLE_FOR_LEGAL_REASONS, ErrorReason.FORBIDDEN_BLOB);
    assertUnreadable(451, "UNAVAILABLE_FOR_LEGAL_REASONS", "FORBIDDEN_BLOB", stored);
  }
}
