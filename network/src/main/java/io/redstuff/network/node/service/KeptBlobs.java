package io.redstuff.network.node.service;

import io.redstuff.BlobId;
import io.redstuff.Sliver;
import io.redstuff.certify.NodeSigner;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.error.RedStuffException;
import io.redstuff.network.node.chain.ChainView;
import io.redstuff.network.node.storage.BlobSlivers;
import io.redstuff.network.node.storage.KeptSliver;
import io.redstuff.network.node.storage.NodeStore;
import io.redstuff.network.node.storage.SliverKey;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.StoredEncoding;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node keeps of blobs, with what is needed to trust it: metadata are verified when they are
 * read, and the last ones are kept in memory. What is found to be bad is thrown away, and told.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class KeptBlobs {
  private static final System.Logger LOG = System.getLogger(KeptBlobs.class.getName());

  /** How much memory the metadata that are kept may take, in bytes. */
  private static final long CACHE_BYTES = 16 << 20;

  private final ChainView chain;
  private final NodeStore store;
  private final NodeSigner signer;
  private final RedStuff codec;
  private final LossListener losses;
  private final Map<BlobId, VerifiedMetadata> cache;

  /**
   * Puts the parts together.
   *
   * @param chain the ledger as the node sees it
   * @param store where it keeps things
   * @param signer signs as the node
   * @param losses hears of what is lost
   */
  public KeptBlobs(ChainView chain, NodeStore store, NodeSigner signer, LossListener losses) {
    this.chain = Objects.requireNonNull(chain, "chain");
    this.store = Objects.requireNonNull(store, "store");
    this.signer = Objects.requireNonNull(signer, "signer");
    this.losses = Objects.requireNonNull(losses, "losses");
    this.codec = RedStuff.forShards(chain.parameters().shards());
    int most = (int) Math.max(4, CACHE_BYTES / chain.parameters().metadataLength());
    this.cache =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<BlobId, VerifiedMetadata> eldest) {
            return size() > most;
          }
        };
  }

  /** {@return the ledger as the node sees it} */
  public ChainView chain() {
    return chain;
  }

  /** {@return where the node keeps things} */
  public NodeStore store() {
    return store;
  }

  /** {@return what signs as the node} */
  public NodeSigner signer() {
    return signer;
  }

  /** {@return what encodes and verifies} */
  public RedStuff codec() {
    return codec;
  }

  /**
   * Returns the metadata of a blob.
   *
   * @param blob the blob
   * @return the metadata, verified, if they are there and good
   * @throws IOException if the store cannot be read
   */
  public Optional<VerifiedMetadata> metadata(BlobId blob) throws IOException {
    synchronized (cache) {
      VerifiedMetadata known = cache.get(blob);
      if (known != null) {
        return Optional.of(known);
      }
    }
    return freshMetadata(blob);
  }

  /**
   * Returns the metadata of a blob as they are in the store, whether or not they are in memory.
   *
   * @param blob the blob
   * @return the metadata, verified, if they are there and good
   * @throws IOException if the store cannot be read
   */
  public Optional<VerifiedMetadata> freshMetadata(BlobId blob) throws IOException {
    Optional<byte[]> bcs = store.metadata(blob);
    if (bcs.isEmpty()) {
      return Optional.empty();
    }
    try {
      VerifiedMetadata metadata = StoredEncoding.verify(bcs.get(), Optional.of(blob));
      synchronized (cache) {
        cache.put(blob, metadata);
      }
      return Optional.of(metadata);
    } catch (RedStuffException e) {
      LOG.log(Level.WARNING, "node {0}: metadata of {1}: {2}", chain.node(), blob, e.getMessage());
      store.removeMetadata(blob);
      synchronized (cache) {
        cache.remove(blob);
      }
      losses.lost(blob);
      return Optional.empty();
    }
  }

  /**
   * Keeps metadata.
   *
   * @param metadata the metadata
   * @return whether there were none
   * @throws IOException if they cannot be written
   */
  public boolean put(VerifiedMetadata metadata) throws IOException {
    return store.putMetadata(metadata.blobId(), metadata.toBcs());
  }

  /**
   * Keeps a sliver.
   *
   * @param sliver the sliver, verified
   * @return whether there was none
   * @throws IOException if it cannot be written
   */
  public boolean put(VerifiedSliver sliver) throws IOException {
    return store.putSliver(kept(sliver));
  }

  /**
   * Keeps slivers, all of them or none.
   *
   * @param slivers slivers of one blob or of many, verified
   * @throws IOException if they cannot be written
   */
  public void putAll(List<VerifiedSliver> slivers) throws IOException {
    store.putSlivers(slivers.stream().map(this::kept).toList());
  }

  private KeptSliver kept(VerifiedSliver verified) {
    Sliver sliver = verified.sliver();
    return new KeptSliver(
        SliverKey.of(verified.blobId(), sliver.id(), chain.parameters()),
        sliver.symbolSize(),
        sliver.segment().toArray(ValueLayout.JAVA_BYTE));
  }

  /**
   * Expands a sliver, which verifies it.
   *
   * @param metadata of its blob
   * @param key where it lies
   * @param arena gives the memory
   * @return the sliver, if it is there and good
   * @throws IOException if the store cannot be read
   */
  public Optional<ExpandedSliver> expand(VerifiedMetadata metadata, SliverKey key, Arena arena)
      throws IOException {
    Optional<KeptSliver> kept = store.sliver(key);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(codec.expand(metadata, kept.get().view(chain.parameters()), arena));
    } catch (RedStuffException | IllegalArgumentException e) {
      throwAway(key, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Throws a sliver away that was found to be bad, and tells so.
   *
   * @param key where it lies
   * @param why what is wrong with it
   * @throws IOException if the store cannot be written
   */
  public void throwAway(SliverKey key, String why) throws IOException {
    LOG.log(
        Level.WARNING,
        "node {0}: {1} sliver of {2} in shard {3} thrown away: {4}",
        chain.node(),
        key.axis(),
        key.blob(),
        key.shard(),
        why);
    store.removeSliver(key);
    losses.lost(key.blob());
  }

  /**
   * Forgets all there is of a blob.
   *
   * @param blob the blob
   * @throws IOException if the store cannot be written
   */
  public void forget(BlobId blob) throws IOException {
    store.removeBlob(blob);
    synchronized (cache) {
      cache.remove(blob);
    }
  }

  /**
   * Returns the encoding of a blob as far as it is kept.
   *
   * @param metadata of the blob
   * @return the encoding
   */
  public StoredEncoding encoding(VerifiedMetadata metadata) {
    return StoredEncoding.of(new BlobSlivers(store, metadata.blobId()), codec, metadata);
  }

  /** Returns whether the node gives a blob out if it has it. */
  boolean isServed(BlobId blob) {
    return ChainView.isLive(chain.blob(blob));
  }
}
