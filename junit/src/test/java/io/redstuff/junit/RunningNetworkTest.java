package io.redstuff.junit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.WalrusClient;
import io.redstuff.network.local.NoSuchNodeException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes are broken and mended, and blobs are there. */
@WalrusNetwork(nodes = 4, shards = 10)
class RunningNetworkTest {
  private static final int LENGTH = 50_000;

  private final RunningNetwork network;
  private final WalrusClient client;
  private final byte[] bytes = new byte[LENGTH];
  private BlobId blob;

  RunningNetworkTest(RunningNetwork network, WalrusClient client) {
    this.network = network;
    this.client = client;
  }

  @BeforeEach
  void store() throws Exception {
    network.startAll();
    new Random().nextBytes(bytes);
    blob = client.store(bytes, new StoreOptions(5, false)).blobId();
  }

  private void assertThere() throws Exception {
    assertArrayEquals(bytes, client.read(blob));
  }

  @Test
  void nodesAreStoppedAndStarted() throws Exception {
    List<String> all = List.of("node-0", "node-1", "node-2", "node-3");
    assertEquals(all, network.nodes());
    assertEquals(List.of("node-0"), network.stop(1));
    assertThere();
    assertEquals(all.subList(1, 4), network.runningNodes());
    network.kill("node-1");
    assertEquals(List.of("node-2"), network.stop(1));
    assertEquals(List.of("node-3"), network.runningNodes());
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> network.stop(2));
    assertEquals("nodes to stop: got 2, expected 1 to 1", e.getMessage());
    network.start("node-1", "node-2");
    assertThere();
    network.startAll();
    assertEquals(all, network.runningNodes());
    network.awaitHealed();
  }

  @Test
  void whatIsLostOrSpoiltIsHealed() throws Exception {
    network.deleteData("node-0");
    network.awaitHealed();
    assertTrue(network.corrupt("node-1", 1000) > 0);
    network.awaitHealed();
    // Nodes 0 and 1 alone have more than enough to read it, if they have all they owe.
    network.stop("node-2", "node-3");
    assertThere();
    network.stop("node-1");
    network.deleteData("node-1");
    assertEquals(List.of("node-0"), network.runningNodes());
  }

  @Test
  void anyClientOfHttpReads(@WalrusAddress URI walrus) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertEquals("network at " + walrus, network.toString());
      URI uri = walrus.resolve("/v1/blobs/" + blob);
      HttpResponse<byte[]> answer =
          http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
      assertEquals(200, answer.statusCode());
      assertArrayEquals(bytes, answer.body());
    }
  }

  @Test
  void epochsEnd() throws Exception {
    long epoch = network.network().ledger().system().epoch();
    assertEquals(epoch + 1, network.nextEpoch());
    assertThere();
  }

  @Test
  void namesAreChecked() {
    assertThrows(NoSuchNodeException.class, () -> network.kill("node-4"));
    assertThrows(NoSuchNodeException.class, () -> network.corrupt("nobody", 1));
  }
}
