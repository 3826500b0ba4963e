package io.redstuff.network.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.RetryPolicy;
import io.redstuff.client.SpreadReport.NodeOutcome;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.StoreResult;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.message.BlobPersistence;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.node.testing.TestNetwork;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One node has no room: blobs are certified by the others, it refuses and signs nothing, gives out
 * what it has, and gets what it lacks when there is room again.
 *
 * <p>Its data are on a small tmpfs, in a mount namespace of the network's process, which ends with
 * it; a file beside them takes all room. Where the system allows no tmpfs this is skipped and says
 * so.
 */
class DiskFullTest {
  private static final int NODES = 4;
  private static final int SHARDS = 10;
  private static final int LENGTH = 400_000;
  private static final String FULL = "node-1";
  private static final StoreOptions OPTIONS = new StoreOptions(5, false);
  private static final TransferSettings SETTINGS =
      TransferSettings.defaults()
          .with(new RetryPolicy(3, Duration.ofMillis(20), Duration.ofMillis(100)));

  /** Becomes root of a namespace of its own, as root or not. */
  private static final String UNSHARE =
      "unshare --mount $([ $(id -u) = 0 ] || echo --map-root-user) ";

  @TempDir private Path directory;

  @Test
  void theOthersCertifyAndItHealsLater() throws Exception {
    NetworkHome home = new NetworkHome(directory.resolve("net"));
    NetworkProcess.Plan plan =
        new NetworkProcess.Plan(home, LocalNetwork.Mode.ONE_JVM, NODES, SHARDS);
    try (NetworkProcess founding = NetworkProcess.start(plan.command())) {
      founding.stop();
    }
    Path data = home.node(FULL).data().toAbsolutePath();
    String mount = "mount -t tmpfs -o size=6m small " + data;
    assumeTrue(
        new ProcessBuilder("sh", "-c", UNSHARE + "sh -c '" + mount + "'").start().waitFor() == 0,
        "no tmpfs can be mounted here");
    List<String> command = new ArrayList<>(List.of("sh", "-c"));
    command.add("exec " + UNSHARE + "sh -c '" + mount + " && exec \"$@\"' sh \"$@\"");
    command.add("sh");
    command.addAll(plan.command());
    try (NetworkProcess network = NetworkProcess.start(command);
        RunningNetwork running = RunningNetwork.of(home);
        WalrusClient client = running.client(SETTINGS)) {
      BlobId before = client.store(TestNetwork.bytes(LENGTH, 1), OPTIONS).blobId();
      running.awaitAllSlivers(before);
      Path filler = Path.of("/proc/" + network.pid() + "/root" + data + "/filler");
      fill(filler);

      byte[] blob = TestNetwork.bytes(LENGTH, 2);
      StoreResult stored = client.store(blob, OPTIONS);
      BlobId id = stored.blobId();
      int full = running.position(home, FULL);
      List<NodeOutcome> outcomes = stored.rest().join().nodes();
      for (int i = 0; i < NODES; i++) {
        assertEquals(i == full, outcomes.get(i).failure().isPresent(), "node " + i);
      }
      assertFalse(stored.certificate().certificate().signers().contains(full));
      refuses(running, full, blob);
      assertArrayEquals(blob, client.read(id));
      // It lives, and confirms and gives out what it has.
      StorageNodeClient node = running.node(full);
      node.confirmation(before, BlobPersistence.PERMANENT, Duration.ZERO);
      node.metadata(before);

      Files.delete(filler);
      running.awaitAllSlivers(id);
      node.confirmation(id, BlobPersistence.PERMANENT, Duration.ZERO);
      assertArrayEquals(blob, client.read(id));
      network.stop();
    }
  }

  /** Takes all room that there is, to the last page. */
  private static void fill(Path filler) throws IOException {
    byte[] page = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler)) {
      assertThrows(
          IOException.class,
          () -> {
            while (true) {
              out.write(page);
            }
          });
    }
  }

  /** It takes no sliver, and does not say that it has them. */
  private static void refuses(RunningNetwork running, int full, byte[] blob) throws Exception {
    StorageNodeClient node = running.node(full);
    try (EncodedBlob encoded = RedStuff.forShards(SHARDS).encode(blob)) {
      BlobId id = encoded.blobId();
      int refused = 0;
      for (SliverPairIndex pair : running.committee().pairs(id, full)) {
        if (!running.hasSliver(id, pair, Axis.PRIMARY)) {
          Sliver sliver = encoded.pair(pair).primary();
          NodeException e =
              assertThrows(
                  NodeException.class,
                  () -> {
                    node.storeMetadata(encoded.metadata(), false);
                    node.storeSliver(id, pair, sliver, false);
                  });
          assertEquals(500, e.httpStatus(), e::getMessage);
          refused++;
        }
      }
      assertTrue(refused > 0);
      NodeException e =
          assertThrows(
              NodeException.class,
              () -> node.confirmation(id, BlobPersistence.PERMANENT, Duration.ZERO));
      assertEquals(NodeException.Kind.REFUSED, e.kind(), e::getMessage);
    }
  }
}
