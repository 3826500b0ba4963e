package io.redstuff.network.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.SliverPairIndex;
import io.redstuff.audit.AuditVerdict;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.StoreResult;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.api.StoredStatus;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.node.NodeConnections;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.RequestLimits;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.network.audit.NodeAuditor;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.registry.LedgerRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A blob is stored, nodes lose all they have, and nothing is lost: what the page shows. */
class RoundTripTest {
  private static final int SHARDS = 20;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path directory;

  @Test
  void lostSliversComeBack() throws Exception {
    NetworkHome home = new NetworkHome(directory.resolve("net"));
    byte[] blob = new byte[300_000];
    new Random(7).nextBytes(blob);
    BlobId id;
    NetworkPlan plan = NetworkPlan.DEFAULT.ofSize(10, SHARDS);
    try (LocalNetwork network = LocalNetwork.open(home, plan, LocalNetwork.Mode.ONE_JVM);
        WalrusClient client = WalrusClient.of(registry(network), TransferSettings.defaults())) {
      StoreResult stored = client.store(blob, new StoreOptions(5, false));
      id = stored.blobId();
      assertEquals(SHARDS, stored.rest().get().confirmedWeight());
      assertEquals(BlobStanding.CERTIFIED, client.standing(id));
      List<String> lost = List.of("node-1", "node-4", "node-7");
      for (String node : lost) {
        network.stopNode(node, true);
      }
      assertArrayEquals(blob, client.read(id));
      for (String node : lost) {
        network.startNode(node);
      }
      awaitAllSlivers(client.committee(), id);
      audit(client.committee(), id);
    }
    // All of it is there after a restart, and moves on with the epoch.
    try (LocalNetwork network = LocalNetwork.open(home, plan, LocalNetwork.Mode.ONE_JVM);
        WalrusClient client = WalrusClient.of(registry(network), TransferSettings.defaults())) {
      assertArrayEquals(blob, client.read(id));
      assertEquals(2, network.nextEpoch(PATIENCE).epoch());
      assertArrayEquals(blob, client.read(id));
      assertTrue(network.corruptNode("node-2", 1) <= 1);
      assertArrayEquals(blob, client.read(id));
    }
  }

  private static LedgerRegistry registry(LocalNetwork network) throws Exception {
    AccountSession client =
        new AccountSession(network.ledger(), AccountKeyFile.read(network.home().clientKey()));
    return new LedgerRegistry(network.ledger(), client, BlsEngine.preferred());
  }

  /** Waits until every node says that it has every sliver of its shards. */
  private static void awaitAllSlivers(NetworkCommittee committee, BlobId id) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try (NodeConnections connections = NodeConnections.open(RequestLimits.DEFAULT)) {
      for (int pair = 0; pair < SHARDS; pair++) {
        SliverPairIndex index = SliverPairIndex.of(pair);
        StorageNodeClient node =
            connections.client(
                committee.addresses().get(committee.owner(id, index)), committee.parameters());
        for (Axis axis : Axis.values()) {
          while (!hasSliver(node, id, index, axis)) {
            assertFalse(System.nanoTime() - deadline > 0, "sliver " + axis + " " + pair);
            Thread.sleep(50);
          }
        }
      }
    }
  }

  private static boolean hasSliver(
      StorageNodeClient node, BlobId id, SliverPairIndex pair, Axis axis)
      throws NodeException, InterruptedException {
    return node.sliverStatus(id, pair, axis) == StoredStatus.STORED;
  }

  private static void audit(NetworkCommittee committee, BlobId id) throws Exception {
    try (NodeAuditor auditor = new NodeAuditor(BlsEngine.preferred(), PATIENCE)) {
      for (int i = 0; i < committee.addresses().size(); i++) {
        AuditVerdict verdict = auditor.audit(committee, i, new TreeSet<>(List.of(id)), 40);
        assertEquals(40, verdict.answers(), verdict::toString);
      }
    }
  }
}
