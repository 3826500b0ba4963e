package io.redstuff.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkDescription;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.local.NetworkPlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** One address for a network: what is told there of it, what can be done to it, and by whom. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FrontDoorTest {
  private static final int SHARDS = 10;
  private static final String JSON = "application/json";

  @TempDir private static Path directory;
  private static LocalNetwork network;
  private static FrontDoor door;
  private static DoorClient client;

  @BeforeAll
  static void open() throws Exception {
    network =
        LocalNetwork.open(
            new NetworkHome(directory.resolve("net")),
            NetworkPlan.DEFAULT.ofSize(4, SHARDS),
            LocalNetwork.Mode.ONE_JVM);
    openDoor();
  }

  @AfterAll
  static void close() {
    client.close();
    door.close();
    network.close();
  }

  /** A test that failed leaves no node stopped, for which others would wait. */
  @AfterEach
  void startAll() throws Exception {
    for (NetworkDescription.Node node : network.description().nodes()) {
      network.startNode(node.name());
    }
  }

  private static byte[] bytes(int seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static JsonNode node(String name) throws Exception {
    for (JsonNode node : client.read("/page/v1/network").get("nodes")) {
      if (node.get("name").asString().equals(name)) {
        return node;
      }
    }
    throw new AssertionError(name);
  }

  // --- what is told ---

  @Test
  void aBlobIsStoredListedAndReadAtOneAddress() throws Exception {
    byte[] content = bytes(1, 10_000);
    String id = client.store(content, 3);
    assertArrayEquals(content, client.get("/v1/blobs/" + id).body());
    assertArrayEquals(content, door.client().read(BlobId.parse(id)));
    JsonNode blob =
        client
            .read("/page/v1/blobs?most=500")
            .get("blobs")
            .valueStream()
            .filter(one -> one.get("blobId").asString().equals(id))
            .findFirst()
            .orElseThrow();
    assertEquals(10_000, blob.get("size").asInt());
    assertEquals("available", blob.get("standing").asString());
    assertTrue(blob.get("encodedSize").asLong() > 10_000);
    JsonNode seen = client.read("/page/v1/network");
    assertEquals(seen.get("account"), blob.get("owner"));
    JsonNode kind = client.read("/page/v1/blobs/" + id);
    assertFalse(kind.get("quilt").asBoolean());
    assertEquals(10_000, kind.get("length").asInt());
  }

  @Test
  void theNetworkIsTold() throws Exception {
    JsonNode seen = client.read("/page/v1/network");
    assertEquals(SHARDS, seen.get("shards").asInt());
    assertEquals(4, seen.get("primaries").asInt());
    assertEquals(7, seen.get("secondaries").asInt());
    assertTrue(seen.get("control").asBoolean());
    assertEquals(network.ledger().chainId().toString(), seen.get("chainId").asString());
    assertEquals(4, seen.get("nodes").size());
    int shards = 0;
    for (JsonNode node : seen.get("nodes")) {
      shards += node.get("shards").size();
      assertTrue(node.get("stake").asString().matches("\\d{10,}"), node::toString);
    }
    assertEquals(SHARDS, shards);
    assertFalse(seen.toString().contains("key"), seen::toString);
  }

  @Test
  void aQuiltIsKnown() throws Exception {
    String form =
        """
        --x\r
        Content-Disposition: form-data; name="one"\r
        \r
        1\r
        --x\r
        Content-Disposition: form-data; name="two"\r
        \r
        22\r
        --x--\r
        """;
    HttpResponse<byte[]> stored =
        client.send(
            HttpRequest.newBuilder(door.address().resolve("/v1/quilts?epochs=2"))
                .PUT(HttpRequest.BodyPublishers.ofString(form)),
            "Content-Type",
            "multipart/form-data; boundary=x");
    String id =
        DoorClient.json(200, stored)
            .get("blobStoreResult")
            .get("newlyCreated")
            .get("blobObject")
            .get("blobId")
            .asString();
    for (int times = 0; times < 2; times++) { // the second time it is known
      JsonNode kind = client.read("/page/v1/blobs/" + id);
      assertTrue(kind.get("quilt").asBoolean());
      assertEquals(2, kind.get("files").asInt());
    }
  }

  @Test
  void thePageAndItsFilesHaveHeadersThatLetNothingElseIn() throws Exception {
    HttpResponse<byte[]> page = client.get("/");
    assertEquals(200, page.statusCode());
    String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
    assertTrue(policy.startsWith("default-src 'none'; script-src 'self';"), policy);
    assertFalse(policy.contains("unsafe"), policy);
    assertTrue(policy.contains("frame-ancestors 'none'"), policy);
    assertEquals("nosniff", page.headers().firstValue("X-Content-Type-Options").orElseThrow());
    String html = new String(page.body(), UTF_8);
    assertTrue(html.contains("<html lang=\"en\">"), html);
    HttpResponse<byte[]> script = client.get("/page/page.js");
    assertEquals(
        "text/javascript; charset=utf-8",
        script.headers().firstValue("Content-Type").orElseThrow());
    HttpResponse<byte[]> head =
        client.send(
            HttpRequest.newBuilder(door.address().resolve("/"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertEquals(200, head.statusCode());
    assertEquals(0, head.body().length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/page",
        "/page/",
        "/page/page.html",
        "/index.html",
        "/page/../page/page.js",
        "/page/..%2findex.html",
        "/page/%2e%2e/%2e%2e/etc/passwd",
        "/page/Page.class",
        "/page/v1/",
        "/page/v1/blobs/AAAA",
        "/page/v1/blobs/AAAA/matrix",
        "/favicon.ico"
      })
  void thereAreNoOtherFiles(String path) throws Exception {
    String line = client.raw("GET " + path + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
    assertTrue(line.matches("HTTP/1.1 (400|404) .*"), line);
  }

  @ParameterizedTest
  @CsvSource({
    "/page/v1/blobs?most=501, 400",
    "/page/v1/blobs?most=x, 400",
    "/page/v1/blobs?offset=-1, 400",
    "/page/v1/blobs?offset=99999, 200",
    "/page/v1/blobs/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA, 404",
    "/page/v1/blobs/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/matrix, 200",
    "/page/v1/blobs/_____________________________________________, 404",
    "/page/v1/blobs/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB, 400"
  })
  void questionsThatMakeNoSense(String path, int status) throws Exception {
    DoorClient.json(status, client.get(path));
  }

  // --- what can be done ---

  @Test
  void aNodeThatHasLostItsDataHeals() throws Exception {
    byte[] content = bytes(2, 50_000);
    String id = client.store(content, 5);
    JsonNode whole = client.awaitMatrix(id, matrix -> matrix.get("good").asInt() == SHARDS);
    assertEquals("g".repeat(SHARDS), whole.get("states").asString());
    int owned = node("node-1").get("shards").size();
    JsonNode stopped = client.act("/page/v1/nodes/node-1/stop", "{\"deleteData\":true}");
    assertEquals("node-1", stopped.get("node").asString());
    assertEquals("stopped", stopped.get("state").asString());
    assertEquals("stopped", node("node-1").get("state").asString());
    JsonNode lost = client.awaitMatrix(id, matrix -> matrix.get("away").asInt() == owned);
    assertTrue(lost.get("readable").asBoolean());
    assertEquals(SHARDS - owned, lost.get("primaries").asInt());
    for (JsonNode shard : node("node-1").get("shards")) {
      assertEquals('a', lost.get("states").asString().charAt(shard.asInt()));
      int owner = lost.get("owners").get(shard.asInt()).asInt();
      assertEquals("node-1", lost.get("nodes").get(owner).asString());
    }
    assertArrayEquals(content, client.get("/v1/blobs/" + id).body());
    client.act("/page/v1/nodes/node-1/start", "{}");
    assertEquals("running", node("node-1").get("state").asString());
    JsonNode healed =
        client.awaitMatrix(
            id, matrix -> matrix.get("good").asInt() + matrix.get("healed").asInt() == SHARDS);
    assertEquals(owned, healed.get("healed").asInt());
    // What is stored afterwards was never lost.
    String later = client.store(bytes(3, 100), 1);
    client.awaitMatrix(later, matrix -> matrix.get("good").asInt() == SHARDS);
  }

  @Test
  void aCheckFindsWhatADiskHasSpoilt() throws Exception {
    String id = client.store(bytes(4, 20_000), 5);
    client.awaitMatrix(id, matrix -> matrix.get("states").asString().matches("[gh]*"));
    JsonNode fine = client.act("/page/v1/blobs/" + id + "/check", "{}");
    assertEquals(2 * SHARDS, fine.get("proven").asInt());
    assertEquals(0, fine.get("lacking").asInt());
    JsonNode spoilt = client.act("/page/v1/nodes/node-2/corrupt", "{\"slivers\":10000}");
    assertTrue(spoilt.get("changed").asInt() >= 2, spoilt::toString);
    int owned = node("node-2").get("shards").size();
    JsonNode found = client.act("/page/v1/blobs/" + id + "/check", "{}");
    assertEquals(2 * owned, found.get("lacking").asInt());
    assertEquals(0, found.get("silent").asInt());
    client.awaitMatrix(
        id,
        matrix ->
            matrix.get("healed").asInt() >= owned
                && matrix.get("good").asInt() + matrix.get("healed").asInt() == SHARDS);
  }

  @Test
  void anAuditSaysWhichNodesHaveEverything() throws Exception {
    String id = client.store(bytes(5, 5_000), 5);
    client.awaitMatrix(id, matrix -> matrix.get("states").asString().matches("[gh]*"));
    client.act("/page/v1/nodes/node-3/kill", "{}");
    JsonNode report = client.act("/page/v1/audit", "{\"challenges\":1000}");
    assertEquals(4, report.get("nodes").size());
    assertEquals(1000, report.get("challenges").asInt());
    JsonNode silent = report.get("nodes").get(3);
    assertEquals("node-3", silent.get("node").asString());
    assertEquals(0, silent.get("answers").asInt());
    assertEquals(1, silent.get("largestMissing").asDouble());
    assertFalse(silent.get("failure").asString().isEmpty());
    JsonNode other = report.get("nodes").get(0);
    assertEquals("node-0", other.get("node").asString());
    assertEquals(1000, other.get("answers").asInt());
    assertTrue(other.get("largestMissing").asDouble() < 1, other::toString);
    client.act("/page/v1/nodes/node-3/start", "{}");
    client.awaitMatrix(id, matrix -> matrix.get("states").asString().matches("[gh]*"));
  }

  @Test
  void whatIsNotPaidForAnyMoreHasExpired() throws Exception {
    String id = client.store(bytes(6, 300), 1);
    client.awaitMatrix(id, matrix -> matrix.get("states").asString().matches("[gh]*"));
    long epoch = client.read("/page/v1/network").get("epoch").asLong();
    JsonNode next = client.act("/page/v1/epoch/next", "{}");
    assertEquals(epoch + 1, next.get("epoch").asLong());
    assertTrue(next.get("synced").asBoolean());
    JsonNode blobs = client.read("/page/v1/blobs?most=500").get("blobs");
    JsonNode blob =
        blobs
            .valueStream()
            .filter(one -> one.get("blobId").asString().equals(id))
            .findFirst()
            .orElseThrow();
    assertEquals("expired", blob.get("standing").asString());
    DoorClient.json(404, client.get("/page/v1/blobs/" + id));
    DoorClient.json(
        404, client.post("/page/v1/blobs/" + id + "/check", "{}", "Content-Type", JSON));
  }

  @ParameterizedTest
  @CsvSource({
    "/page/v1/nodes/node-9/stop, {\"deleteData\":false}, 404",
    "/page/v1/nodes/node-1/burn, {}, 404",
    "/page/v1/nodes/..%2f..%2fetc/stop, {\"deleteData\":true}, 400",
    "/page/v1/nodes/node-1/stop, {\"deleteData\":7x}, 400",
    "/page/v1/nodes/node-1/stop, null, 400",
    "/page/v1/nodes/node-1/stop, '', 400",
    "/page/v1/nodes/node-1/start, '[', 400",
    "/page/v1/nodes/node-1/corrupt, {\"slivers\":0}, 400",
    "/page/v1/nodes/node-1/corrupt, {\"slivers\":10001}, 400",
    "/page/v1/audit, {\"challenges\":0}, 400",
    "/page/v1/audit, {\"challenges\":99999999}, 400",
    "/page/v1/network, {}, 404",
    "/, {}, 404"
  })
  void actionsThatMakeNoSense(String path, String body, int status) throws Exception {
    JsonNode answer = DoorClient.json(status, client.post(path, body, "Content-Type", JSON));
    assertTrue(answer.has("message") || answer.has("error"), answer::toString);
  }

  @Test
  void bodiesAreShort() throws Exception {
    String body = "{\"deleteData\":false" + " ".repeat(5000) + "}";
    DoorClient.json(413, client.post("/page/v1/nodes/node-1/stop", body, "Content-Type", JSON));
    DoorClient.json(
        405,
        client.send(HttpRequest.newBuilder(door.address().resolve("/page/v1/network")).DELETE()));
    assertTrue(network.isRunning("node-1"));
  }

  // --- by whom ---

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example, 403",
    "Origin, null, 403",
    "Origin, http://127.0.0.1:1, 403",
    "Origin, https://HERE, 403",
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "Sec-Fetch-Site, none, 403",
    "Content-Type, text/plain, 415",
    "Content-Type, application/x-www-form-urlencoded, 415",
    "Origin, http://HERE, 200",
    "Sec-Fetch-Site, same-origin, 200",
    "Content-Type, Application/JSON; charset=utf-8, 200"
  })
  void noPageElsewhereActs(String name, String value, int status) throws Exception {
    String here = door.address().getAuthority();
    String[] headers =
        name.equals("Content-Type")
            ? new String[] {name, value}
            : new String[] {name, value.replace("HERE", here), "Content-Type", JSON};
    DoorClient.json(status, client.post("/page/v1/nodes/node-0/start", "{}", headers));
  }

  @Test
  void anActionNeedsItsContentType() throws Exception {
    DoorClient.json(415, client.post("/page/v1/nodes/node-0/start", "{}"));
  }

  @ParameterizedTest
  @CsvSource({
    "cross-site, cors, 403",
    "cross-site, no-cors, 403",
    "cross-site, navigate, 200",
    "none, navigate, 200",
    "same-origin, cors, 200"
  })
  void noPageElsewhereReads(String site, String mode, int status) throws Exception {
    for (String path : new String[] {"/", "/page/v1/network"}) {
      HttpResponse<byte[]> answer =
          client.get(path, "Sec-Fetch-Site", site, "Sec-Fetch-Mode", mode);
      assertEquals(status, answer.statusCode());
      assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:31415", "127.0.0.1.evil.example"})
  void aNameThatIsNotOursIsRefused(String host) throws Exception {
    for (String path : new String[] {"/", "/page/v1/network", "/v1/blobs/x"}) {
      String line = client.raw("GET " + path + " HTTP/1.0\r\nHost: " + host + "\r\n\r\n");
      assertTrue(line.matches("HTTP/1.1 4(03|21) .*"), line);
    }
  }

  @Test
  void aConnectionThatEndsIsSaidToEnd() throws Exception {
    String answer =
        client.allOf(
            """
            POST /page/v1/audit HTTP/1.1\r
            Host: localhost\r
            Origin: http://evil.example\r
            Content-Length: 100\r
            \r
            """);
    assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
  }

  /** A network has one door at a time. */
  private static void closeDoor() {
    client.close();
    door.close();
  }

  private static void openDoor() throws Exception {
    door = FrontDoor.start(network, FrontDoorConfig.DEFAULT.withPort(0));
    client = new DoorClient(door.address());
  }

  @Test
  void anAddressOfOthersIsForLookingOnly() throws Exception {
    IOException e =
        assertThrows(
            IOException.class, () -> FrontDoor.start(network, FrontDoorConfig.DEFAULT.withPort(0)));
    assertTrue(e.getMessage().contains("has it"), e.getMessage());
    FrontDoorConfig everywhere = FrontDoorConfig.DEFAULT.withHost("0.0.0.0").withPort(0);
    closeDoor();
    try {
      try (FrontDoor open = FrontDoor.start(network, everywhere.withNames(Set.of("box.lan")));
          DoorClient other = new DoorClient(open.address())) {
        assertEquals("127.0.0.1", open.address().getHost());
        assertFalse(other.read("/page/v1/network").get("control").asBoolean());
        DoorClient.json(403, other.post("/page/v1/nodes/node-0/start", "{}", "Content-Type", JSON));
        String get = "GET / HTTP/1.0\r\nHost: ";
        assertTrue(other.raw(get + "BOX.lan:80\r\n\r\n").startsWith("HTTP/1.1 200"));
        assertTrue(other.raw(get + "evil\r\n\r\n").startsWith("HTTP/1.1 421"));
        String absolute = "GET http://evil/ HTTP/1.1\r\nConnection: close\r\nHost: localhost";
        assertTrue(other.raw(absolute + "\r\n\r\n").matches("HTTP/1.1 4.*"));
      }
      try (FrontDoor open = FrontDoor.start(network, everywhere.withControlFromAfar(true));
          DoorClient other = new DoorClient(open.address())) {
        assertTrue(other.read("/page/v1/network").get("control").asBoolean());
        other.act("/page/v1/nodes/node-0/start", "{}");
      }
    } finally {
      openDoor();
    }
  }

  // --- events ---

  private static HttpResponse<InputStream> events(HttpClient http, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(door.address().resolve("/page/v1/events"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  /** Reads until a line has some text; returns the id of that event. */
  private static String await(BufferedReader lines, String text) throws IOException {
    String id = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      id = line.startsWith("id: ") ? line.substring(4) : id;
      if (line.contains(text)) {
        return id;
      }
    }
    throw new AssertionError("the events ended before there was '" + text + "'");
  }

  @Test
  void eventsComeAsTheyHappenAndGoOnWhereTheyWereCutOff() throws Exception {
    String last;
    try (HttpClient http = HttpClient.newHttpClient();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(events(http).body(), UTF_8))) {
      await(lines, "\"kind\":\"up\"");
      String id = client.store(bytes(7, 400), 2);
      await(lines, id);
      // Whoever stops a node, and not only the page.
      network.stopNode("node-0", false);
      last = await(lines, "node-0 stopped");
      network.startNode("node-0");
      await(lines, "node-0 runs");
      http.shutdownNow();
    }
    try (HttpClient http = HttpClient.newHttpClient();
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(events(http, "Last-Event-ID", last).body(), UTF_8))) {
      String first = lines.readLine();
      while (!first.startsWith("id: ")) {
        first = lines.readLine();
      }
      assertEquals(number(last) + 1, number(first));
      await(lines, "node-0 runs");
      http.shutdownNow();
    }
    try (HttpClient http = HttpClient.newHttpClient();
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(events(http, "Last-Event-ID", "other-7").body(), UTF_8))) {
      await(lines, "event: gap");
      http.shutdownNow();
    }
  }

  private static long number(String id) {
    return Long.parseLong(id.substring(id.indexOf('-') + 1));
  }

  @Test
  void noPageElsewhereHearsEvents() throws Exception {
    DoorClient.json(
        403,
        client.get("/page/v1/events", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors"));
  }

  // --- where ---

  @Test
  void takesAnotherPortIfTheUsualOneIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      FrontDoorConfig config =
          new FrontDoorConfig("127.0.0.1", taken.getLocalPort(), true, Set.of(), false);
      closeDoor();
      try (FrontDoor other = FrontDoor.start(network, config)) {
        assertNotEquals(taken.getLocalPort(), other.address().getPort());
      }
      IOException e =
          assertThrows(
              IOException.class,
              () -> FrontDoor.start(network, config.withPort(taken.getLocalPort())));
      assertTrue(e.getMessage().contains(":" + taken.getLocalPort()), e.getMessage());
    } finally {
      openDoor();
    }
  }

  @Test
  void saysWhatIsWrongWithAPort() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> FrontDoorConfig.DEFAULT.withPort(65_536));
    assertEquals("port: got 65536, expected 0 to 65535", e.getMessage());
    assertEquals(31_415, FrontDoorConfig.DEFAULT.port());
  }

  @Test
  void noSecretIsTold() throws Exception {
    String said =
        new String(client.get("/page/v1/network").body(), UTF_8)
            + new String(client.get("/page/v1/blobs").body(), UTF_8);
    try (Stream<Path> files = Files.walk(network.home().directory())) {
      for (Path key : files.filter(file -> file.toString().endsWith(".key")).toList()) {
        String secret = Files.readString(key).strip();
        assertTrue(secret.length() > 20, key::toString);
        assertFalse(said.contains(secret), key::toString);
      }
    }
    assertFalse(said.contains(network.home().directory().toString()), said);
    URI control = network.description().control();
    assertFalse(said.contains(control.toString()), said);
  }
}
