package io.redstuff.network.node.work;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.ShardIndex;
import io.redstuff.client.api.ApiLimits;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.ShardSlivers;
import io.redstuff.client.node.NodeException;
import io.redstuff.client.node.StorageNodeClient;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.message.SyncShardRequest;
import io.redstuff.network.node.chain.ChainView;
import io.redstuff.network.node.chain.Duties;
import io.redstuff.network.node.service.KeptBlobs;
import io.redstuff.network.node.storage.SliverKey;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;

/**
 * Fetches a shard from the node that had it. Every sliver is verified; what that node does not
 * have, or has wrong, is left for the {@link Healer}.
 */
final class ShardImport {
  private static final System.Logger LOG = System.getLogger(ShardImport.class.getName());

  /** How many slivers to ask for at once; a node gives fewer if they are long. */
  private static final int SLIVERS_AT_ONCE = 500;

  private final KeptBlobs blobs;
  private final Peers peers;
  private final Healer healer;
  private final long answerBytes;

  ShardImport(KeptBlobs blobs, Peers peers, Healer healer, WorkSettings settings) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
    this.peers = Objects.requireNonNull(peers, "peers");
    this.healer = Objects.requireNonNull(healer, "healer");
    this.answerBytes = settings.answerBytes();
  }

  /** What came of it. */
  enum Outcome {
    /** All that the other node had is here. */
    FETCHED,
    /** The other node has not heard of the epoch yet. */
    TOO_EARLY,
    /** The other node does not answer, or not as it should. */
    FAILED
  }

  Outcome fetch(ShardIndex shard, ObjectId owner, Duties duties)
      throws IOException, InterruptedException {
    Optional<StorageNodeClient> client = peers.client(owner);
    if (client.isEmpty()) {
      return Outcome.FAILED;
    }
    try {
      for (Axis axis : Axis.values()) {
        if (!fetch(shard, axis, client.get(), duties)) {
          peers.distrust(owner, "%s slivers of shard %s".formatted(axis, shard));
          return Outcome.FAILED;
        }
      }
      return Outcome.FETCHED;
    } catch (NodeException e) {
      LOG.log(
          Level.INFO,
          "node {0}: shard {1} of {2}: {3}",
          duties.node(),
          shard,
          owner,
          e.getMessage());
      return e.is(ErrorReason.INVALID_EPOCH)
              || e.is(ErrorReason.REQUEST_UNAUTHORIZED)
              || e.is(ErrorReason.SHARD_NOT_ASSIGNED)
          ? Outcome.TOO_EARLY
          : Outcome.FAILED;
    }
  }

  /** Fetches slivers of one axis; false if the other node has sent something wrong. */
  private boolean fetch(ShardIndex shard, Axis axis, StorageNodeClient client, Duties duties)
      throws IOException, InterruptedException {
    EncodingParameters parameters = blobs.chain().parameters();
    PublicKeyBytes key = PublicKeyBytes.of(blobs.signer().key().toBytes());
    long most = answerBytes + 2 * ApiLimits.sliver(parameters, axis);
    Optional<BlobId> from = Optional.of(BlobId.of(new byte[BlobId.BYTES]));
    while (from.isPresent()) {
      SyncShardRequest request =
          new SyncShardRequest(
              duties.epoch(), shard, axis, from.get(), SLIVERS_AT_ONCE, duties.epoch());
      ShardSlivers answer = client.syncShard(blobs.signer().sign(request), key, most);
      for (ShardSlivers.Entry entry : answer.entries()) {
        SliverKey expected = new SliverKey(shard, axis, entry.blobId());
        boolean ascends = entry.blobId().compareTo(from.get()) >= 0;
        if (!ascends || !entry.sliver().id().equals(expected.sliver(parameters))) {
          return false;
        }
        if (!take(entry, duties)) {
          return false;
        }
        from = after(entry.blobId());
        if (from.isEmpty()) {
          break;
        }
      }
      if (answer.entries().isEmpty()) {
        from = Optional.empty();
      }
    }
    return true;
  }

  private boolean take(ShardSlivers.Entry entry, Duties duties)
      throws IOException, InterruptedException {
    if (!ChainView.isLive(blobs.chain().blob(entry.blobId()))) {
      return true; // a leftover, which nobody needs
    }
    Optional<VerifiedMetadata> metadata = healer.metadata(entry.blobId(), duties);
    if (metadata.isEmpty()) {
      return true; // nothing to compare it with; the healer will try again
    }
    try {
      blobs.put(blobs.codec().verify(metadata.get(), entry.sliver()));
      return true;
    } catch (RedStuffException e) {
      LOG.log(Level.WARNING, "sliver of {0}: {1}", entry.blobId(), e.getMessage());
      return false;
    }
  }

  /** Returns the next possible blob id, if there is one. */
  private static Optional<BlobId> after(BlobId blob) {
    byte[] bytes = blob.toBytes();
    for (int i = bytes.length - 1; i >= 0; i--) {
      if (++bytes[i] != 0) {
        return Optional.of(BlobId.of(bytes));
      }
    }
    return Optional.empty();
  }
}
