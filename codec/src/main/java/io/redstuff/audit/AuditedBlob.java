package io.redstuff.audit;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.MerkleTree;
import io.redstuff.proof.SliverOpening;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.LeafHasher;
import io.redstuff.store.NamedIoException;
import io.redstuff.store.SliverState;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredSlivers;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Optional;

/** A blob while a prover answers for it. Opened when it is first needed; safe for threads. */
final class AuditedBlob {
  private final BlobEncodings encodings;
  private final BlobId blob;
  private final EncodingParameters parameters;
  private StoredEncoding stored;
  private StoredSlivers slivers;
  private MerkleTree tree;

  /** Why there is nothing to answer with; null before it is known, empty if there is. */
  private String failure;

  AuditedBlob(BlobEncodings encodings, BlobId blob, EncodingParameters parameters) {
    this.encodings = encodings;
    this.blob = blob;
    this.parameters = parameters;
  }

  /** Reads, checks and expands a sliver, if it is there and good; to be closed. */
  AuditedSliver expand(SliverId sliver) {
    String reason = open();
    if (!reason.isEmpty()) {
      return AuditedSliver.none(reason);
    }
    Arena arena = Arena.ofConfined();
    Optional<ExpandedSliver> expanded = Optional.empty();
    try {
      expanded = slivers.expand(sliver, arena);
    } finally {
      if (expanded.isEmpty()) {
        arena.close();
      }
    }
    return expanded
        .map(good -> AuditedSliver.of(good, opening(sliver), arena))
        .orElseGet(() -> AuditedSliver.none(reason(slivers.state(sliver))));
  }

  private SliverOpening opening(SliverId sliver) {
    return SliverOpening.of(stored.metadata(), tree, sliver.pair(parameters));
  }

  private static String reason(SliverState state) {
    return state.name() + (state.reason().isEmpty() ? ": missing" : ": " + state.reason());
  }

  private synchronized String open() {
    if (failure == null) {
      failure = tryToOpen();
    }
    return failure;
  }

  private String tryToOpen() {
    try {
      stored = encodings.open(blob);
    } catch (IOException e) {
      return NamedIoException.reasonOf(e);
    } catch (RedStuffException e) {
      return e.getMessage();
    }
    VerifiedMetadata metadata = stored.metadata();
    if (!metadata.blobId().equals(blob) || !metadata.parameters().equals(parameters)) {
      return "got the encoding of %s for %s shards, expected that of %s for %s"
          .formatted(metadata.blobId(), metadata.parameters().shards(), blob, parameters.shards());
    }
    try (Arena arena = Arena.ofConfined()) {
      tree = metadata.tree(new LeafHasher(stored.codec().engine(), arena));
    }
    slivers = stored.slivers();
    return "";
  }
}
