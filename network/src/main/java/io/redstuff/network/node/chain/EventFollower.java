package io.redstuff.network.node.chain;

import io.redstuff.BlobId;
import io.redstuff.chain.ChainEvent;
import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.node.storage.NodeStore;
import io.redstuff.network.node.storage.StatusEvent;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows the events of the ledger, from where the node was when it ended last. What they want the
 * node to have is on the disk before anybody hears of it.
 *
 * @since 0.1.0
 */
public final class EventFollower implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EventFollower.class.getName());
  private static final int MOST_TOGETHER = 1000;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** After a failure, of the ledger or of the disk. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ChainView chain;
  private final NodeStore store;
  private final ChainListener listener;
  private final Changes progress = new Changes();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile long next;

  /** The number of the first event that the listener has not heard of. */
  private volatile long told;

  /**
   * Begins to follow.
   *
   * @param chain what is told of changes, before the listener
   * @param store where it is written how far this has come
   * @param listener hears of each event
   * @throws IOException if the store cannot be read
   */
  public EventFollower(ChainView chain, NodeStore store, ChainListener listener)
      throws IOException {
    this.chain = chain;
    this.store = store;
    this.listener = listener;
    this.next = store.nextEvent();
    this.told = next;
    this.thread = Thread.ofVirtual().name("events of node " + chain.node()).start(this::run);
  }

  /** {@return the number of the next event} */
  public long next() {
    return next;
  }

  /**
   * Waits until all has been told that has happened.
   *
   * @param most how long to wait
   * @return whether it has
   * @throws InterruptedException if the thread was interrupted
   */
  public boolean awaitEnd(Duration most) throws InterruptedException {
    long end = ledgerEnd();
    return progress
        .await(() -> told >= end ? Optional.of(end) : Optional.empty(), most)
        .isPresent();
  }

  private long ledgerEnd() {
    long end = next;
    List<LedgerEvent> more = chain.ledger().events(end, MOST_TOGETHER);
    while (!more.isEmpty()) {
      end = more.getLast().sequence() + 1;
      more = chain.ledger().events(end, MOST_TOGETHER);
    }
    return end;
  }

  private void run() {
    while (ended.getCount() > 0) {
      try {
        if (chain.ledger().awaitEvent(next, PATIENCE)) {
          follow(chain.ledger().events(next, MOST_TOGETHER));
        }
      } catch (IOException | RuntimeException e) {
        if (ended.getCount() == 0) {
          return; // what close() has interrupted
        }
        LOG.log(Level.WARNING, "events of the ledger: node " + chain.node() + " tries again", e);
        pause();
      } catch (InterruptedException e) {
        return; // only close() interrupts
      }
    }
  }

  private void pause() {
    try {
      ended.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(List<LedgerEvent> events) throws IOException {
    if (events.isEmpty()) {
      return;
    }
    Set<BlobId> owed = new LinkedHashSet<>();
    List<StatusEvent> states = new ArrayList<>();
    for (LedgerEvent event : events) {
      if (event.event() instanceof ChainEvent.BlobCertified certified) {
        owed.add(certified.blobId());
      }
      state(event).ifPresent(states::add);
    }
    long after = events.getLast().sequence() + 1;
    store.follow(after, owed, states);
    next = after;
    for (LedgerEvent event : events) {
      try {
        tell(event.event());
      } catch (RuntimeException e) {
        // What is left undone is found when the node starts or the epoch changes.
        LOG.log(Level.WARNING, "node %s: %s".formatted(chain.node(), event.event()), e);
      }
    }
    told = after;
    progress.tell();
  }

  private static Optional<StatusEvent> state(LedgerEvent event) {
    return switch (event.event()) {
      case ChainEvent.BlobRegistered e when !e.deletable() ->
          Optional.of(state(event, e.blobId(), StatusEvent.Kind.REGISTERED));
      case ChainEvent.BlobCertified e when !e.deletable() ->
          Optional.of(state(event, e.blobId(), StatusEvent.Kind.CERTIFIED));
      case ChainEvent.InvalidBlobId e ->
          Optional.of(state(event, e.blobId(), StatusEvent.Kind.INVALID));
      default -> Optional.empty();
    };
  }

  private static StatusEvent state(LedgerEvent event, BlobId blob, StatusEvent.Kind kind) {
    return new StatusEvent(blob, kind, event.transaction(), event.index());
  }

  private void tell(ChainEvent event) {
    switch (event) {
      case ChainEvent.BlobRegistered e -> {
        chain.forget(e.blobId());
        listener.registered(e.blobId());
      }
      case ChainEvent.BlobCertified e -> {
        chain.forget(e.blobId());
        listener.certified(e.blobId());
      }
      case ChainEvent.BlobDeleted e -> gone(e.blobId());
      case ChainEvent.InvalidBlobId e -> gone(e.blobId());
      case ChainEvent.DenyListBlobDeleted e -> gone(e.blobId());
      case ChainEvent.ShardsReceived e -> listener.received(e.epoch(), e.shards());
      case ChainEvent.EpochChangeStart _, ChainEvent.EpochChangeDone _ ->
          listener.epoch(chain.refresh());
      default -> {
        // Prices, parameters and pools are no affair of a node's.
      }
    }
  }

  private void gone(BlobId blob) {
    chain.forget(blob);
    listener.gone(blob);
  }

  /** Stops to follow. */
  @Override
  public void close() {
    ended.countDown();
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
