package io.redstuff.junit;

import io.redstuff.client.WalrusClient;
import io.redstuff.front.FrontDoor;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkDescription;
import io.redstuff.network.local.NoSuchNodeException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * The network that a test runs with: its nodes can be stopped, killed, spoilt and started again.
 * Nodes are called {@code node-0}, {@code node-1} and so on. Blobs are safe while nodes with less
 * than a third of the shards have lost something. What one test has broken the next one finds
 * broken if they share the network. Thread-safe.
 *
 * @since 0.1.0
 */
public final class RunningNetwork {
  /** A busy machine may take this long for what is done in a second. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final LocalNetwork network;
  private final FrontDoor door;

  RunningNetwork(LocalNetwork network, FrontDoor door) {
    this.network = network;
    this.door = door;
  }

  /** {@return where publisher and aggregator answer: {@code http://127.0.0.1:PORT}} */
  public URI address() {
    return door.address();
  }

  /** {@return a client of the network, which has an account with WAL; not to be closed} */
  public WalrusClient client() {
    return door.client();
  }

  /** {@return the network itself, for all that this class does not have; not to be closed} */
  public LocalNetwork network() {
    return network;
  }

  /** {@return the names of all nodes, whether they run or not} */
  public List<String> nodes() {
    return network.description().nodes().stream().map(NetworkDescription.Node::name).toList();
  }

  /**
   * {@return the names of the nodes that run}
   *
   * @throws IOException if that cannot be found out
   */
  public List<String> runningNodes() throws IOException {
    List<String> running = new ArrayList<>();
    for (String node : nodes()) {
      if (network.isRunning(node)) {
        running.add(node);
      }
    }
    return running;
  }

  /**
   * Stops some nodes, the first of those that run.
   *
   * @param count how many
   * @return their names
   * @throws IOException if one cannot be stopped
   * @throws InterruptedException if the thread was interrupted
   * @throws IllegalArgumentException if there are not so many
   */
  public List<String> stop(int count) throws IOException, InterruptedException {
    List<String> running = runningNodes();
    if (count < 1 || count > running.size()) {
      throw new IllegalArgumentException(
          "nodes to stop: got " + count + ", expected 1 to " + running.size());
    }
    List<String> stopped = running.subList(0, count);
    stop(stopped.toArray(String[]::new));
    return List.copyOf(stopped);
  }

  /**
   * Stops nodes, in order.
   *
   * @param nodes their names
   * @throws NoSuchNodeException if there is none of a name
   * @throws IOException if one cannot be stopped
   * @throws InterruptedException if the thread was interrupted
   */
  public void stop(String... nodes) throws IOException, InterruptedException {
    for (String node : nodes) {
      network.stopNode(node, false);
    }
  }

  /**
   * Ends nodes in the middle of whatever they do.
   *
   * @param nodes their names
   * @throws NoSuchNodeException if there is none of a name
   * @throws IOException if one cannot be ended
   * @throws InterruptedException if the thread was interrupted
   */
  public void kill(String... nodes) throws IOException, InterruptedException {
    for (String node : nodes) {
      network.killNode(node);
    }
  }

  /**
   * Starts nodes, and waits until they serve. They heal by themselves what they have missed.
   *
   * @param nodes their names
   * @throws NoSuchNodeException if there is none of a name
   * @throws IOException if one does not start
   * @throws InterruptedException if the thread was interrupted
   */
  public void start(String... nodes) throws IOException, InterruptedException {
    for (String node : nodes) {
      network.startNode(node);
    }
  }

  /**
   * Starts all nodes that do not run.
   *
   * @throws IOException if one does not start
   * @throws InterruptedException if the thread was interrupted
   */
  public void startAll() throws IOException, InterruptedException {
    start(nodes().toArray(String[]::new));
  }

  /**
   * Takes all from nodes that they store, as if they had new disks. Those that run are stopped for
   * that and started again, and heal then.
   *
   * @param nodes their names
   * @throws NoSuchNodeException if there is none of a name
   * @throws IOException if data cannot be deleted, or a node does not start again
   * @throws InterruptedException if the thread was interrupted
   */
  public void deleteData(String... nodes) throws IOException, InterruptedException {
    for (String node : nodes) {
      boolean ran = network.isRunning(node);
      network.stopNode(node, true);
      if (ran) {
        network.startNode(node);
      }
    }
  }

  /**
   * Changes a bit in each of some slivers that a node stores, as a bad disk does. A node that runs
   * is stopped for that and started again.
   *
   * @param node its name
   * @param slivers how many slivers at most
   * @return how many were changed; fewer if it has no more
   * @throws NoSuchNodeException if there is none of that name
   * @throws IOException if its data cannot be changed
   * @throws InterruptedException if the thread was interrupted
   */
  public int corrupt(String node, int slivers) throws IOException, InterruptedException {
    return network.corruptNode(node, slivers);
  }

  /**
   * Ends the epoch, begins the next, and waits until the nodes have the data of their shards.
   *
   * @return the epoch that has begun
   * @throws LedgerException if the epoch cannot end yet
   * @throws TimeoutException if the nodes do not get their data in five minutes
   * @throws InterruptedException if the thread was interrupted
   */
  public long nextEpoch() throws LedgerException, TimeoutException, InterruptedException {
    SystemState system = network.nextEpoch(PATIENCE);
    if (system.phase() instanceof EpochPhase.Sync) {
      throw new TimeoutException(
          "epoch %s: nodes of two thirds of the shards had no data of theirs in %s minutes"
              .formatted(system.epoch(), PATIENCE.toMinutes()));
    }
    return system.epoch();
  }

  /**
   * Has all nodes that run look through what they store, and waits until each has all that it owes.
   *
   * @throws IOException if one cannot read what it stores
   * @throws TimeoutException if one has not got it in five minutes
   * @throws InterruptedException if the thread was interrupted
   */
  public void awaitHealed() throws IOException, TimeoutException, InterruptedException {
    for (String node : nodes()) {
      if (!network.awaitWhole(node, PATIENCE)) {
        throw new TimeoutException(
            "%s: did not have all that it owes in %s minutes"
                .formatted(node, PATIENCE.toMinutes()));
      }
    }
  }

  /** {@return where it is} */
  @Override
  public String toString() {
    return "network at " + address();
  }
}
