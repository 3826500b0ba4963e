package io.redstuff.network.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.redstuff.error.MalformedDataException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stops and starts nodes of a network that another process runs.
 *
 * @since 0.1.0
 */
public final class ControlClient implements AutoCloseable {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Duration MARGIN = Duration.ofSeconds(60);

  /** On a busy machine a process takes minutes until it serves. */
  private static final Duration NODE_PATIENCE = Duration.ofMinutes(5);

  private static final long MOST_BYTES = 1 << 20;

  private final NetworkHome home;
  private final NetworkDescription description;
  private final ControlKey key;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /**
   * What was done to a node.
   *
   * @param node its name
   * @param changed how many slivers were changed
   */
  public record NodeResult(String node, int changed) {}

  /**
   * An epoch that has begun.
   *
   * @param epoch the epoch
   * @param synced whether nodes of two thirds of the shards have their data
   */
  public record EpochResult(long epoch, boolean synced) {}

  private ControlClient(NetworkHome home, NetworkDescription description, ControlKey key) {
    this.home = home;
    this.description = description;
    this.key = key;
  }

  /**
   * Finds the network of a directory.
   *
   * @param home the directory
   * @return a client, which has not asked anything yet
   * @throws IOException if no network runs there, or its files cannot be read
   */
  public static ControlClient of(NetworkHome home) throws IOException {
    try {
      NetworkDescription description = NetworkDescription.read(home.description());
      return new ControlClient(home, description, ControlKey.read(home.controlKey()));
    } catch (NoSuchFileException e) {
      throw notRunning(home, e);
    } catch (MalformedDataException e) {
      throw new IOException(home.description() + ": " + e.getMessage(), e);
    }
  }

  private static IOException notRunning(NetworkHome home, Exception cause) {
    return new IOException(
        home.directory() + ": no network runs there; 'redstuff network up' starts one", cause);
  }

  /** {@return where the parts of the network are found} */
  public NetworkDescription description() {
    return description;
  }

  /**
   * Asks which nodes run.
   *
   * @return for each name whether it runs
   * @throws IOException if the network does not answer
   * @throws InterruptedException if the thread was interrupted
   */
  public Map<String, Boolean> running() throws IOException, InterruptedException {
    return parse(
        send(HttpRequest.newBuilder(uri("/v1/nodes")).GET(), Duration.ZERO),
        json -> MAPPER.readValue(json, new TypeReference<Map<String, Boolean>>() {}));
  }

  /**
   * Starts a node and waits until it serves.
   *
   * @param node its name
   * @throws IOException if there is none of that name, or it does not start
   * @throws InterruptedException if the thread was interrupted
   */
  public void start(String node) throws IOException, InterruptedException {
    act(node, "start");
  }

  /**
   * Stops a node.
   *
   * @param node its name
   * @param deleteData whether to delete all that it stores, too
   * @throws IOException if there is none of that name, or it cannot be stopped
   * @throws InterruptedException if the thread was interrupted
   */
  public void stop(String node, boolean deleteData) throws IOException, InterruptedException {
    act(node, deleteData ? "stop?delete_data=true" : "stop");
  }

  /**
   * Ends a node in the middle of whatever it does.
   *
   * @param node its name
   * @throws IOException if there is none of that name, or it cannot be ended
   * @throws InterruptedException if the thread was interrupted
   */
  public void kill(String node) throws IOException, InterruptedException {
    act(node, "kill");
  }

  /**
   * Changes bytes of slivers that a node stores.
   *
   * @param node its name
   * @param slivers how many at most
   * @return how many were changed
   * @throws IOException if there is none of that name, or its data cannot be changed
   * @throws InterruptedException if the thread was interrupted
   */
  public int corrupt(String node, int slivers) throws IOException, InterruptedException {
    return act(node, "corrupt?slivers=" + slivers).changed();
  }

  /**
   * Ends the epoch and begins the next.
   *
   * @param patience how long to wait until nodes have their data
   * @return the epoch that has begun
   * @throws IOException if the epoch cannot end yet, or the network does not answer
   * @throws InterruptedException if the thread was interrupted
   */
  public EpochResult nextEpoch(Duration patience) throws IOException, InterruptedException {
    URI uri = uri("/v1/epoch/next?wait_seconds=" + patience.toSeconds());
    return parse(
        send(HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()), patience),
        json -> MAPPER.readValue(json, EpochResult.class));
  }

  private NodeResult act(String node, String what) throws IOException, InterruptedException {
    URI uri = uri("/v1/nodes/" + URLEncoder.encode(node, UTF_8) + "/" + what);
    return parse(
        send(HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()), NODE_PATIENCE),
        json -> MAPPER.readValue(json, NodeResult.class));
  }

  private URI uri(String path) {
    return description.control().resolve(path);
  }

  private String send(HttpRequest.Builder request, Duration patience)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response;
    try {
      response =
          client.send(
              request
                  .header("authorization", "Bearer " + key.token())
                  .timeout(MARGIN.plus(patience))
                  .build(),
              BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    } catch (ConnectException e) {
      throw notRunning(home, e);
    }
    String body = new String(response.body(), UTF_8);
    if (response.statusCode() != 200) {
      throw new IOException("network: " + body);
    }
    return body;
  }

  private static <T> T parse(String json, Function<String, T> parser) throws IOException {
    try {
      return parser.apply(json);
    } catch (JacksonException e) {
      throw new IOException("network: got an answer that is none: " + e.getOriginalMessage(), e);
    }
  }

  /** Breaks off what is asked. */
  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
