package io.redstuff.junit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.redstuff.BlobId;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.WalrusClient;
import java.util.Random;
import org.junit.jupiter.api.Test;

@WalrusNetwork(nodes = 4, shards = 10)
class BackupTest {
  @Test
  void survivesANodeThatLosesAll(WalrusClient walrus, RunningNetwork network) throws Exception {
    byte[] backup = new byte[100_000];
    new Random(1).nextBytes(backup);
    BlobId id = walrus.store(backup, new StoreOptions(5, false)).blobId();

    network.stop("node-2");
    assertArrayEquals(backup, walrus.read(id));

    network.start("node-2");
    network.deleteData("node-1");
    network.awaitHealed();
    network.stop("node-3");
    assertArrayEquals(backup, walrus.read(id));
  }
}
