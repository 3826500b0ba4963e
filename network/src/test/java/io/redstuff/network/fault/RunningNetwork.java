package io.redstuff.network.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.SliverPairIndex;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.api.StoredStatus;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.node.NodeConnections;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.RequestLimits;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.error.RedStuffException;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.remote.RemoteLedger;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.local.NetworkDescription;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.registry.LedgerRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** A network that other processes run, as a client sees it. */
final class RunningNetwork implements AutoCloseable {
  /** A node tries again after half a minute at most; the machine may be busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final int POLL_MILLIS = 20;

  private final RemoteLedger ledger;
  private final LedgerRegistry registry;
  private final NodeConnections connections = NodeConnections.open(RequestLimits.DEFAULT);

  private RunningNetwork(RemoteLedger ledger, LedgerRegistry registry) {
    this.ledger = ledger;
    this.registry = registry;
  }

  static RunningNetwork of(NetworkHome home) throws IOException {
    try {
      RemoteLedger ledger =
          RemoteLedger.connect(
              NetworkDescription.read(home.description()).ledger(), Duration.ofSeconds(10));
      AccountSession account = new AccountSession(ledger, AccountKeyFile.read(home.clientKey()));
      return new RunningNetwork(ledger, new LedgerRegistry(ledger, account, BlsEngine.preferred()));
    } catch (RedStuffException e) {
      throw new IOException(e);
    }
  }

  Ledger ledger() {
    return ledger;
  }

  WalrusClient client() throws IOException, InterruptedException {
    return client(TransferSettings.defaults());
  }

  WalrusClient client(TransferSettings settings) throws IOException, InterruptedException {
    return WalrusClient.of(registry, settings);
  }

  NetworkCommittee committee() throws IOException {
    return registry.committee();
  }

  /** Returns a client of the node at a position of the committee. */
  StorageNodeClient node(int position) throws IOException {
    NetworkCommittee committee = committee();
    return connections.client(committee.addresses().get(position), committee.parameters());
  }

  /** Returns the position of a node in the committee. */
  int position(NetworkHome home, String name) throws IOException {
    try {
      String id =
          NetworkDescription.read(home.description()).nodes().stream()
              .filter(node -> node.name().equals(name))
              .map(NetworkDescription.Node::id)
              .findFirst()
              .orElseThrow();
      List<String> members =
          committee().committee().members().stream()
              .map(member -> member.nodeId().toString())
              .toList();
      return members.indexOf(id);
    } catch (RedStuffException e) {
      throw new IOException(e);
    }
  }

  /** Returns whether the node that should have a sliver says that it has. */
  boolean hasSliver(BlobId id, SliverPairIndex pair, Axis axis)
      throws IOException, InterruptedException {
    return hasSliver(committee(), id, pair, axis);
  }

  private boolean hasSliver(NetworkCommittee committee, BlobId id, SliverPairIndex pair, Axis axis)
      throws IOException, InterruptedException {
    StorageNodeClient node =
        connections.client(
            committee.addresses().get(committee.owner(id, pair)), committee.parameters());
    try {
      return node.sliverStatus(id, pair, axis) == StoredStatus.STORED;
    } catch (NodeException e) {
      if (e.kind() == NodeException.Kind.UNREACHABLE) {
        return false;
      }
      throw e;
    }
  }

  /** Waits until every sliver of a blob is where it should be. */
  void awaitAllSlivers(BlobId id) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    NetworkCommittee committee = committee();
    int shards = committee.parameters().shards();
    for (int pair = 0; pair < shards; pair++) {
      for (Axis axis : Axis.values()) {
        while (!hasSliver(committee, id, SliverPairIndex.of(pair), axis)) {
          assertTrue(System.nanoTime() < deadline, id + ": no " + axis + " sliver " + pair);
          Thread.sleep(POLL_MILLIS);
        }
      }
    }
  }

  @Override
  public void close() {
    connections.close();
    ledger.close();
  }
}
