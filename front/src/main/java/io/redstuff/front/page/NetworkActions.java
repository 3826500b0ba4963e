package io.redstuff.front.page;

import io.redstuff.BlobId;
import io.redstuff.ShardIndex;
import io.redstuff.audit.AuditStatement;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkDescription;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What can be done to a network through its page. Returns when it is done. Of each node one thing
 * is done at a time; what else is asked for is refused.
 */
final class NetworkActions {
  static final int MOST_CORRUPT = 10_000;
  private static final Duration EPOCH_PATIENCE = Duration.ofMinutes(5);

  private final LocalNetwork network;
  private final NodeStates states;
  private final BlobIndex blobs;
  private final Losses losses;
  private final Matrices matrices;
  private final NetworkAudit audit;
  private final NetworkWatch watch;
  private final News news;
  private final ReentrantLock epochLock = new ReentrantLock();
  private final ReentrantLock auditLock = new ReentrantLock();

  /**
   * What was done to a node.
   *
   * @param node its name
   * @param state what is to be shown of it now
   * @param changed how many slivers were changed
   */
  record NodeDone(String node, String state, int changed) {}

  /**
   * An epoch that has begun.
   *
   * @param epoch the epoch
   * @param synced whether nodes of two thirds of the shards have their data
   */
  record EpochDone(long epoch, boolean synced) {}

  /**
   * What nodes have proven of a blob.
   *
   * @param blobId the blob
   * @param proven how many slivers are there
   * @param lacking how many slivers nodes that answer do not have
   * @param silent how many nodes do not answer
   */
  record CheckDone(String blobId, int proven, int lacking, int silent) {}

  NetworkActions(
      LocalNetwork network,
      NodeStates states,
      BlobIndex blobs,
      Losses losses,
      Matrices matrices,
      NetworkAudit audit,
      NetworkWatch watch,
      News news) {
    this.network = network;
    this.states = states;
    this.blobs = blobs;
    this.losses = losses;
    this.matrices = matrices;
    this.audit = audit;
    this.watch = watch;
    this.news = news;
  }

  /** Something that is done to a node; returns how many slivers it has changed. */
  @FunctionalInterface
  private interface NodeAction {
    int run() throws IOException, InterruptedException;
  }

  NodeDone start(String node) throws RefusedException, InterruptedException {
    return act(
        node,
        "starting",
        () -> {
          network.startNode(node);
          return 0;
        });
  }

  NodeDone stop(String node, boolean deleteData) throws RefusedException, InterruptedException {
    NodeDone done =
        act(
            node,
            "stopping",
            () -> {
              network.stopNode(node, deleteData);
              if (deleteData) {
                lose(node);
              }
              return 0;
            });
    if (deleteData) {
      tell(NewsItem.ofNode(watch.now(), "node-emptied", node + " has lost its data", node));
    }
    return done;
  }

  private void lose(String node) {
    losses.lose(shards(node), watch.events());
    matrices.doubt();
  }

  private List<ShardIndex> shards(String name) {
    for (NetworkDescription.Node node : network.description().nodes()) {
      if (node.name().equals(name)) {
        return network.ledger().system().committee().assignment().shards().entrySet().stream()
            .filter(entry -> entry.getKey().toString().equals(node.id()))
            .flatMap(entry -> entry.getValue().stream())
            .toList();
      }
    }
    return List.of();
  }

  NodeDone kill(String node) throws RefusedException, InterruptedException {
    return act(
        node,
        "stopping",
        () -> {
          network.killNode(node);
          return 0;
        });
  }

  NodeDone corrupt(String node, int slivers) throws RefusedException, InterruptedException {
    if (slivers < 1 || slivers > MOST_CORRUPT) {
      throw RefusedException.badRequest(
          "slivers: got " + slivers + ", expected 1 to " + MOST_CORRUPT);
    }
    NodeDone done = act(node, "stopping", () -> network.corruptNode(node, slivers));
    tell(
        NewsItem.ofNode(
            watch.now(),
            "node-corrupted",
            "%s slivers of %s were changed on its disk".formatted(done.changed(), node),
            node));
    return done;
  }

  private NodeDone act(String node, String doing, NodeAction action)
      throws RefusedException, InterruptedException {
    if (network.description().nodes().stream().noneMatch(it -> it.name().equals(node))) {
      throw RefusedException.notFound("node: there is none of that name");
    }
    if (!states.begin(node, doing)) {
      throw RefusedException.busy(node + ": something is being done with it");
    }
    int changed;
    try {
      tell(new NewsItem(watch.now(), "node-busy", "", null, node, List.of(NewsItem.NETWORK)));
      changed = action.run();
    } catch (IOException e) {
      throw RefusedException.failed(node + ": " + e.getMessage());
    } finally {
      settle(node);
    }
    return new NodeDone(node, states.state(node), changed);
  }

  /** Something was done with a node, or not: looks at what it is now, and tells. */
  private void settle(String node) {
    matrices.doubt();
    try {
      watch.look(node);
    } catch (IOException e) {
      throw new IllegalStateException(e); // it was there a moment ago
    } finally {
      states.end(node);
    }
    tell(
        new NewsItem(
            watch.now(), "changed", "", null, node, List.of(NewsItem.NETWORK, NewsItem.MATRIX)));
  }

  private void tell(NewsItem item) {
    news.publish(item);
  }

  EpochDone nextEpoch() throws RefusedException, InterruptedException {
    if (!epochLock.tryLock()) {
      throw RefusedException.busy("epoch: the next one is being begun");
    }
    try {
      SystemState state = network.nextEpoch(EPOCH_PATIENCE);
      return new EpochDone(state.epoch(), !(state.phase() instanceof EpochPhase.Sync));
    } catch (LedgerException e) {
      throw RefusedException.failed("epoch: " + e.getMessage());
    } finally {
      epochLock.unlock();
      matrices.doubt();
    }
  }

  NetworkAudit.Report audit(int challenges)
      throws RefusedException, IOException, InterruptedException {
    if (challenges < 1 || challenges > AuditStatement.MAX_CHALLENGES) {
      throw RefusedException.badRequest(
          "challenges: got %s, expected 1 to %s"
              .formatted(challenges, AuditStatement.MAX_CHALLENGES));
    }
    SortedSet<BlobId> owed = blobs.owed();
    if (owed.isEmpty()) {
      throw RefusedException.badRequest("audit: got no blob that the network owes, expected one");
    }
    if (!auditLock.tryLock()) {
      throw RefusedException.busy("audit: there is one under way");
    }
    try {
      NetworkAudit.Report report = audit.run(owed, challenges);
      tell(
          NewsItem.ofNetwork(
              watch.now(),
              "audited",
              "Audit: %s of %s nodes have answered everything"
                  .formatted(report.passed(), report.nodes().size())));
      return report;
    } finally {
      auditLock.unlock();
    }
  }

  CheckDone check(BlobId blob) throws IOException, InterruptedException {
    SliverCheck.Found found = matrices.check(blob);
    tell(
        NewsItem.ofBlob(
            watch.now(),
            "checked",
            "Checked: %s slivers are proven, %s are not there"
                .formatted(found.proven(), found.lacking().size()),
            blob.toString()));
    return new CheckDone(blob.toString(), found.proven(), found.lacking().size(), found.silent());
  }
}
