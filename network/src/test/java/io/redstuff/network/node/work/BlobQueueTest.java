package io.redstuff.network.node.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.client.node.NodeAddress;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.network.ledger.object.NodeInfo;
import io.redstuff.network.node.chain.Changes;
import io.redstuff.network.node.testing.TestNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What fails is tried again, and nothing is worked on twice at a time. */
class BlobQueueTest {
  private static final Duration PATIENCE = TestNetwork.PATIENCE;
  private final Changes progress = new Changes();

  private static BlobId blob(int number) {
    byte[] bytes = new byte[BlobId.BYTES];
    bytes[0] = (byte) number;
    return BlobId.of(bytes);
  }

  private void await(AtomicInteger count, int wanted) throws InterruptedException {
    assertTrue(
        progress
            .await(
                () -> count.get() >= wanted ? Optional.of(count) : Optional.<AtomicInteger>empty(),
                PATIENCE)
            .isPresent());
  }

  @Test
  void whatFailsIsTriedAgain() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    BlobQueue.Task task =
        _ ->
            switch (runs.incrementAndGet()) {
              case 1 -> false;
              case 2 -> throw new IOException("as the test wants it");
              case 3 -> throw new IllegalStateException("as the test wants it");
              default -> true;
            };
    try (BlobQueue queue = new BlobQueue("test", task, TestNetwork.WORK, progress)) {
      queue.add(blob(1));
      await(runs, 4);
    }
    assertEquals(4, runs.get());
  }

  @Test
  void aBlobIsWorkedOnOnceAtATime() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    AtomicInteger together = new AtomicInteger();
    List<Integer> most = new CopyOnWriteArrayList<>();
    BlobQueue.Task task =
        _ -> {
          most.add(together.incrementAndGet());
          begun.countDown();
          go.await();
          together.decrementAndGet();
          runs.incrementAndGet();
          return true;
        };
    BlobQueue closed;
    try (BlobQueue queue = new BlobQueue("test", task, TestNetwork.WORK, progress)) {
      closed = queue;
      queue.add(blob(1));
      begun.await();
      queue.offer(blob(1)); // is being worked on
      queue.add(blob(1)); // something has changed since
      queue.add(blob(1));
      go.countDown();
      await(runs, 2);
    }
    assertEquals(2, runs.get());
    assertEquals(List.of(1, 1), most);
    closed.add(blob(2));
    closed.addLater(blob(2), Duration.ZERO);
    assertEquals(2, runs.get());
  }

  @Test
  void aChangeThatDoesNotComeIsNotWaitedForForever() throws Exception {
    assertFalse(progress.await(Optional::empty, Duration.ofMillis(20)).isPresent());
    assertEquals(0, progress.count());
  }

  @Test
  void settingsArePositive() {
    WorkSettings ok = WorkSettings.DEFAULT;
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new WorkSettings(
                ok.requests(),
                0,
                ok.firstRetry(),
                ok.longestRetry(),
                ok.distrust(),
                ok.scrubEvery(),
                ok.answerBytes()));
  }

  @Test
  void addressesAreAsTheLedgerHasThem() {
    NodeInfo plain =
        new NodeInfo(
            "a",
            "http://127.0.0.1:9185",
            PublicKeyBytes.of(new byte[48]),
            Optional.empty(),
            "00".repeat(33));
    assertEquals(NodeAddress.of("http://127.0.0.1:9185"), Peers.address(plain));
    NodeAddress secure = Peers.address(plain.withNetworkAddress("example.org:9185"));
    assertEquals("https://example.org:9185", secure.toString());
    assertTrue(secure.pin().isPresent());
    NodeInfo none = plain.withNetworkAddress("no address at all");
    assertThrows(IllegalArgumentException.class, () -> Peers.address(none));
  }
}
