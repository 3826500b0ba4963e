package io.redstuff.network.node.work;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.SliverId;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.codec.Recovery;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.error.RedStuffException;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.node.chain.Duties;
import io.redstuff.network.node.service.KeptBlobs;
import io.redstuff.network.node.storage.SliverKey;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Restores what the node owes of a blob and does not have: metadata from any node, as they prove
 * themselves; slivers from symbols of other nodes, and of the node's own slivers. Secondary slivers
 * come first, since they need fewer symbols and then give some for the primary ones.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class Healer {
  private final KeptBlobs blobs;
  private final Peers peers;
  private final long answerBytes;

  /** What came of healing a blob. */
  public sealed interface Outcome {
    /**
     * The node has what it owes.
     *
     * @param restored how many slivers it has got
     */
    record Whole(int restored) implements Outcome {}

    /**
     * Other nodes do not have enough of it, or do not answer.
     *
     * @param why what is lacking
     */
    record Lacking(String why) implements Outcome {}

    /**
     * The blob is inconsistent.
     *
     * @param metadata the blob's
     * @param proof shows it
     */
    record Inconsistent(VerifiedMetadata metadata, InconsistencyProof proof) implements Outcome {}

    /** The ledger does not want it, or not any more. */
    record NotOwed() implements Outcome {}
  }

  /**
   * Heals what a node has.
   *
   * @param blobs where it lies
   * @param peers the other nodes
   * @param settings how much to ask for at once
   */
  public Healer(KeptBlobs blobs, Peers peers, WorkSettings settings) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
    this.peers = Objects.requireNonNull(peers, "peers");
    this.answerBytes = settings.answerBytes();
  }

  /**
   * Heals a blob.
   *
   * @param blob the blob
   * @return what came of it
   * @throws IOException if the store fails
   * @throws InterruptedException if the thread was interrupted
   */
  public Outcome heal(BlobId blob) throws IOException, InterruptedException {
    BlobState state = blobs.chain().ledger().blob(blob);
    if (!state.isAvailable()) {
      return new Outcome.NotOwed();
    }
    Duties duties = blobs.chain().duties();
    Optional<VerifiedMetadata> metadata = metadata(blob, duties);
    if (metadata.isEmpty()) {
      return new Outcome.Lacking("no node gave its metadata");
    }
    int restored = 0;
    for (Axis axis : List.of(Axis.SECONDARY, Axis.PRIMARY)) {
      List<SliverId> targets = lacking(blob, axis, duties);
      if (!targets.isEmpty()) {
        Outcome outcome = heal(metadata.get(), axis, targets, duties);
        if (!(outcome instanceof Outcome.Whole whole)) {
          return outcome;
        }
        restored += whole.restored();
      }
    }
    return new Outcome.Whole(restored);
  }

  /**
   * Returns the metadata of a blob, from another node if they are not here.
   *
   * @param blob the blob
   * @param duties says which nodes there are
   * @return the metadata, if a node has them
   * @throws IOException if the store fails
   * @throws InterruptedException if the thread was interrupted
   */
  Optional<VerifiedMetadata> metadata(BlobId blob, Duties duties)
      throws IOException, InterruptedException {
    Optional<VerifiedMetadata> here = blobs.metadata(blob);
    if (here.isPresent()) {
      return here;
    }
    Set<ObjectId> nodes = new HashSet<>(duties.committee().keys().keySet());
    duties.previous().ifPresent(before -> nodes.addAll(before.keys().keySet()));
    for (ObjectId node : peers.inOrder(nodes)) {
      Optional<StorageNodeClient> client = peers.client(node);
      if (client.isPresent()) {
        try {
          VerifiedMetadata metadata = blobs.codec().verify(client.get().metadata(blob), blob);
          blobs.put(metadata);
          return Optional.of(metadata);
        } catch (NodeException e) {
          peers.failed(node, e);
        } catch (RedStuffException e) {
          peers.distrust(node, "metadata of " + blob + ": " + e.getMessage());
        }
      }
    }
    return Optional.empty();
  }

  private List<SliverId> lacking(BlobId blob, Axis axis, Duties duties) throws IOException {
    EncodingParameters parameters = blobs.chain().parameters();
    Set<SliverKey> held = new HashSet<>(blobs.store().held(blob));
    List<SliverId> lacking = new ArrayList<>();
    for (ShardIndex shard : duties.shards()) {
      SliverKey key = new SliverKey(shard, axis, blob);
      if (!held.contains(key)) {
        lacking.add(key.sliver(parameters));
      }
    }
    return lacking;
  }

  private Outcome heal(VerifiedMetadata metadata, Axis axis, List<SliverId> targets, Duties duties)
      throws IOException, InterruptedException {
    // So many at a time that their symbols fit into what one answer may take, per node.
    int most =
        (int)
            Math.max(
                1,
                answerBytes
                    / ((long) metadata.parameters().symbolsPerSliver(axis)
                        * metadata.symbolSize()));
    for (int from = 0; from < targets.size(); from += most) {
      List<SliverId> some = targets.subList(from, Math.min(targets.size(), from + most));
      Optional<Outcome> failed = healSome(metadata, axis, some, duties);
      if (failed.isPresent()) {
        return failed.get();
      }
    }
    return new Outcome.Whole(targets.size());
  }

  private Optional<Outcome> healSome(
      VerifiedMetadata metadata, Axis axis, List<SliverId> targets, Duties duties)
      throws IOException, InterruptedException {
    Gathering gathering =
        new Gathering(
            peers, blobs.codec(), metadata, duties.committee(), answerBytes, axis, targets);
    addOwn(metadata, axis, targets, gathering);
    gathering.gather();
    List<VerifiedSliver> restored = new ArrayList<>();
    Optional<Outcome> failed = Optional.empty();
    for (SliverId target : targets) {
      int found = gathering.symbols(target).size();
      if (found < gathering.needed()) {
        failed =
            Optional.of(
                new Outcome.Lacking(
                    "symbols for %s: got %s, expected %s"
                        .formatted(target, found, gathering.needed())));
        continue;
      }
      switch (recover(metadata, target, gathering)) {
        case Recovery.Recovered recovered -> restored.add(recovered.sliver());
        case Recovery.Inconsistent inconsistent -> {
          blobs.putAll(restored);
          return Optional.of(new Outcome.Inconsistent(metadata, inconsistent.proof()));
        }
      }
    }
    blobs.putAll(restored);
    return failed;
  }

  private Recovery recover(VerifiedMetadata metadata, SliverId target, Gathering gathering) {
    try (Arena arena = Arena.ofConfined()) {
      return blobs
          .codec()
          .newRecoverer(arena)
          .recoverOptimistically(metadata, target, gathering.symbols(target));
    } catch (RedStuffException e) {
      throw new IllegalStateException("symbols that were proven", e);
    }
  }

  /** Takes the symbols that the node can cut itself. */
  private void addOwn(
      VerifiedMetadata metadata, Axis axis, List<SliverId> targets, Gathering gathering)
      throws IOException {
    for (SliverKey key : blobs.store().held(metadata.blobId())) {
      if (key.axis() != axis) {
        try (Arena arena = Arena.ofConfined()) {
          Optional<ExpandedSliver> own = blobs.expand(metadata, key, arena);
          own.ifPresent(
              sliver ->
                  targets.forEach(
                      target -> gathering.add(target, sliver.recoverySymbol(target.index()))));
        }
      }
    }
  }
}
