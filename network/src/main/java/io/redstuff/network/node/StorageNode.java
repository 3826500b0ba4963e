package io.redstuff.network.node;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.node.chain.ChainView;
import io.redstuff.network.node.chain.EventFollower;
import io.redstuff.network.node.http.NodeServer;
import io.redstuff.network.node.http.Services;
import io.redstuff.network.node.service.Audits;
import io.redstuff.network.node.service.Confirmations;
import io.redstuff.network.node.service.Downloads;
import io.redstuff.network.node.service.Inconsistencies;
import io.redstuff.network.node.service.KeptBlobs;
import io.redstuff.network.node.service.Pending;
import io.redstuff.network.node.service.ShardExport;
import io.redstuff.network.node.service.ShardStates;
import io.redstuff.network.node.service.Statuses;
import io.redstuff.network.node.service.Symbols;
import io.redstuff.network.node.service.Uploads;
import io.redstuff.network.node.storage.NodeStore;
import io.redstuff.network.node.work.Healer;
import io.redstuff.network.node.work.InvalidBlobs;
import io.redstuff.network.node.work.NodeWork;
import io.redstuff.network.node.work.Peers;
import io.redstuff.network.node.work.ScrubReport;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A storage node: keeps the slivers of its shards, serves them, signs for them, and sees to it that
 * it has what the ledger wants it to have.
 *
 * <p>Thread-safe. Close it; all that it has said is durable before that.
 *
 * @since 0.1.0
 */
public final class StorageNode implements AutoCloseable {
  private static final int MOST_SYNC_SLIVERS = 1000;

  private final NodeConfig config;
  private final NodeStore store;
  private final NodeWork work;
  private final EventFollower follower;
  private final NodeServer server;

  /** What to close, the last one first. */
  private final Deque<AutoCloseable> opened;

  private StorageNode(
      NodeConfig config,
      NodeStore store,
      NodeWork work,
      EventFollower follower,
      NodeServer server,
      Deque<AutoCloseable> opened) {
    this.config = config;
    this.store = store;
    this.work = work;
    this.follower = follower;
    this.server = server;
    this.opened = opened;
  }

  /**
   * Starts a node, which goes on where it ended.
   *
   * @param config what it needs
   * @param ledger what it follows; not closed by the node
   * @return the node, which serves requests
   * @throws IOException if its directory is in use or cannot be written to, or its port is taken
   */
  public static StorageNode start(NodeConfig config, Ledger ledger) throws IOException {
    Objects.requireNonNull(ledger, "ledger");
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      return start(config, ledger, opened);
    } catch (IOException | RuntimeException e) {
      try {
        close(opened);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static StorageNode start(NodeConfig config, Ledger ledger, Deque<AutoCloseable> opened)
      throws IOException {
    NodeStore store = opened(opened, NodeStore.open(config.directory(), config.durability()));
    ChainView chain = new ChainView(ledger, config.node());
    AtomicReference<NodeWork> losses = new AtomicReference<>();
    KeptBlobs blobs =
        new KeptBlobs(
            chain,
            store,
            config.signer(),
            blob -> {
              if (losses.get() != null) { // before it works it looks through everything
                losses.get().lost(blob);
              }
            });
    Pending pending = new Pending(blobs, config.pendingBytes(), config.pendingTime());
    ShardStates shards = new ShardStates();
    Peers peers =
        opened(opened, new Peers(ledger, config.node(), chain.parameters(), config.work()));
    Healer healer = new Healer(blobs, peers, config.work());
    InvalidBlobs invalid =
        new InvalidBlobs(blobs, peers, healer, config.account(), config.engine());
    NodeWork work =
        opened(
            opened,
            new NodeWork(
                new NodeWork.Tools(blobs, pending, shards, healer, invalid, peers),
                config.cap(),
                config.account(),
                config.work()));
    losses.set(work);
    EventFollower follower = opened(opened, new EventFollower(chain, store, work));
    Services services =
        new Services(
            new Uploads(blobs, pending),
            new Downloads(blobs, pending),
            new Confirmations(blobs, pending),
            new Symbols(blobs, config.answerBytes()),
            new Inconsistencies(blobs),
            new ShardExport(blobs, config.engine(), MOST_SYNC_SLIVERS, config.work().answerBytes()),
            new Audits(blobs, config.auditChallenges()),
            new Statuses(blobs, shards, follower::next));
    NodeServer server =
        opened(
            opened,
            NodeServer.start(
                config.host(),
                config.port(),
                config.tls(),
                config.limits(),
                services,
                chain.parameters()));
    work.start();
    return new StorageNode(config, store, work, follower, server, opened);
  }

  private static <T extends AutoCloseable> T opened(Deque<AutoCloseable> opened, T one) {
    opened.push(one);
    return one;
  }

  /** {@return who the node is on the ledger} */
  public ObjectId id() {
    return config.node();
  }

  /** {@return where it serves requests: http or https, host and port} */
  public URI address() {
    String scheme = config.tls().isPresent() ? "https" : "http";
    return URI.create("%s://%s:%s".formatted(scheme, config.host(), server.port()));
  }

  /**
   * {@return the address as it is to be registered on the ledger}: {@code HOST:PORT}, with {@code
   * http://} before it for a node without TLS
   */
  public String ledgerAddress() {
    return config.tls().isPresent()
        ? "%s:%s".formatted(config.host(), server.port())
        : address().toString();
  }

  /**
   * Reads and hashes all that the node has. What is bad is thrown away, and healed if it is owed.
   *
   * @return what was found
   * @throws IOException if the store fails
   */
  public ScrubReport scrub() throws IOException {
    return work.scrub();
  }

  /**
   * Waits until the node has all that the ledger wants it to have.
   *
   * @param most how long to wait
   * @return whether it has
   * @throws IOException if the store fails
   * @throws InterruptedException if the thread was interrupted
   */
  public boolean awaitWhole(Duration most) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + most.toNanos();
    return follower.awaitEnd(most)
        && work.awaitWhole(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
  }

  /**
   * Counts the slivers that the node has of a blob.
   *
   * @param blob the blob
   * @return how many there are, of all shards
   * @throws IOException if the store fails
   */
  public int slivers(BlobId blob) throws IOException {
    return store.held(blob).size();
  }

  /**
   * Counts the slivers that the node has.
   *
   * @return how many there are, of all blobs
   * @throws IOException if the store fails
   */
  public long slivers() throws IOException {
    return store.sliverCount();
  }

  /** Stops: no more answers, no more work, and the store is closed. */
  @Override
  public void close() throws IOException {
    close(opened);
  }

  private static void close(Deque<AutoCloseable> opened) throws IOException {
    IOException failure = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) { // each of them declares another one
        IOException cause = new IOException("node: " + e.getMessage(), e);
        if (failure == null) {
          failure = cause;
        } else {
          failure.addSuppressed(cause);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
