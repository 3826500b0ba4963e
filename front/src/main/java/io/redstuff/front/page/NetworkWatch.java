package io.redstuff.front.page;

import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerEvent;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkDescription;
import io.redstuff.network.local.NoSuchNodeException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Follows the ledger and looks at the nodes, whoever does something to them, and tells what has
 * changed.
 */
final class NetworkWatch implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(NetworkWatch.class.getName());
  private static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration LEDGER_WAIT = Duration.ofSeconds(1);
  private static final int EVENTS_AT_A_TIME = 1000;

  private final LocalNetwork network;
  private final NodeStates states;
  private final BlobIndex blobs;
  private final News news;
  private final NetworkReader reader;
  private final Matrices matrices;
  private final InstantSource clock;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** What was seen last, and the number of the next event. */
  private NetworkView seen;

  private volatile long next;

  NetworkWatch(
      LocalNetwork network,
      NodeStates states,
      BlobIndex blobs,
      News news,
      NetworkReader reader,
      Matrices matrices,
      InstantSource clock) {
    this.network = network;
    this.states = states;
    this.blobs = blobs;
    this.news = news;
    this.reader = reader;
    this.matrices = matrices;
    this.clock = clock;
  }

  /** Returns when it is. */
  String now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
  }

  /** Returns how many events of the ledger were heard. */
  long events() {
    return next;
  }

  /** Takes in what there is, and begins to watch. */
  void start() throws NoSuchNodeException {
    for (NetworkDescription.Node node : network.description().nodes()) {
      states.look(node.name());
    }
    follow(false);
    seen = reader.read();
    news.publish(
        NewsItem.ofNetwork(
            now(),
            "up",
            "The network is up: %s nodes, %s shards, epoch %s"
                .formatted(seen.nodes().size(), seen.shards(), seen.epoch())));
    Future<?> _ = threads.submit(this::followLedger);
    for (NetworkDescription.Node node : network.description().nodes()) {
      Future<?> _ = threads.submit(() -> followNode(node.name()));
    }
  }

  private void followLedger() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        network.ledger().awaitEvent(next, LEDGER_WAIT);
        follow(true);
        NetworkView now = reader.read();
        if (!now.equals(seen)) {
          seen = now;
          news.publish(NewsItem.silent(now(), NewsItem.NETWORK));
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the ledger is not followed any more", e);
    }
  }

  /**
   * Hears of the events that there are. When those happened that were there before, nobody knows.
   */
  private void follow(boolean isNews) {
    Ledger ledger = network.ledger();
    List<LedgerEvent> events;
    do {
      long from = next;
      events = ledger.events(from, EVENTS_AT_A_TIME);
      for (LedgerEvent event : events) {
        blobs.hear(event.sequence(), event.event());
        if (isNews) {
          news.publish(EventSentence.of(now(), event));
        }
      }
      next = from + events.size();
    } while (events.size() == EVENTS_AT_A_TIME);
  }

  private void followNode(String name) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Thread.sleep(LOOK);
        look(name);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (NoSuchNodeException | RuntimeException e) {
      LOG.log(Level.WARNING, "node " + name + " is not watched any more", e);
    }
  }

  /** Looks at a node now, and tells if it has changed. */
  void look(String name) throws NoSuchNodeException {
    if (states.look(name)) {
      matrices.doubt();
      boolean runs = states.isRunning(name);
      news.publish(
          NewsItem.ofNode(
              now(),
              runs ? "node-runs" : "node-stopped",
              name + (runs ? " runs" : " stopped"),
              name));
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    threads.close();
  }
}
