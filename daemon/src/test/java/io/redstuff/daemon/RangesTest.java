package io.redstuff.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.testing.FakeNetwork;
import io.redstuff.daemon.testing.FakeChain;
import io.redstuff.stream.Workspace;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import tools.jackson.databind.json.JsonMapper;

/** Any range of any blob is that slice of it. */
class RangesTest {
  private static final int[] LENGTHS = {1, 2, 100, 777, 5000, 65_537, 200_000};

  private static final byte[][] blobs = new byte[LENGTHS.length][];
  private static final String[] ids = new String[LENGTHS.length];

  private static FakeNetwork network;
  private static WalrusClient client;
  private static DaemonServer daemon;
  private static HttpClient http;

  @BeforeContainer
  static void start() throws Exception {
    network = new FakeNetwork(5, 1, 2, 3, 1);
    FakeChain chain = new FakeChain(network);
    Path directory = Files.createTempDirectory("ranges");
    client = WalrusClient.of(chain, TransferSettings.defaults().with(Workspace.ofMemory(64 << 20)));
    daemon =
        DaemonServer.start(
            DaemonConfig.of(directory).withBytes(1 << 20, 1 << 20, 1 << 20, 10_000),
            client,
            Optional.of(chain),
            Optional.empty());
    http = HttpClient.newHttpClient();
    for (int i = 0; i < LENGTHS.length; i++) {
      blobs[i] = new byte[LENGTHS[i]];
      new Random(i).nextBytes(blobs[i]);
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(at("/v1/blobs"))
                  .PUT(BodyPublishers.ofByteArray(blobs[i]))
                  .build(),
              BodyHandlers.ofByteArray());
      ids[i] =
          JsonMapper.shared()
              .readTree(answer.body())
              .at("/newlyCreated/blobObject/blobId")
              .stringValue();
    }
  }

  @AfterContainer
  static void stop() throws Exception {
    http.close();
    daemon.close();
    client.close();
    network.close();
  }

  private static URI at(String path) {
    return URI.create(daemon.address() + path);
  }

  @Property(tries = 150)
  void anyRangeIsASlice(
      @ForAll @IntRange(max = 6) int which,
      @ForAll @IntRange(max = 250_000) int start,
      @ForAll @IntRange(min = 1, max = 250_000) int length)
      throws Exception {
    byte[] blob = blobs[which];
    boolean isWithin = (long) start + length <= blob.length;
    HttpResponse<byte[]> byHeader =
        http.send(
            HttpRequest.newBuilder(at("/v1/blobs/" + ids[which]))
                .header("Range", "bytes=%s-%s".formatted(start, start + length - 1))
                .build(),
            BodyHandlers.ofByteArray());
    HttpResponse<byte[]> byQuery =
        http.send(
            HttpRequest.newBuilder(
                    at(
                        "/v1/blobs/%s/byte-range?start=%s&length=%s"
                            .formatted(ids[which], start, length)))
                .build(),
            BodyHandlers.ofByteArray());
    assertEquals(isWithin ? 206 : 416, byHeader.statusCode());
    assertEquals(isWithin ? 200 : 400, byQuery.statusCode());
    if (isWithin) {
      byte[] slice = Arrays.copyOfRange(blob, start, start + length);
      assertArrayEquals(slice, byHeader.body());
      assertArrayEquals(slice, byQuery.body());
      assertEquals(
          "bytes %s-%s/%s".formatted(start, start + length - 1, blob.length),
          byHeader.headers().firstValue("content-range").orElseThrow());
    }
    while (daemon.temporaryBytes() > 0) { // the answer is here before the daemon has put all away
      Thread.sleep(1);
    }
  }

  /** Most ranges of the property before go beyond a blob; these lie within. */
  @Property(tries = 150)
  void anySliceIsARange(@ForAll @IntRange(max = 6) int which, @ForAll int from, @ForAll int count)
      throws Exception {
    int start = Math.floorMod(from, LENGTHS[which]);
    anyRangeIsASlice(which, start, 1 + Math.floorMod(count, LENGTHS[which] - start));
  }
}
