package io.redstuff.network.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.BlobId;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.network.node.testing.TestNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many blobs are stored at the same time, each by a thread of its own, and all come back. How many
 * says the property {@code redstuff.stores}.
 */
class ManyStoresTest {
  private static final int STORES = Integer.getInteger("redstuff.stores", 100);
  private static final int LONGEST = 3000;

  @TempDir private Path directory;

  private static byte[] blob(int number) {
    return TestNetwork.bytes(1 + number * 7919 % LONGEST, number);
  }

  @Test
  void allAreCertifiedAndReadBack() throws Exception {
    try (TestNetwork network = TestNetwork.of(directory, 10, 4);
        WalrusClient client = network.walrus(TransferSettings.defaults());
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<BlobId>> stores = new ArrayList<>();
      for (int i = 0; i < STORES; i++) {
        byte[] blob = blob(i);
        stores.add(() -> client.store(blob, new StoreOptions(3, false)).blobId());
      }
      long began = System.nanoTime();
      List<BlobId> stored = all(threads, stores);
      long between = System.nanoTime();
      List<Callable<byte[]>> reads = new ArrayList<>();
      for (BlobId id : stored) {
        assertEquals(BlobStanding.CERTIFIED, client.standing(id));
        reads.add(() -> client.read(id));
      }
      List<byte[]> read = all(threads, reads);
      System.out.printf(
          "%s blobs of 1 to %s bytes: stored together in %.1f s, read together in %.1f s%n",
          STORES, LONGEST, (between - began) / 1e9, (System.nanoTime() - between) / 1e9);
      for (int i = 0; i < STORES; i++) {
        assertArrayEquals(blob(i), read.get(i));
      }
      assertEquals(network.ledger.supply().initial(), network.ledger.supply().sum());
    }
  }

  private static <T> List<T> all(ExecutorService threads, List<Callable<T>> tasks)
      throws Exception {
    List<T> results = new ArrayList<>();
    for (Future<T> done : threads.invokeAll(tasks)) {
      results.add(done.get());
    }
    return results;
  }
}
