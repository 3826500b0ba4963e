package io.redstuff.network.local;

import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.error.MalformedDataException;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.local.LocalLedger;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.remote.LedgerServer;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A whole network on this machine: a ledger, nodes that hold slivers, and addresses on the loopback
 * interface by which commands and clients reach them. What it has is in a directory, and is there
 * again when the network is opened the next time, whatever ended it.
 *
 * <p>All keys are in that directory; so is most of the stake, in one account. It is for tests, and
 * trusts whoever may read its files. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LocalNetwork implements AutoCloseable {
  private final NetworkHome home;
  private final LocalLedger ledger;
  private final LedgerServer ledgerServer;
  private final Map<String, NodeRunner> runners = new LinkedHashMap<>();
  private final AccountSession treasury;
  private ControlServer control;

  private LocalNetwork(
      NetworkHome home, LocalLedger ledger, LedgerServer ledgerServer, AccountSession treasury) {
    this.home = home;
    this.ledger = ledger;
    this.ledgerServer = ledgerServer;
    this.treasury = treasury;
  }

  /** Where nodes run. */
  public enum Mode {
    /** In this process. */
    ONE_JVM,
    /** Each in a process of its own, which ends when this one does. */
    PROCESSES
  }

  /**
   * Opens the network of a directory, and founds it first if there is none. Returns when all nodes
   * serve and the epoch has begun.
   *
   * @param home the directory
   * @param plan what it is founded with, if it has to be
   * @param mode where the nodes run
   * @return the running network, which forces to the disk what it keeps
   * @throws IOException if the directory is of something else or used by another process, or a part
   *     of the network does not start
   * @throws InterruptedException if the thread was interrupted; nothing runs then
   */
  public static LocalNetwork open(NetworkHome home, NetworkPlan plan, Mode mode)
      throws IOException, InterruptedException {
    return open(home, plan, mode, Durability.FORCED);
  }

  /**
   * Opens the network of a directory, and founds it first if there is none. Returns when all nodes
   * serve and the epoch has begun.
   *
   * @param home the directory
   * @param plan what it is founded with, if it has to be
   * @param mode where the nodes run
   * @param durability whether ledger and nodes force to the disk what they keep; if not it is there
   *     after the end of a process, however that came, but not after a loss of power
   * @return the running network
   * @throws IOException if the directory is of something else or used by another process, or a part
   *     of the network does not start
   * @throws InterruptedException if the thread was interrupted; nothing runs then
   */
  public static LocalNetwork open(
      NetworkHome home, NetworkPlan plan, Mode mode, Durability durability)
      throws IOException, InterruptedException {
    Rehearsal.begin();
    BlsEngine engine = BlsEngine.preferred();
    InstantSource clock = InstantSource.system();
    if (isVacant(home)) {
      new Founding(plan, durability, clock, engine).found(home);
    }
    LocalLedger ledger = LocalLedger.open(home.ledger(), durability, clock, engine);
    LedgerServer server = null;
    LocalNetwork network = null;
    try {
      server = LedgerServer.start(ledger, 0);
      AccountSession treasury = new AccountSession(ledger, AccountKeyFile.read(home.treasuryKey()));
      network = new LocalNetwork(home, ledger, server, treasury);
      network.start(mode, durability);
      return network;
    } catch (MalformedDataException e) {
      throw new IOException(home.treasuryKey() + ": " + e.getMessage(), e);
    } finally {
      if (network == null || network.control == null) {
        closeAll(network == null ? List.of() : network.runners.values(), server, ledger);
      }
    }
  }

  private static boolean isVacant(NetworkHome home) throws IOException {
    if (!Files.exists(home.directory())) {
      Files.createDirectories(home.directory().toAbsolutePath().getParent());
      return true;
    }
    try (Stream<Path> files = Files.list(home.directory())) {
      return files.findAny().isEmpty();
    }
  }

  private void start(Mode mode, Durability durability) throws IOException, InterruptedException {
    NodeStarter starter =
        switch (mode) {
          case ONE_JVM -> node -> new NodeInThisJvm(node, ledger, durability);
          case PROCESSES -> node -> new NodeProcess(node, ledgerServer.address(), durability);
        };
    ledger.nodes().stream()
        .map(node -> node.info().name())
        .sorted(NAMES)
        .forEach(name -> runners.put(name, starter.runner(home.node(name))));
    Together.all(runners.values().stream().map(LocalNetwork::starting).toList());
    awaitEpoch(Duration.ofSeconds(30));
    ControlServer server = ControlServer.start(this);
    try {
      description(server.address()).write(home.description());
      control = server;
    } finally {
      if (control == null) {
        server.close();
      }
    }
  }

  private static Callable<Void> starting(NodeRunner runner) {
    return () -> {
      runner.start();
      return null;
    };
  }

  /** Waits until two thirds have the data of the epoch; returns whether they have. */
  private boolean awaitEpoch(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    long seen = 0;
    while (ledger.system().phase() instanceof EpochPhase.Sync) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      List<?> news = ledger.events(seen, 1000);
      seen += news.size();
      if (news.isEmpty()) {
        ledger.awaitEvent(seen, Duration.ofNanos(left));
      }
    }
    return true;
  }

  private NetworkDescription description(URI controlAddress) {
    List<NetworkDescription.Node> nodes =
        ledger.nodes().stream()
            .map(
                node ->
                    new NetworkDescription.Node(
                        node.info().name(),
                        node.id().toString(),
                        URI.create(node.info().networkAddress()),
                        node.info().publicKey().toString()))
            .sorted(Comparator.comparing(NetworkDescription.Node::name, NAMES))
            .toList();
    return new NetworkDescription(
        NetworkDescription.VERSION,
        ledger.chainId().toString(),
        ledger.system().shards(),
        ledgerServer.address(),
        controlAddress,
        nodes,
        Optional.empty());
  }

  /** Puts node-2 before node-10. */
  static final Comparator<String> NAMES =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  /** {@return where its parts are found} */
  public NetworkDescription description() {
    return description(control.address());
  }

  /** {@return where it keeps what it has} */
  public NetworkHome home() {
    return home;
  }

  /** {@return its ledger} */
  public Ledger ledger() {
    return ledger;
  }

  private NodeRunner runner(String node) throws NoSuchNodeException {
    NodeRunner runner = runners.get(node);
    if (runner == null) {
      throw new NoSuchNodeException(node, runners.keySet());
    }
    return runner;
  }

  /**
   * Returns whether a node runs.
   *
   * @param node its name
   * @return true if it was started and has not ended since, as far as is known
   * @throws NoSuchNodeException if there is none of that name
   */
  public boolean isRunning(String node) throws NoSuchNodeException {
    NodeRunner runner = runner(node);
    synchronized (runner) {
      return runner.isRunning();
    }
  }

  /**
   * Starts a node, and waits until it serves. Nothing is done if it runs.
   *
   * @param node its name
   * @throws NoSuchNodeException if there is none of that name
   * @throws IOException if it does not start
   * @throws InterruptedException if the thread was interrupted
   */
  public void startNode(String node) throws IOException, InterruptedException {
    NodeRunner runner = runner(node);
    synchronized (runner) {
      if (!runner.isRunning()) {
        runner.start();
      }
    }
  }

  /**
   * Stops a node. Nothing is done if it does not run.
   *
   * @param node its name
   * @param deleteData whether to delete all that it stores, too
   * @throws NoSuchNodeException if there is none of that name
   * @throws IOException if it cannot be stopped, or its data not deleted
   * @throws InterruptedException if the thread was interrupted
   */
  public void stopNode(String node, boolean deleteData) throws IOException, InterruptedException {
    NodeRunner runner = runner(node);
    synchronized (runner) {
      runner.stop();
      if (deleteData) {
        DirectoryTree.delete(home.node(node).data());
      }
    }
  }

  /**
   * Ends a node in the middle of whatever it does. In one process that is not quite what {@code
   * kill -9} does to a process of its own.
   *
   * @param node its name
   * @throws NoSuchNodeException if there is none of that name
   * @throws IOException if it cannot be ended
   * @throws InterruptedException if the thread was interrupted
   */
  public void killNode(String node) throws IOException, InterruptedException {
    NodeRunner runner = runner(node);
    synchronized (runner) {
      runner.kill();
    }
  }

  /**
   * Changes bytes of slivers that a node stores, as a bad disk does. The node is stopped for that,
   * and started again if it ran.
   *
   * @param node its name
   * @param slivers how many slivers at most
   * @return how many were changed; fewer if it has no more
   * @throws NoSuchNodeException if there is none of that name
   * @throws IOException if its data cannot be changed
   * @throws InterruptedException if the thread was interrupted
   */
  public int corruptNode(String node, int slivers) throws IOException, InterruptedException {
    NodeRunner runner = runner(node);
    synchronized (runner) {
      boolean ran = runner.isRunning();
      runner.stop();
      int changed = StoredSliverDamage.damage(home.node(node), slivers);
      if (ran) {
        runner.start();
      }
      return changed;
    }
  }

  /**
   * Has a node look through all that it stores, and waits until it has all that it owes. What is
   * spoilt it finds, and heals.
   *
   * @param node its name
   * @param patience how long to wait
   * @return whether it has all; true if it does not run
   * @throws NoSuchNodeException if there is none of that name
   * @throws IOException if it cannot read what it stores
   * @throws InterruptedException if the thread was interrupted
   */
  public boolean awaitWhole(String node, Duration patience)
      throws IOException, InterruptedException {
    NodeRunner runner = runner(node);
    synchronized (runner) {
      return runner.awaitWhole(patience);
    }
  }

  /**
   * Ends the epoch, begins the next and waits until nodes of two thirds of the shards have their
   * data.
   *
   * @param patience how long to wait for them
   * @return what holds then; its phase says whether they have their data
   * @throws LedgerException if the epoch cannot end yet
   * @throws InterruptedException if the thread was interrupted
   */
  public SystemState nextEpoch(Duration patience) throws LedgerException, InterruptedException {
    treasury.execute(Calls.votingEnd(), Calls.initiateEpochChange());
    awaitEpoch(patience);
    return ledger.system();
  }

  /** Stops everything; what is stored stays. */
  @Override
  public void close() {
    control.close();
    closeAll(runners.values(), ledgerServer, ledger);
    try {
      Files.deleteIfExists(home.description());
    } catch (IOException _) {
      // It names addresses at which nobody answers, which is found out.
    }
  }

  private static void closeAll(
      Collection<NodeRunner> runners, LedgerServer server, LocalLedger ledger) {
    List<Callable<Void>> closing = new ArrayList<>();
    for (NodeRunner runner : runners) {
      closing.add(
          () -> {
            synchronized (runner) {
              runner.close();
            }
            return null;
          });
    }
    try {
      Together.all(closing);
    } catch (IOException e) {
      System.getLogger(LocalNetwork.class.getName())
          .log(System.Logger.Level.WARNING, "a node did not stop as it should", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    if (server != null) {
      server.close();
    }
    ledger.close();
  }
}
