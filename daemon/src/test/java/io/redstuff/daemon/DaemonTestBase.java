package io.redstuff.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.client.RetryPolicy;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.node.RequestLimits;
import io.redstuff.client.testing.FakeNetwork;
import io.redstuff.daemon.testing.FakeChain;
import io.redstuff.daemon.testing.RawConnection;
import io.redstuff.stream.Workspace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A daemon in front of a network of ten shards. */
abstract class DaemonTestBase {
  static final JsonMapper JSON = JsonMapper.builder().build();
  static final long EPOCH = 5;
  static final Charset UTF = StandardCharsets.UTF_8;
  static final String ADDRESS =
      "0x1111111111111111111111111111111111111111111111111111111111111111";

  @TempDir Path directory;

  final FakeNetwork network = new FakeNetwork(EPOCH, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
  final FakeChain chain = new FakeChain(network);
  final HttpClient http = HttpClient.newHttpClient();
  WalrusClient client;
  DaemonServer daemon;

  /** Returns what the daemon is started with. */
  DaemonConfig config() {
    return DaemonConfig.of(spool()).withBytes(1 << 20, 1 << 20, 2 << 20, 32 << 10);
  }

  final Path spool() {
    return directory.resolve("daemon");
  }

  @BeforeEach
  void start() throws Exception {
    Path work = Files.createDirectories(directory.resolve("client"));
    client =
        WalrusClient.of(
            chain,
            new TransferSettings(
                Workspace.ofMemory(64 << 20).spillingTo(work),
                new RequestLimits(Duration.ofMinutes(2), 1 << 20),
                new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(2)),
                16,
                4,
                Duration.ofMinutes(1)));
    daemon = DaemonServer.start(config(), client, Optional.of(chain), Optional.empty());
  }

  @AfterEach
  void stop() throws Exception {
    daemon.close();
    client.close();
    network.close();
    http.close();
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  URI at(String path) {
    return URI.create(daemon.address() + path);
  }

  HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return send(request(path, headers).GET());
  }

  HttpResponse<byte[]> put(String path, byte[] body, String... headers) throws Exception {
    return send(request(path, headers).PUT(BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), BodyHandlers.ofByteArray());
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(Duration.ofMinutes(4));
    return headers.length == 0 ? request : request.headers(headers);
  }

  RawConnection connect() throws Exception {
    return new RawConnection(daemon.address());
  }

  static JsonNode json(HttpResponse<byte[]> answer) {
    return JSON.readTree(answer.body());
  }

  /** Stores a blob and returns its id. */
  String stored(byte[] blob) throws Exception {
    HttpResponse<byte[]> answer = put("/v1/blobs?epochs=3", blob);
    assertEquals(200, answer.statusCode(), () -> new String(answer.body(), StandardCharsets.UTF_8));
    return json(answer).at("/newlyCreated/blobObject/blobId").stringValue();
  }

  static void assertError(int status, String kind, String reason, HttpResponse<byte[]> answer) {
    assertError(status, kind, reason, answer.statusCode(), answer.body());
    assertEquals("application/json", answer.headers().firstValue("content-type").orElseThrow());
  }

  static void assertError(int status, String kind, String reason, int got, byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    assertEquals(status, got, text);
    JsonNode error = JSON.readTree(body).get("error");
    assertEquals(status, error.get("code").intValue(), text);
    assertEquals(kind, error.get("status").stringValue(), text);
    assertEquals(reason, error.at("/details/0/reason").stringValue(), text);
    assertEquals("daemon.walrus.space", error.at("/details/0/domain").stringValue());
    assertEquals("ErrorInfo", error.at("/details/0/@type").stringValue());
  }

  static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse(null);
  }

  /** Waits until nothing is left of what was under way: neither room that is taken nor a file. */
  void assertNothingLeft() throws Exception {
    while (daemon.temporaryBytes() > 0) { // an answer is here before the daemon has put all away
      Thread.sleep(1);
    }
    try (Stream<Path> files = Files.list(spool())) {
      assertEquals("[daemon.lock]", files.map(Path::getFileName).toList().toString());
    }
  }
}
