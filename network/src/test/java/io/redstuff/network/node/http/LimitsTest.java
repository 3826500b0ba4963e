package io.redstuff.network.node.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.client.node.NodeAddress;
import io.redstuff.client.node.NodeConnections;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.RequestLimits;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.http.BodyBudget;
import io.redstuff.http.HttpLimits;
import io.redstuff.http.RateLimit;
import io.redstuff.network.node.testing.TestNetwork;
import io.redstuff.network.node.testing.TestNetwork.Member;
import io.redstuff.network.node.work.Peers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits by the clock of the test, and TLS. */
class LimitsTest {
  @TempDir private Path directory;

  @Test
  void anAddressGetsSoManyRequestsInASecond() {
    AtomicLong clock = new AtomicLong();
    RateLimit limit = new RateLimit(10, clock::get);
    for (int i = 0; i < 20; i++) {
      assertTrue(limit.admit("a"));
    }
    assertFalse(limit.admit("a"));
    assertTrue(limit.admit("b"));
    clock.addAndGet(100_000_000);
    assertTrue(limit.admit("a"));
    assertFalse(limit.admit("a"));
    clock.addAndGet(1_000_000_000_000L);
    for (int i = 0; i < 20; i++) {
      assertTrue(limit.admit("a"));
    }
    assertFalse(limit.admit("a"));
  }

  @Test
  void bodiesShareMemory() {
    BodyBudget budget = new BodyBudget(100);
    assertTrue(budget.take(60));
    assertFalse(budget.take(60));
    assertTrue(budget.take(40));
    budget.giveBack(100);
    // One that is longer than all is let in when it is alone.
    assertTrue(budget.take(500));
    assertFalse(budget.take(1));
    budget.giveBack(500);
    assertTrue(budget.take(1));
  }

  @Test
  void limitsArePositive() {
    HttpLimits ok = HttpLimits.DEFAULT;
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new HttpLimits(
                0,
                ok.headerBytes(),
                ok.headerTime(),
                ok.idleTime(),
                ok.bytesPerSecond(),
                ok.bufferedBytes(),
                ok.requestsPerSecond(),
                ok.longestWait()));
    assertEquals(Duration.ofSeconds(12), ok.timeFor(100_000));
  }

  @Test
  void networkKeysHaveOneForm() {
    byte[] secret = new byte[32];
    secret[31] = 1;
    NetworkKeyPair pair = NetworkKeyPair.of(secret);
    assertArrayEquals(secret, pair.secret());
    // The generator of the curve.
    assertEquals(
        "0x036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
        pair.publicKey().toString());
    assertEquals("36b17d1.network.walrus.alt", pair.name());
    byte[] zero = new byte[32];
    assertThrows(IllegalArgumentException.class, () -> NetworkKeyPair.of(zero));
    byte[] large = new byte[32];
    Arrays.fill(large, (byte) 0xff);
    assertThrows(IllegalArgumentException.class, () -> NetworkKeyPair.of(large));
    byte[] shorter = new byte[31];
    shorter[0] = 1;
    assertThrows(IllegalArgumentException.class, () -> NetworkKeyPair.of(shorter));
    NetworkKeyPair random = NetworkKeyPair.generate(new SecureRandom());
    assertEquals(random.publicKey(), NetworkKeyPair.of(random.secret()).publicKey());
  }

  /** Nodes with TLS heal from each other, and nobody takes one for another. */
  @Test
  void tlsIsPinnedToTheNetworkKey() throws Exception {
    try (TestNetwork network = new TestNetwork(directory, 10)) {
      for (int i = 0; i < 4; i++) {
        network.addNode(
            HttpLimits.DEFAULT, Optional.of(NetworkKeyPair.generate(new SecureRandom())));
      }
      network.nextEpoch();
      Member first = network.members.getFirst();
      Member second = network.members.getLast();
      NodeAddress address = Peers.address(network.ledger.node(first.id).orElseThrow().info());
      NodeAddress other =
          new NodeAddress(
              address.uri(),
              Peers.address(network.ledger.node(second.id).orElseThrow().info()).pin());
      RequestLimits limits = new RequestLimits(Duration.ofSeconds(20), 1 << 20);
      try (NodeConnections good = NodeConnections.open(limits, List.of(address));
          NodeConnections wrong = NodeConnections.open(limits, List.of(other))) {
        assertEquals(1, good.client(address, network.parameters()).health(false).epoch());
        StorageNodeClient mistaken = wrong.client(other, network.parameters());
        assertThrows(NodeException.class, () -> mistaken.health(false));
      }
    }
  }

  @Test
  void tooManyRequestsAreRefused() throws Exception {
    try (TestNetwork network = new TestNetwork(directory, 10);
        HttpClient http = HttpClient.newHttpClient()) {
      HttpLimits few =
          new HttpLimits(
              100,
              8 << 10,
              Duration.ofSeconds(5),
              Duration.ofSeconds(5),
              1 << 20,
              1 << 20,
              1,
              Duration.ofSeconds(1));
      Member member = network.addNode(few, Optional.empty());
      URI health = member.node.address().resolve("/v1/health");
      int refused = 0;
      for (int i = 0; i < 50; i++) {
        HttpResponse<String> answer =
            http.send(HttpRequest.newBuilder(health).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 429) {
          refused++;
          assertTrue(answer.body().contains("RESOURCE_EXHAUSTED"), answer.body());
        }
      }
      assertTrue(refused > 0);
    }
  }

  @Test
  void theRoutesAreDescribed() throws Exception {
    try (TestNetwork network = new TestNetwork(directory, 10);
        HttpClient http = HttpClient.newHttpClient()) {
      Member member = network.addNode(HttpLimits.DEFAULT, Optional.empty());
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(member.node.address().resolve("/v1/api")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, answer.statusCode());
      assertTrue(answer.body().contains("\"/v1/migrate/sync_shard\":{\"post\":"), answer.body());
      assertTrue(answer.body().contains("\"/v1/redstuff/audit\":{\"post\":"), answer.body());
      assertTrue(answer.body().contains("\"name\":\"blobId\""), answer.body());
    }
  }

  /** A port that is taken is told. */
  @Test
  void aPortIsUsedOnce() throws Exception {
    try (TestNetwork network = new TestNetwork(directory, 10)) {
      Member member = network.addNode(HttpLimits.DEFAULT, Optional.empty());
      int port = member.node.address().getPort();
      assertThrows(
          IOException.class,
          () ->
              NodeServer.start(
                  "127.0.0.1",
                  port,
                  Optional.empty(),
                  HttpLimits.DEFAULT,
                  new Services(null, null, null, null, null, null, null, null),
                  network.parameters()));
    }
  }
}
