package io.redstuff.front.fault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores and reads by HTTP, as anybody would, and checks each answer: it is right to the byte, or
 * one of the errors that a daemon may give while nodes fail. Thread-safe.
 */
final class Traffic implements AutoCloseable {
  /** Errors that a network with broken nodes may give, with their status. */
  private static final Map<String, Integer> EXCUSED =
      Map.of(
          "BLOB_UNAVAILABLE", 503,
          "CHAIN_UNAVAILABLE", 503,
          "INSUFFICIENT_CONFIRMATIONS", 504,
          "TOO_MANY_REQUESTS", 429);

  /** Longer than any epoch that a test begins. */
  private static final int EPOCHS = 50;

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int LONGEST = 300_000;
  private static final int SHORT = 2_000;
  private static final int MUCH = 400;
  private static final int QUILT_FILES = 3;
  private static final String BOUNDARY = "boundary-of-a-quilt";
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final URI door;
  private final Tally tally;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<KeptFile> kept = new CopyOnWriteArrayList<>();

  Traffic(URI door, Tally tally) {
    this.door = door;
    this.tally = tally;
  }

  List<KeptFile> kept() {
    return List.copyOf(kept);
  }

  /**
   * Stores a blob, or a quilt now and then. When there is much it reads mostly: nodes that have
   * lost everything are to be whole again soon, and to be broken once more.
   */
  void store(Random random) throws IOException, InterruptedException {
    if (kept.size() > MUCH && random.nextInt(30) > 0) {
      readOne(random);
    } else if (random.nextInt(6) == 0) {
      storeQuilt(random);
    } else {
      storeBlob(random);
    }
  }

  private static int length(Random random) {
    return random.nextInt(random.nextInt(4) == 0 ? LONGEST : SHORT);
  }

  private void storeBlob(Random random) throws IOException, InterruptedException {
    long seed = random.nextLong();
    int length = length(random);
    HttpRequest request =
        request("/v1/blobs?epochs=" + EPOCHS)
            .PUT(BodyPublishers.ofByteArray(KeptFile.bytes(seed, length)))
            .build();
    Optional<JsonNode> stored = stored("blob", request);
    if (stored.isPresent()) {
      kept.add(new KeptFile(blobId(stored.get()), seed, length));
    }
  }

  private void storeQuilt(Random random) throws IOException, InterruptedException {
    List<KeptFile> files = new ArrayList<>();
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    for (int i = 0; i < QUILT_FILES; i++) {
      KeptFile file = new KeptFile("file-" + i, random.nextLong(), length(random));
      files.add(file);
      form.writeBytes(
          "--%s\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n\r\n"
              .formatted(BOUNDARY, file.path(), file.path())
              .getBytes(US_ASCII));
      form.writeBytes(file.bytes());
      form.writeBytes("\r\n".getBytes(US_ASCII));
    }
    form.writeBytes("--%s--\r\n".formatted(BOUNDARY).getBytes(US_ASCII));
    HttpRequest request =
        request("/v1/quilts?epochs=" + EPOCHS)
            .header("content-type", "multipart/form-data; boundary=" + BOUNDARY)
            .PUT(BodyPublishers.ofByteArray(form.toByteArray()))
            .build();
    Optional<JsonNode> stored = stored("quilt", request);
    if (stored.isPresent()) {
      String quilt = blobId(stored.get().path("blobStoreResult"));
      for (KeptFile file : files) {
        kept.add(
            new KeptFile("by-quilt-id/" + quilt + "/" + file.path(), file.seed(), file.length()));
      }
    }
  }

  private Optional<JsonNode> stored(String what, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != OK) {
      excuse("store " + what, answer);
      return Optional.empty();
    }
    tally.add("store " + what + ": certified");
    return Optional.of(MAPPER.readTree(answer.body()));
  }

  private static String blobId(JsonNode result) {
    String created = result.path("newlyCreated").path("blobObject").path("blobId").asString("");
    return created.isEmpty() ? result.path("alreadyCertified").path("blobId").asString() : created;
  }

  /** Reads something that is kept, or a part of it; nothing if nothing is kept yet. */
  void readOne(Random random) throws IOException, InterruptedException {
    List<KeptFile> files = kept;
    if (files.isEmpty()) {
      Thread.onSpinWait();
      return;
    }
    KeptFile file = files.get(random.nextInt(files.size()));
    boolean isBlob = file.path().indexOf('/') < 0;
    if (isBlob && file.length() > 0 && random.nextInt(3) == 0) {
      readRange(file, random);
    } else {
      read(file);
    }
  }

  /** Reads all of something; returns whether it came. */
  boolean read(KeptFile file) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        http.send(request("/v1/blobs/" + file.path()).build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() != OK) {
      excuse("read", answer);
      return false;
    }
    check(file, file.bytes(), answer);
    tally.add("read: right bytes");
    return true;
  }

  private void readRange(KeptFile file, Random random) throws IOException, InterruptedException {
    int from = random.nextInt(file.length());
    int to = from + random.nextInt(file.length() - from);
    HttpRequest request =
        request("/v1/blobs/" + file.path()).header("range", "bytes=" + from + "-" + to).build();
    HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
    if (answer.statusCode() != PARTIAL) {
      excuse("read range", answer);
      return;
    }
    check(file, Arrays.copyOfRange(file.bytes(), from, to + 1), answer);
    tally.add("read range: right bytes");
  }

  private static void check(KeptFile file, byte[] expected, HttpResponse<byte[]> answer) {
    if (!Arrays.equals(expected, answer.body())) {
      throw new AssertionError(
          "%s: got %s other bytes, expected %s"
              .formatted(file, answer.body().length, expected.length));
    }
  }

  private void excuse(String what, HttpResponse<byte[]> answer) {
    JsonNode error = MAPPER.readTree(answer.body()).path("error");
    String reason = error.path("details").path(0).path("reason").asString("none");
    if (EXCUSED.getOrDefault(reason, -1) != answer.statusCode()) {
      throw new AssertionError(
          "%s %s: got status %s and %s, expected an error of broken nodes"
              .formatted(what, answer.uri(), answer.statusCode(), error));
    }
    tally.add("%s: %s %s".formatted(what, answer.statusCode(), reason));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(door.resolve(path)).timeout(PATIENCE);
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
