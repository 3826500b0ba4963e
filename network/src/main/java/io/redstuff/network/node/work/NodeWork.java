package io.redstuff.network.node.work;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.client.api.NodeHealth.ShardStatus;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.StorageNodeCap;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.node.chain.ChainListener;
import io.redstuff.network.node.chain.Changes;
import io.redstuff.network.node.chain.Duties;
import io.redstuff.network.node.service.KeptBlobs;
import io.redstuff.network.node.service.Pending;
import io.redstuff.network.node.service.ShardStates;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Does what the ledger's events ask for. What is left undone when the node ends is found when it
 * starts: all it has to do follows from the ledger and from what it has.
 *
 * <p>When an epoch begins, the node fetches the shards that it has gained, heals whatever it lacks
 * of its shards, and tells the ledger that it has its data. Shards that it has lost it keeps until
 * their new owners have said the same, or an epoch longer. It answers requests all the while.
 *
 * @since 0.1.0
 */
public final class NodeWork implements ChainListener, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NodeWork.class.getName());
  private static final int MOST_TOGETHER = 1000;

  /** How often to ask a node for a shard that has not heard of the epoch yet. */
  private static final int FETCH_ATTEMPTS = 10;

  private final KeptBlobs blobs;
  private final Pending pending;
  private final ShardStates shards;
  private final WorkSettings settings;
  private final ObjectId cap;
  private final AccountSession account;
  private final GarbageCollector collector;
  private final Scrubber scrubber;
  private final ShardImport imports;
  private final Changes progress = new Changes();
  private final BlobQueue heals;
  private final BlobQueue invalids;
  private final ScheduledExecutorService timer;
  private final Thread epochs;

  /** Shards whose owners have said that they have them. */
  private final Set<ShardIndex> received = ConcurrentHashMap.newKeySet();

  /** The last epoch whose shards were asked for where they had been. */
  private volatile long fetchedEpoch = -1;

  /**
   * What a node works with.
   *
   * @param blobs what it keeps
   * @param pending what waits for a registration
   * @param shards where to say how far it is with them
   * @param healer heals blobs
   * @param invalid has blobs marked as invalid
   * @param peers the other nodes
   */
  public record Tools(
      KeptBlobs blobs,
      Pending pending,
      ShardStates shards,
      Healer healer,
      InvalidBlobs invalid,
      Peers peers) {}

  /**
   * Begins to work.
   *
   * @param tools what it works with
   * @param cap the object that lets the node speak to the ledger
   * @param account sends to the ledger
   * @param settings how hard it works
   */
  public NodeWork(Tools tools, ObjectId cap, AccountSession account, WorkSettings settings) {
    this.blobs = tools.blobs();
    this.pending = tools.pending();
    this.shards = tools.shards();
    this.settings = settings;
    this.cap = Objects.requireNonNull(cap, "cap");
    this.account = Objects.requireNonNull(account, "account");
    this.collector = new GarbageCollector(blobs, pending);
    this.scrubber = new Scrubber(blobs);
    this.imports = new ShardImport(blobs, tools.peers(), tools.healer(), settings);
    String node = "node " + blobs.chain().node();
    this.invalids =
        new BlobQueue("invalid blobs of " + node, tools.invalid()::invalidate, settings, progress);
    this.heals =
        new BlobQueue("heals of " + node, blob -> heal(tools.healer(), blob), settings, progress);
    this.timer = Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());
    this.epochs = Thread.ofVirtual().name("epochs of " + node).unstarted(this::run);
  }

  /** Begins with what was left undone. */
  public void start() {
    epochs.start();
    if (settings.scrubEvery().isPositive()) {
      long millis = settings.scrubEvery().toMillis();
      Future<?> _ =
          timer.scheduleWithFixedDelay(this::scrubByItself, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void scrubByItself() {
    try {
      ScrubReport report = scrub();
      LOG.log(Level.DEBUG, "node {0}: {1}", blobs.chain().node(), report);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "node " + blobs.chain().node() + ": scrub", e);
    }
  }

  /**
   * Looks through all that the node has, and has healed what is bad and owed.
   *
   * @return what was found
   * @throws IOException if the store fails
   */
  public ScrubReport scrub() throws IOException {
    ScrubReport report = scrubber.scrub();
    lacking().forEach(heals::offer);
    return report;
  }

  private List<BlobId> lacking() throws IOException {
    List<ShardIndex> its = blobs.chain().duties().shards();
    return its.isEmpty() ? List.of() : blobs.store().lacking(its, Optional.empty(), MOST_TOGETHER);
  }

  private boolean heal(Healer healer, BlobId blob) throws IOException, InterruptedException {
    if (blobs.store().proof(blob).isPresent()) {
      invalids.offer(blob);
      return !blobs.chain().ledger().blob(blob).isAvailable();
    }
    if (!awaitFetched()) {
      return false;
    }
    return switch (healer.heal(blob)) {
      case Healer.Outcome.Whole whole -> {
        LOG.log(
            Level.DEBUG,
            "node {0}: blob {1}: {2} slivers restored",
            blobs.chain().node(),
            blob,
            whole.restored());
        yield true;
      }
      case Healer.Outcome.NotOwed _ -> {
        collector.collect(blob);
        yield true;
      }
      case Healer.Outcome.Inconsistent inconsistent -> {
        blobs.store().putProof(blob, inconsistent.proof().toBcs());
        invalids.add(blob);
        yield false; // until the ledger does not want it any more
      }
      case Healer.Outcome.Lacking lacking -> {
        LOG.log(Level.INFO, "node {0}: blob {1}: {2}", blobs.chain().node(), blob, lacking.why());
        yield false;
      }
    };
  }

  /** Waits for shards to be fetched: who had them gives them for less than symbols cost. */
  private boolean awaitFetched() throws InterruptedException {
    Changes.Look<Boolean, RuntimeException> look =
        () -> Optional.of(fetchedEpoch == blobs.chain().duties().epoch()).filter(is -> is);
    return progress.await(look, settings.longestRetry()).isPresent();
  }

  /**
   * Something of a blob is lost.
   *
   * @param blob the blob
   */
  public void lost(BlobId blob) {
    heals.add(blob);
  }

  @Override
  public void registered(BlobId blob) {
    try {
      pending.flush(blob);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives the writer some time to send what is still under way. */
  @Override
  public void certified(BlobId blob) {
    heals.addLater(blob, settings.firstRetry());
    progress.tell();
  }

  @Override
  public void gone(BlobId blob) {
    try {
      collector.collect(blob);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    progress.tell();
  }

  @Override
  public void received(long epoch, List<ShardIndex> those) {
    if (epoch == blobs.chain().duties().epoch()) {
      received.addAll(those);
      progress.tell();
    }
  }

  @Override
  public void epoch(Duties duties) {
    progress.tell();
  }

  private void run() {
    Duties done = null;
    try {
      sweep();
      while (true) {
        Duties before = done;
        Duties now =
            progress
                .await(
                    () ->
                        Optional.of(blobs.chain().duties())
                            .filter(it -> !it.equals(before) || !received.isEmpty()),
                    Duration.ofHours(1))
                .orElse(done);
        if (!now.equals(done)) {
          done = work(now) ? now : null;
        }
        forgetOthers(now);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    }
  }

  /** Does what an epoch asks for; false if it has to be tried again. */
  private boolean work(Duties duties) throws InterruptedException {
    try {
      fetch(duties);
      fetchedEpoch = duties.epoch();
      progress.tell();
      if (!duties.shards().isEmpty()) {
        if (!healAll(duties)) {
          return true; // the next epoch has begun
        }
        shards.set(duties.shards(), ShardStatus.READY);
        announce(duties);
      }
      return true;
    } catch (InterruptedIOException e) {
      throw new InterruptedException(e.getMessage());
    } catch (IOException | LedgerException | RuntimeException e) {
      LOG.log(Level.WARNING, "node %s: epoch %s".formatted(duties.node(), duties.epoch()), e);
      Thread.sleep(settings.firstRetry());
      return false;
    }
  }

  private void sweep() throws InterruptedException {
    try {
      int collected = collector.sweep();
      LOG.log(Level.DEBUG, "node {0}: {1} blobs collected", blobs.chain().node(), collected);
      blobs.store().proven().forEach(invalids::add);
    } catch (InterruptedIOException e) {
      throw new InterruptedException(e.getMessage());
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "node " + blobs.chain().node() + ": sweep", e);
    }
  }

  private boolean isOver(Duties duties) {
    return blobs.chain().duties().epoch() != duties.epoch();
  }

  private void fetch(Duties duties) throws IOException, InterruptedException {
    sweep();
    for (ShardIndex shard : duties.gained()) {
      boolean lacks = !blobs.store().lacking(List.of(shard), Optional.empty(), 1).isEmpty();
      Optional<ObjectId> owner = duties.previousOwner(shard);
      if (lacks && owner.isPresent() && !isOver(duties)) {
        shards.set(List.of(shard), ShardStatus.IN_TRANSFER);
        fetch(shard, owner.get(), duties);
      }
    }
  }

  private void fetch(ShardIndex shard, ObjectId owner, Duties duties)
      throws IOException, InterruptedException {
    for (int i = 0; i < FETCH_ATTEMPTS && !isOver(duties); i++) {
      if (imports.fetch(shard, owner, duties) != ShardImport.Outcome.TOO_EARLY) {
        return;
      }
      // It hears of the epoch as this node did, by an event of which only it knows.
      Thread.sleep(settings.firstRetry());
    }
  }

  /** Heals until nothing is lacking; false if the epoch is over before. */
  private boolean healAll(Duties duties) throws IOException, InterruptedException {
    while (!isOver(duties)) {
      long seen = progress.count();
      List<BlobId> lacking =
          blobs.store().lacking(duties.shards(), Optional.empty(), MOST_TOGETHER);
      if (lacking.isEmpty()) {
        return true;
      }
      shards.set(duties.shards(), ShardStatus.IN_RECOVERY);
      lacking.forEach(heals::offer);
      progress.await(
          () -> progress.count() == seen ? Optional.empty() : Optional.of(seen),
          settings.longestRetry());
    }
    return false;
  }

  private void announce(Duties duties) throws InterruptedException, LedgerException {
    long last =
        blobs
            .chain()
            .ledger()
            .object(cap)
            .map(owned -> ((StorageNodeCap) owned.object()).lastEpochSyncDone())
            .orElse(duties.epoch());
    if (last < duties.epoch() && !isOver(duties)) {
      account.execute(Calls.epochSyncDone(Calls.object(cap), duties.epoch()));
    }
  }

  /** Forgets shards that others have now, and those that were lost an epoch ago. */
  private void forgetOthers(Duties duties) throws InterruptedException {
    Set<ShardIndex> there = Set.copyOf(received);
    received.removeAll(there);
    try {
      for (ShardIndex shard : blobs.store().shards()) {
        boolean isOthers = !duties.owns(shard) && (there.contains(shard) || !duties.owned(shard));
        while (isOthers && !isOver(duties)) {
          if (blobs.store().removeShard(shard, MOST_TOGETHER) == 0) {
            break;
          }
        }
      }
    } catch (InterruptedIOException e) {
      throw new InterruptedException(e.getMessage());
    } catch (IOException | RuntimeException e) {
      // They take room until the next epoch.
      LOG.log(Level.WARNING, "node " + duties.node() + ": shards of others", e);
    }
  }

  /**
   * Waits until the node has all that it owes, as far as it has heard.
   *
   * @param most how long to wait
   * @return whether it has
   * @throws IOException if the store fails
   * @throws InterruptedException if the thread was interrupted
   */
  public boolean awaitWhole(Duration most) throws IOException, InterruptedException {
    Changes.Look<Boolean, IOException> look =
        () -> lacking().isEmpty() ? Optional.of(true) : Optional.empty();
    return progress.await(look, most).isPresent();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    heals.close();
    invalids.close();
    epochs.interrupt();
    boolean interrupted = false;
    while (epochs.isAlive()) {
      try {
        epochs.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
