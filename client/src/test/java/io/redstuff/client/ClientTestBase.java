package io.redstuff.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.BlobId;
import io.redstuff.client.BlobUnavailableException.Reason;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.node.RequestLimits;
import io.redstuff.client.testing.FakeNetwork;
import io.redstuff.client.testing.FakeNode;
import io.redstuff.client.testing.FakeServer.Delivery;
import io.redstuff.client.testing.FakeServer.Reply;
import io.redstuff.stream.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A network of ten shards, of which three may fail, and a client of it. */
abstract class ClientTestBase {
  static final StoreOptions PERMANENT = new StoreOptions(2, false);
  static final long EPOCH = 5;

  @TempDir Path temporary;

  final FakeNetwork network = new FakeNetwork(EPOCH, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
  WalrusClient client;

  TransferSettings settings() {
    return new TransferSettings(
        Workspace.ofMemory(64 << 20).spillingTo(temporary),
        new RequestLimits(Duration.ofSeconds(3), 1 << 20),
        new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2)),
        16,
        4,
        Duration.ofMillis(300));
  }

  @BeforeEach
  void connect() throws Exception {
    client = WalrusClient.of(network, settings());
  }

  @AfterEach
  void disconnect() {
    client.close();
    network.close();
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** Stores a blob at all nodes. */
  BlobId stored(byte[] blob) throws Exception {
    StoreResult result = client.store(blob, PERMANENT);
    assertEquals(10, result.rest().get().confirmedWeight());
    network.nodes().forEach(node -> node.asked.clear());
    return result.blobId();
  }

  /** Has some nodes do wrong on some routes. */
  void spoil(
      Set<NodeRoute> routes, BiFunction<NodeRoute.Match, Reply, Reply> fault, int... positions) {
    for (int position : positions) {
      FakeNode node = network.nodes().get(position);
      node.fault =
          (match, reply) -> routes.contains(match.route()) ? fault.apply(match, reply) : reply;
    }
  }

  void spoil(Set<NodeRoute> routes, Delivery delivery, int... positions) {
    spoil(routes, (match, reply) -> reply.sent(delivery), positions);
  }

  void stop(int... positions) {
    for (int position : positions) {
      network.nodes().get(position).close();
    }
  }

  static BlobUnavailableException unavailable(Reason reason, Executable reading) {
    BlobUnavailableException e = assertThrows(BlobUnavailableException.class, reading);
    assertEquals(reason, e.reason(), e.getMessage());
    return e;
  }
}
