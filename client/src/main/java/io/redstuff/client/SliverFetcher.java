package io.redstuff.client;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.node.NodeException;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Gets slivers of a blob from the nodes that have them, and checks each. Those that a node has not,
 * or has wrong, are not asked for again.
 */
final class SliverFetcher {
  private final Peers peers;
  private final RedStuff codec;
  private final VerifiedMetadata metadata;
  private final SliverCache cache;
  private final TransferMonitor monitor;
  private final int atOnce;
  private final Duration hedge;
  private final Map<SliverId, Exception> lost = new ConcurrentHashMap<>();
  private final Map<SliverId, Exception> passing = new ConcurrentHashMap<>();

  SliverFetcher(
      Peers peers,
      RedStuff codec,
      VerifiedMetadata metadata,
      SliverCache cache,
      TransferMonitor monitor) {
    this.peers = peers;
    this.codec = codec.withParallelism(1); // it is called by many threads as it is
    this.metadata = metadata;
    this.cache = cache;
    this.monitor = monitor;
    // What is under way is on the heap.
    long longest = parameters().sliverLength(Axis.PRIMARY, metadata.symbolSize());
    long room = peers.settings().workspace().memoryBudget() / longest;
    this.atOnce = Math.clamp(room, 1, peers.settings().requests());
    this.hedge = peers.settings().hedge(longest);
  }

  private EncodingParameters parameters() {
    return metadata.parameters();
  }

  /** Returns whether a sliver is not to be had. */
  boolean isLost(SliverId sliver) {
    return lost.containsKey(sliver);
  }

  /** Returns why slivers could not be had. */
  List<Exception> failures() {
    List<Exception> failures = new ArrayList<>(lost.values());
    failures.addAll(passing.values());
    return failures;
  }

  /** Returns how many shards there are whose nodes do not give the blob out. */
  long denied() {
    return lost.keySet().stream()
        .filter(
            sliver ->
                lost.get(sliver) instanceof NodeException e && e.is(ErrorReason.FORBIDDEN_BLOB))
        .map(sliver -> sliver.pair(parameters()))
        .distinct()
        .count();
  }

  /**
   * Gets some slivers of many, from the fastest nodes.
   *
   * @param slivers which; those that are there count
   * @param needed how many
   * @param patient whether to wait for nodes that are slow, and ask again those that failed in
   *     passing
   * @return whether there are enough
   */
  boolean gather(Collection<SliverId> slivers, int needed, boolean patient)
      throws IOException, InterruptedException {
    RetryPolicy retries = peers.settings().retries();
    for (int attempt = 1; ; attempt++) {
      List<SliverId> missing = new ArrayList<>();
      int there = 0;
      for (SliverId sliver : slivers) {
        if (cache.has(sliver)) {
          there++;
        } else if (!isLost(sliver)) {
          missing.add(sliver);
        }
      }
      if (race(missing, there, needed, patient)) {
        return true;
      }
      boolean isHopeless = missing.stream().allMatch(this::isLost);
      if (!patient || isHopeless || attempt >= retries.attempts()) {
        return false;
      }
      retries.pause(attempt);
    }
  }

  private boolean race(List<SliverId> missing, int there, int needed, boolean patient)
      throws IOException, InterruptedException {
    List<Callable<SliverId>> tasks =
        missing.stream()
            .sorted(Comparator.comparingInt(sliver -> owner(sliver).faults()))
            .<Callable<SliverId>>map(sliver -> () -> fetch(sliver))
            .toList();
    Race<SliverId> race = new Race<>(peers.threads(), atOnce, hedge);
    boolean isEnough =
        race.run(
            tasks,
            patient,
            good -> {
              int done = Math.min(needed, there + good.size());
              monitor.report(TransferMonitor.Stage.GATHER, done, needed);
              return needed - done;
            });
    for (Exception failure : race.failures()) {
      // Nodes' failures were noted; the rest is trouble of this machine.
      if (failure instanceof IOException e && !(e instanceof NodeException)) {
        throw e;
      }
    }
    return isEnough;
  }

  /** Gets all slivers of an axis that there may be, those first that hold bytes of the blob. */
  static List<SliverId> all(Axis axis, EncodingParameters parameters) {
    return IntStream.range(0, parameters.shards())
        .mapToObj(index -> new SliverId(axis, index))
        .toList();
  }

  /** Returns whether slivers are enough to decode from after getting as many as that needs. */
  boolean gatherAll() throws IOException, InterruptedException {
    for (Axis axis : Axis.values()) {
      if (gather(all(axis, parameters()), parameters().sourceSymbols(axis), true)) {
        return true;
      }
    }
    return false;
  }

  private Peer owner(SliverId sliver) {
    return peers.owner(metadata.blobId(), sliver.pair(parameters()));
  }

  /** Gets one sliver, if need be from who had it before. */
  private SliverId fetch(SliverId id)
      throws IOException, VerificationException, InterruptedException {
    Optional<Peer> former = peers.formerOwner(metadata.blobId(), id.pair(parameters()));
    try {
      return fetch(id, owner(id));
    } catch (NodeException e) {
      if (former.isEmpty()) {
        (e.isPassing() ? passing : lost).put(id, e);
        throw e;
      }
    } catch (VerificationException e) {
      if (former.isEmpty()) {
        lost.put(id, e);
        throw e;
      }
    }
    try {
      return fetch(id, former.get());
    } catch (NodeException | VerificationException e) {
      passing.put(id, e); // it may have been handed over in between
      throw e;
    }
  }

  private SliverId fetch(SliverId id, Peer peer)
      throws IOException, VerificationException, InterruptedException {
    SliverPairIndex pair = id.pair(parameters());
    BlobId blobId = metadata.blobId();
    Sliver sliver = peer.ask(node -> node.sliver(blobId, pair, id.axis(), metadata.symbolSize()));
    try {
      check(sliver, id);
    } catch (VerificationException e) {
      peer.distrust();
      throw e;
    }
    cache.put(sliver);
    passing.remove(id);
    return id;
  }

  private void check(Sliver sliver, SliverId expected) throws VerificationException {
    if (!sliver.id().equals(expected)) {
      throw new VerificationException(
          VerificationException.Reason.NOT_USABLE_FOR_TARGET,
          "sliver: got %s, expected %s".formatted(sliver.id(), expected));
    }
    codec.verify(metadata, sliver);
  }
}
