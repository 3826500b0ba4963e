package io.redstuff.network.node.work;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.SymbolId;
import io.redstuff.client.api.RecoverySymbolsQuery;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.codec.RedStuff;
import io.redstuff.network.ledger.object.EpochCommittee;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import io.redstuff.proof.SymbolVerifier;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Gathers symbols for slivers of one axis from other nodes, as many as are needed and from no more
 * nodes than it takes. What a node sends is proven together; of one that sent a bad symbol none is
 * used, and it is remembered.
 */
final class Gathering {
  /** So many ids fit a request's first line. */
  private static final int MOST_IDS = 500;

  private final Peers peers;
  private final RedStuff codec;
  private final VerifiedMetadata metadata;
  private final EpochCommittee committee;
  private final long answerBytes;
  private final Axis axis;

  /** For each sliver that is wanted, proven symbols by the index of the sliver they are from. */
  private final Map<SliverId, Map<Integer, RecoverySymbol>> symbols = new TreeMap<>();

  private final int needed;

  Gathering(
      Peers peers,
      RedStuff codec,
      VerifiedMetadata metadata,
      EpochCommittee committee,
      long answerBytes,
      Axis axis,
      Collection<SliverId> targets) {
    this.peers = peers;
    this.codec = codec;
    this.metadata = metadata;
    this.committee = committee;
    this.answerBytes = answerBytes;
    this.axis = axis;
    this.needed = metadata.parameters().symbolsPerSliver(axis);
    targets.forEach(target -> symbols.put(target, new HashMap<>()));
  }

  /** Takes a symbol that the node has itself. */
  void add(SliverId target, RecoverySymbol symbol) {
    symbols.get(target).put(symbol.sourceIndex(), symbol);
  }

  /** Returns the symbols of a sliver, all of which are proven. */
  Collection<RecoverySymbol> symbols(SliverId target) {
    return symbols.get(target).values();
  }

  boolean isComplete() {
    return symbols.values().stream().allMatch(found -> found.size() >= needed);
  }

  int needed() {
    return needed;
  }

  /** Asks nodes until there are enough symbols, or no more nodes. */
  void gather() throws InterruptedException {
    List<ObjectId> order = new ArrayList<>(peers.inOrder(committee.keys().keySet()));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (!isComplete() && !order.isEmpty()) {
        Map<ObjectId, Future<List<GeneralRecoverySymbol>>> asked = new HashMap<>();
        for (ObjectId node : nextNodes(order)) {
          asked.put(node, threads.submit(() -> ask(node)));
        }
        for (Map.Entry<ObjectId, Future<List<GeneralRecoverySymbol>>> entry : asked.entrySet()) {
          take(entry.getKey(), entry.getValue());
        }
      }
    }
  }

  /** Takes as many nodes from the list as can have what is lacking. */
  private List<ObjectId> nextNodes(List<ObjectId> order) {
    int lacking =
        symbols.values().stream().mapToInt(found -> needed - found.size()).max().orElse(0);
    List<ObjectId> next = new ArrayList<>();
    while (lacking > 0 && !order.isEmpty()) {
      ObjectId node = order.removeFirst();
      lacking -= committee.weight(node);
      next.add(node);
    }
    return next;
  }

  private void take(ObjectId node, Future<List<GeneralRecoverySymbol>> answer)
      throws InterruptedException {
    List<GeneralRecoverySymbol> sent;
    try {
      sent = answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("node " + node, e.getCause());
    }
    Map<GeneralRecoverySymbol, RejectedSymbol> bad;
    try (Arena arena = Arena.ofConfined()) {
      bad = new SymbolVerifier(codec.engine(), arena).verify(metadata, sent);
    }
    if (!bad.isEmpty()) {
      RejectedSymbol first = bad.values().iterator().next();
      peers.distrust(
          node,
          "%s bad symbols of %s for %s, such as: %s"
              .formatted(bad.size(), sent.size(), metadata.blobId(), first.message()));
      return;
    }
    for (GeneralRecoverySymbol symbol : sent) {
      Map<Integer, RecoverySymbol> found = symbols.get(symbol.target());
      if (found != null) {
        found.put(symbol.sourceIndex(), symbol.withoutTarget());
      }
    }
  }

  /** Asks a node for all symbols that are lacking and that it should have. */
  private List<GeneralRecoverySymbol> ask(ObjectId node) throws InterruptedException {
    Optional<StorageNodeClient> client = peers.client(node);
    List<GeneralRecoverySymbol> sent = new ArrayList<>();
    if (client.isEmpty()) {
      return sent;
    }
    List<SymbolId> ids = lackingFrom(node);
    int most = (int) Math.max(1, Math.min(MOST_IDS, answerBytes / metadata.symbolSize()));
    try {
      for (int from = 0; from < ids.size(); from += most) {
        List<SymbolId> some = ids.subList(from, Math.min(ids.size(), from + most));
        // Proven by the slivers that the node has, not by the one that is wanted.
        RecoverySymbolsQuery query =
            new RecoverySymbolsQuery.Ids(some, Optional.of(axis.opposite()));
        sent.addAll(client.get().recoverySymbols(metadata.blobId(), query, metadata.symbolSize()));
      }
    } catch (NodeException e) {
      peers.failed(node, e);
    }
    return sent;
  }

  private List<SymbolId> lackingFrom(ObjectId node) {
    EncodingParameters parameters = metadata.parameters();
    List<SymbolId> ids = new ArrayList<>();
    for (ShardIndex shard : committee.assignment().shards().get(node)) {
      SliverPairIndex pair = shard.pair(metadata.blobId(), parameters);
      SliverId source = axis == Axis.PRIMARY ? pair.secondary(parameters) : pair.primary();
      symbols.forEach(
          (target, found) -> {
            if (found.size() < needed && !found.containsKey(source.index())) {
              ids.add(SymbolId.of(target, source.index()));
            }
          });
    }
    return ids;
  }
}
