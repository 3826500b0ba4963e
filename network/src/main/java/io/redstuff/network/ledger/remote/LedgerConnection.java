package io.redstuff.network.ledger.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Asks a server about its ledger, over and over for a while if it cannot be reached. */
final class LedgerConnection implements AutoCloseable {
  /** The longest answer that is read. */
  private static final long MOST_BYTES = 1L << 28;

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 1000;

  private final URI address;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  LedgerConnection(URI address, Duration patience) {
    this.address = address;
    this.patience = patience;
  }

  /** Returns the body of an answer; nothing if the server says that there is no such thing. */
  Optional<byte[]> get(String query, String... path) throws IOException, InterruptedException {
    String segments =
        Arrays.stream(path)
            .map(segment -> URLEncoder.encode(segment, UTF_8))
            .collect(Collectors.joining("/", "/" + Routes.VERSION + "/", query));
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(segments)).timeout(TIMEOUT).GET().build();
    long deadline = System.nanoTime() + patience.toNanos();
    for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
      try {
        return send(request);
      } catch (IOException e) {
        if (System.nanoTime() - deadline >= 0) {
          throw e;
        }
      }
      Thread.sleep(pause);
    }
  }

  /** Returns the answer to transactions; tries once. */
  byte[] post(byte[] transactions) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/" + Routes.VERSION + "/" + Routes.TRANSACTIONS))
            .timeout(TIMEOUT)
            .header("content-type", "application/octet-stream")
            .POST(BodyPublishers.ofByteArray(transactions))
            .build();
    return send(request)
        .orElseThrow(() -> new IOException(address + ": takes no transactions, is no ledger"));
  }

  private Optional<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        client.send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
    return switch (response.statusCode()) {
      case 200 -> Optional.of(response.body());
      case 404 -> Optional.empty();
      default ->
          throw new IOException(
              "%s: got status %s: %s"
                  .formatted(
                      request.uri(), response.statusCode(), new String(response.body(), UTF_8)));
    };
  }

  /** Returns what a method throws that cannot say that it was interrupted. */
  static UncheckedIOException failed(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("ledger: interrupted");
      interrupted.initCause(e);
      return new UncheckedIOException(interrupted);
    }
    return new UncheckedIOException(new IOException("ledger: " + e.getMessage(), e));
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
