package io.redstuff.network.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.SliverPairIndex;
import io.redstuff.audit.AuditVerdict;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.SpreadReport.NodeOutcome;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.StoreResult;
import io.redstuff.client.TransferMonitor;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.codec.RedStuff;
import io.redstuff.network.audit.NodeAuditor;
import io.redstuff.network.local.ControlClient;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.node.testing.TestNetwork;
import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes are processes, and as many as may fail are killed (SIGKILL) while they are being given
 * slivers: the blob is certified and read all the same, and they have all of it when they are back.
 * How many says the property {@code redstuff.faults}; of nodes there are three times as many and
 * one.
 */
class KilledNodesTest {
  private static final int FAULTS = Integer.getInteger("redstuff.faults", 1);
  private static final int NODES = 3 * FAULTS + 1;

  /** So many that none has got all of its slivers in the moment when it is seen to have one. */
  private static final int SHARDS = 10 * NODES;

  private static final TransferSettings ONE_REQUEST_FOR_EACH_NODE = settings();

  private static final List<String> KILLED =
      IntStream.rangeClosed(1, FAULTS).mapToObj(node -> "node-" + node).toList();

  @TempDir private Path directory;

  private static TransferSettings settings() {
    TransferSettings usual = TransferSettings.defaults();
    return new TransferSettings(
        usual.workspace(), usual.limits(), usual.retries(), NODES, 1, usual.hedge());
  }

  /** Kills nodes as soon as each of them has something of a blob, but not all. */
  private static final class Killer implements TransferMonitor {
    private final NetworkHome home;
    private final RunningNetwork running;
    private final ControlClient control;
    private final BlobId id;
    private final List<String> alive = new ArrayList<>(KILLED);

    Killer(NetworkHome home, RunningNetwork running, ControlClient control, BlobId id) {
      this.home = home;
      this.running = running;
      this.control = control;
      this.id = id;
    }

    @Override
    public void progress(Stage stage, long done, long total) {
      if (stage != Stage.SPREAD) {
        return;
      }
      try {
        while (!alive.isEmpty()) {
          String node = alive.getFirst();
          SliverPairIndex first =
              running.committee().pairs(id, running.position(home, node)).getFirst();
          while (!running.hasSliver(id, first, Axis.PRIMARY)) {
            Thread.onSpinWait();
          }
          control.kill(node);
          alive.removeFirst();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  @Test
  void theWriteIsCertifiedAndTheyHeal() throws Exception {
    NetworkHome home = new NetworkHome(directory.resolve("net"));
    byte[] blob = TestNetwork.bytes(4_000_000, 1);
    BlobId id = RedStuff.forShards(SHARDS).blobId(blob);
    NetworkProcess.Plan plan =
        new NetworkProcess.Plan(home, LocalNetwork.Mode.PROCESSES, NODES, SHARDS);
    try (NetworkProcess network = NetworkProcess.start(plan.command());
        ControlClient control = ControlClient.of(home);
        RunningNetwork running = RunningNetwork.of(home)) {
      try (WalrusClient client = running.client(ONE_REQUEST_FOR_EACH_NODE)) {
        Killer killer = new Killer(home, running, control, id);
        StoreResult stored =
            client.store(
                BlobSource.of(MemorySegment.ofArray(blob)), new StoreOptions(5, false), killer);
        assertEquals(id, stored.blobId());
        // They were in the midst of it.
        List<NodeOutcome> outcomes = stored.rest().get().nodes();
        for (String node : KILLED) {
          assertTrue(outcomes.get(running.position(home, node)).failure().isPresent(), node);
        }
      }
      for (String node : KILLED) {
        assertFalse(control.running().get(node));
      }
      try (WalrusClient client = running.client()) {
        assertArrayEquals(blob, client.read(id));
      }
      for (String node : KILLED) {
        control.start(node);
      }
      running.awaitAllSlivers(id);
      audit(running.committee(), id);
      network.stop();
    }
  }

  private static void audit(NetworkCommittee committee, BlobId id) throws Exception {
    try (NodeAuditor auditor = new NodeAuditor(BlsEngine.preferred(), TestNetwork.PATIENCE)) {
      for (int i = 0; i < NODES; i++) {
        AuditVerdict verdict = auditor.audit(committee, i, new TreeSet<>(List.of(id)), 40);
        assertEquals(40, verdict.answers(), verdict::toString);
      }
    }
  }
}
