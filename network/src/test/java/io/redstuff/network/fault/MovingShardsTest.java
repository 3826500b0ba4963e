package io.redstuff.network.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.chain.Frost;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.node.testing.TestNetwork;
import io.redstuff.network.node.testing.TestNetwork.Member;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stake moves, and most shards with it, while blobs are stored and read by several threads: each
 * blob that was certified can be read at any time, and none comes back with a wrong byte. No store
 * fails either. How often says the property {@code redstuff.rounds}; for more than five times there
 * is not enough to stake.
 */
class MovingShardsTest {
  private static final int SHARDS = 18;

  /** A node can have six shards at most, so three of them can have all. */
  private static final int NODES = 6;

  private static final int WRITERS = 2;
  private static final int READERS = 2;
  private static final int ROUNDS = Integer.getInteger("redstuff.rounds", 2);
  private static final int BLOBS_BEFORE = 10;
  private static final StoreOptions OPTIONS = new StoreOptions(20, false);

  @TempDir private Path directory;

  private final Map<BlobId, byte[]> certified = new ConcurrentHashMap<>();
  private final List<BlobId> order = new ArrayList<>();
  private final AtomicInteger seeds = new AtomicInteger();
  private final AtomicBoolean isOver = new AtomicBoolean();

  @Test
  void noBlobIsUnreadableMeanwhile() throws Exception {
    try (TestNetwork network = TestNetwork.of(directory, SHARDS, NODES);
        WalrusClient client = network.walrus(TransferSettings.defaults());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < BLOBS_BEFORE; i++) {
        store(client);
      }
      List<Future<Integer>> load = new ArrayList<>();
      try {
        for (int i = 0; i < WRITERS; i++) {
          load.add(threads.submit(() -> storeOn(client)));
        }
        for (int i = 0; i < READERS; i++) {
          long seed = i;
          load.add(threads.submit(() -> readOn(client, seed)));
        }
        int readMeanwhile = 0;
        for (int round = 0; round < ROUNDS; round++) {
          moveShards(network, round);
          // This thread reads everything in the order in which it was stored, from the moment on
          // in which the shards have new owners.
          for (BlobId id : stored()) {
            boolean isMoving = network.ledger.system().phase() instanceof EpochPhase.Sync;
            read(client, id);
            readMeanwhile += isMoving ? 1 : 0;
          }
          network.awaitSync();
          assertInstanceOf(EpochPhase.Done.class, network.ledger.system().phase());
        }
        assertTrue(readMeanwhile > 0, "no shard was under way when blobs were read");
      } finally {
        isOver.set(true);
      }
      for (Future<Integer> each : load) {
        assertTrue(each.get() > 0);
      }
      for (BlobId id : stored()) {
        read(client, id);
      }
      assertEquals(network.ledger.supply().initial(), network.ledger.supply().sum());
    }
  }

  /**
   * Stakes so much with one half of the nodes that it gets all shards: half of them at first, then
   * each time all of them change hands.
   */
  private static void moveShards(TestNetwork network, int round) throws Exception {
    List<Member> rich = network.members.subList(round % 2 * 3, round % 2 * 3 + 3);
    int before = shards(network, rich);
    Frost stake = Frost.of(20_000_000L * (long) Math.pow(10, round));
    for (Member member : rich) {
      network.writer.execute(Calls.stake(stake, member.id));
    }
    network.beginEpoch();
    assertEquals(round == 0 ? SHARDS / 2 : 0, before);
    assertEquals(SHARDS, shards(network, rich));
  }

  private static int shards(TestNetwork network, List<Member> members) {
    return members.stream().mapToInt(member -> network.shards(member).size()).sum();
  }

  private List<BlobId> stored() {
    synchronized (order) {
      return List.copyOf(order);
    }
  }

  private void store(WalrusClient client) throws Exception {
    int seed = seeds.incrementAndGet();
    byte[] blob = TestNetwork.bytes(1 + seed * 7919 % 20_000, seed);
    BlobId id = client.store(blob, OPTIONS).blobId();
    certified.put(id, blob);
    synchronized (order) {
      order.add(id);
    }
  }

  private int storeOn(WalrusClient client) throws Exception {
    int stored = 0;
    while (!isOver.get()) {
      store(client);
      stored++;
    }
    return stored;
  }

  private int readOn(WalrusClient client, long seed) throws Exception {
    Random random = new Random(seed);
    int read = 0;
    while (!isOver.get()) {
      List<BlobId> all = stored();
      read(client, all.get(random.nextInt(all.size())));
      read++;
    }
    return read;
  }

  private void read(WalrusClient client, BlobId id) throws Exception {
    assertArrayEquals(certified.get(id), client.read(id));
  }
}
