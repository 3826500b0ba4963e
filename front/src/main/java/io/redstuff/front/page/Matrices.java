package io.redstuff.front.page;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.SliverId;
import io.redstuff.client.RemoteBlob;
import io.redstuff.client.TransferMonitor;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.chain.BlobRegistry;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.node.NodeConnections;
import io.redstuff.client.node.RequestLimits;
import io.redstuff.network.local.NetworkDescription;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Surveys of the blobs that somebody looks at. All nodes are asked for everything now and then, and
 * in between only for what was not there. Thread-safe.
 */
final class Matrices implements AutoCloseable {
  private static final int MOST_KEPT = 64;
  private static final RequestLimits PATIENCE = new RequestLimits(Duration.ofSeconds(3), 1 << 20);

  /** How old an answer of all nodes may be, and how many times longer than it took. */
  private static final Duration FRESH = Duration.ofSeconds(5);

  private static final int REST = 20;

  private final WalrusClient client;
  private final BlobRegistry registry;
  private final List<NetworkDescription.Node> described;
  private final BlobIndex blobs;
  private final Losses losses;
  private final NodeConnections connections = NodeConnections.open(PATIENCE);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<BlobId, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  /** A survey that is kept, and its lock. */
  private static final class Entry {
    MatrixSurvey survey;
    long askedAll;
    long took;
    boolean isStale = true;
  }

  Matrices(
      WalrusClient client,
      BlobRegistry registry,
      List<NetworkDescription.Node> described,
      BlobIndex blobs,
      Losses losses) {
    this.client = client;
    this.registry = registry;
    this.described = described;
    this.blobs = blobs;
    this.losses = losses;
  }

  private synchronized Entry entry(BlobId blob) {
    Entry entry = entries.computeIfAbsent(blob, _ -> new Entry());
    if (entries.size() > MOST_KEPT) {
      entries.remove(entries.keySet().iterator().next());
    }
    return entry;
  }

  /** Something was done to nodes: all are to be asked again. */
  void doubt() {
    List<Entry> all;
    synchronized (this) {
      all = List.copyOf(entries.values());
    }
    for (Entry entry : all) {
      synchronized (entry) {
        entry.isStale = true;
      }
    }
  }

  /** Asks the nodes and returns what they say. */
  MatrixView look(BlobId blob) throws IOException, InterruptedException {
    Entry entry = entry(blob);
    synchronized (entry) {
      MatrixSurvey survey = survey(blob, entry);
      long begin = System.nanoTime();
      boolean all =
          entry.isStale || begin - entry.askedAll > Math.max(FRESH.toNanos(), REST * entry.took);
      survey.ask(connections, threads, all);
      if (all) {
        entry.isStale = false;
        entry.askedAll = System.nanoTime();
        entry.took = entry.askedAll - begin;
      }
      return view(blob, survey);
    }
  }

  private MatrixSurvey survey(BlobId blob, Entry entry) throws IOException, InterruptedException {
    NetworkCommittee committee = registry.committees().current();
    MatrixSurvey before = entry.survey;
    if (before == null || before.committee().committee().epoch() != committee.committee().epoch()) {
      entry.survey = new MatrixSurvey(blob, committee);
      entry.isStale = true;
      if (before != null) {
        entry.survey.remember(before);
      }
    }
    return entry.survey;
  }

  private MatrixView view(BlobId blob, MatrixSurvey survey) {
    List<String> names =
        survey.committee().committee().members().stream()
            .map(member -> name(member.nodeId().toString()))
            .toList();
    return survey.view(names, shard -> losses.isLost(ShardIndex.of(shard), blobs.certified(blob)));
  }

  private String name(String id) {
    return described.stream()
        .filter(node -> node.id().equals(id))
        .findFirst()
        .map(NetworkDescription.Node::name)
        .orElse(id);
  }

  /** Has the nodes prove that they have their slivers, and returns what was found. */
  SliverCheck.Found check(BlobId blob) throws IOException, InterruptedException {
    SliverCheck.Found found;
    try (RemoteBlob open = client.open(blob, TransferMonitor.NONE)) {
      found = new SliverCheck(connections, registry.committees().current(), open.metadata()).run();
    }
    Entry entry = entry(blob);
    synchronized (entry) {
      MatrixSurvey survey = survey(blob, entry);
      EncodingParameters parameters = survey.committee().parameters();
      for (SliverId sliver : found.lacking()) {
        survey.lack(sliver.pair(parameters), sliver.axis());
      }
    }
    return found;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    connections.close();
  }
}
