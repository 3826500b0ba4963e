package io.redstuff.front;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a front door as a program does, or as a browser would. */
final class DoorClient implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI door;

  DoorClient(URI door) {
    this.door = door;
  }

  HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(door.resolve(path)).GET(), headers);
  }

  HttpResponse<byte[]> post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(door.resolve(path)).POST(BodyPublishers.ofString(body)), headers);
  }

  HttpResponse<byte[]> put(String path, byte[] body) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(door.resolve(path)).PUT(BodyPublishers.ofByteArray(body)));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request, String... headers)
      throws IOException, InterruptedException {
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  static JsonNode json(int status, HttpResponse<byte[]> response) {
    assertEquals(status, response.statusCode(), () -> new String(response.body(), UTF_8));
    return MAPPER.readTree(response.body());
  }

  JsonNode read(String path) throws IOException, InterruptedException {
    return json(200, get(path));
  }

  JsonNode act(String path, String body) throws IOException, InterruptedException {
    return json(200, post(path, body, "Content-Type", "application/json"));
  }

  /** Stores a blob; returns its id. */
  String store(byte[] content, int epochs) throws IOException, InterruptedException {
    JsonNode answer = json(200, put("/v1/blobs?permanent=true&epochs=" + epochs, content));
    return answer.get("newlyCreated").get("blobObject").get("blobId").asString();
  }

  /** Asks for the matrix of a blob until it is as wanted: asking is what makes the nodes tell. */
  JsonNode awaitMatrix(String blob, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    while (true) {
      JsonNode matrix = read("/page/v1/blobs/" + blob + "/matrix");
      if (wanted.test(matrix)) {
        return matrix;
      }
    }
  }

  /** Sends text as it is, and returns the first line of the answer. */
  String raw(String text) throws IOException {
    return allOf(text).lines().findFirst().orElse("");
  }

  /** Sends bytes and returns all that comes until the connection ends. */
  String allOf(String text) throws IOException {
    try (Socket socket = new Socket(door.getHost(), door.getPort())) {
      socket.getOutputStream().write(text.getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
