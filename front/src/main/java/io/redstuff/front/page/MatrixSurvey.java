package io.redstuff.front.page;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.api.StoredStatus;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.node.NodeConnections;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.StorageNodeClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;

/**
 * What the nodes of one committee say of the slivers of one blob, and what they once said. For one
 * thread at a time.
 */
final class MatrixSurvey {
  /** One sliver of two. */
  private static final int PRIMARY = 1;

  private static final int BOTH = 3;
  private static final int UNANSWERED = -1;

  private final BlobId blob;
  private final NetworkCommittee committee;
  private final EncodingParameters parameters;

  /** By shard: which of both slivers are there; -1 if the node does not answer. */
  private final int[] held;

  /** Shards that once had both, or whose node was silent: what they lack then is not on its way. */
  private final BitSet settled = new BitSet();

  /** Shards that once lacked one which they had, or would have had. */
  private final BitSet lacked = new BitSet();

  MatrixSurvey(BlobId blob, NetworkCommittee committee) {
    this.blob = blob;
    this.committee = committee;
    this.parameters = committee.parameters();
    this.held = new int[parameters.shards()];
    Arrays.fill(held, UNANSWERED);
  }

  NetworkCommittee committee() {
    return committee;
  }

  private SliverPairIndex pair(int shard) {
    return ShardIndex.of(shard).pair(blob, parameters);
  }

  /** Takes over which pairs were seen to lack something, when other nodes have them now. */
  void remember(MatrixSurvey before) {
    lacked.or(before.lacked);
  }

  /** Asks the nodes for the shards that lack something, or for all. */
  void ask(NodeConnections connections, ExecutorService threads, boolean all)
      throws InterruptedException {
    List<Future<?>> asking = new ArrayList<>();
    for (int position = 0; position < committee.addresses().size(); position++) {
      StorageNodeClient node = connections.client(committee.addresses().get(position), parameters);
      List<Integer> shards =
          committee.committee().shardsOf(position).orElseThrow().stream()
              .map(ShardIndex::value)
              .filter(shard -> all || held[shard] != BOTH)
              .toList();
      asking.add(
          threads.submit(
              () -> {
                ask(node, shards);
                return null;
              }));
    }
    for (Future<?> one : asking) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e); // nodes that do not answer are none
      }
    }
  }

  /** Asks one node; once it has not answered it is asked no more. */
  private void ask(StorageNodeClient node, List<Integer> shards) throws InterruptedException {
    boolean answers = true;
    for (int shard : shards) {
      held[shard] = answers ? held(node, pair(shard)) : UNANSWERED;
      answers = held[shard] != UNANSWERED;
      note(shard, held[shard]);
    }
  }

  /** A blob that was just stored lacks slivers that are still sent: these are not lost. */
  private void note(int shard, int now) {
    synchronized (lacked) {
      if (now == BOTH || now == UNANSWERED) {
        settled.set(shard);
      } else if (settled.get(shard)) {
        lacked.set(shard);
      }
    }
  }

  private int held(StorageNodeClient node, SliverPairIndex pair) throws InterruptedException {
    int bits = 0;
    for (Axis axis : Axis.values()) {
      try {
        if (node.sliverStatus(blob, pair, axis) == StoredStatus.STORED) {
          bits |= bit(axis);
        }
      } catch (NodeException e) {
        if (e.kind() != NodeException.Kind.REFUSED) {
          return UNANSWERED;
        }
        // It answers, and does not have it: a shard that has not come to it yet.
      }
    }
    return bits;
  }

  private static int bit(Axis axis) {
    return axis == Axis.PRIMARY ? PRIMARY : BOTH - PRIMARY;
  }

  /** Says that a sliver was found to be bad, which its node does not say of itself any more. */
  void lack(SliverPairIndex pair, Axis axis) {
    int shard = pair.shard(blob, parameters).value();
    held[shard] = Math.max(held[shard], 0) & ~bit(axis);
    lacked.set(shard);
  }

  private PairState state(int shard, IntPredicate isLost) {
    return switch (held[shard]) {
      case UNANSWERED -> PairState.AWAY;
      case 0 -> PairState.MISSING;
      case BOTH -> lacked.get(shard) || isLost.test(shard) ? PairState.HEALED : PairState.GOOD;
      default -> PairState.HALF;
    };
  }

  /**
   * Returns what is known.
   *
   * @param names the names of the nodes, in the order of the committee
   * @param isLost says of shards whether they had lost the blob
   */
  MatrixView view(List<String> names, IntPredicate isLost) {
    int shards = parameters.shards();
    List<Integer> owners = new ArrayList<>();
    List<Integer> pairs = new ArrayList<>();
    Map<PairState, Integer> counts = new EnumMap<>(PairState.class);
    StringBuilder letters = new StringBuilder(shards);
    for (int shard = 0; shard < shards; shard++) {
      owners.add(committee.committee().owner(ShardIndex.of(shard)).orElseThrow());
      pairs.add(pair(shard).value());
      PairState state = state(shard, isLost);
      counts.merge(state, 1, Integer::sum);
      letters.append(state.letter());
    }
    int primaries = count(PRIMARY);
    int secondaries = count(BOTH - PRIMARY);
    return new MatrixView(
        blob.toString(),
        committee.committee().epoch(),
        names,
        owners,
        pairs,
        letters.toString(),
        primaries,
        secondaries,
        parameters.isDecodable(primaries, secondaries),
        counts.getOrDefault(PairState.GOOD, 0),
        counts.getOrDefault(PairState.HEALED, 0),
        counts.getOrDefault(PairState.HALF, 0),
        counts.getOrDefault(PairState.MISSING, 0),
        counts.getOrDefault(PairState.AWAY, 0));
  }

  private int count(int bit) {
    return (int) Arrays.stream(held).filter(bits -> bits > 0 && (bits & bit) != 0).count();
  }
}
