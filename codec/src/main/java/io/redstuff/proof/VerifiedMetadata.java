package io.redstuff.proof;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.hash.Blake2b;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Metadata of a blob whose hashes are known to belong to its id: either the id was computed from
 * them, or it was compared with them by {@link BlobMetadata#verify(EncodingParameters, BlobId)}.
 *
 * <p>It says nothing about slivers yet: those have to be compared with their hashes. Nor does it
 * say that the hashes are those of one consistently encoded blob; a writer may commit to anything,
 * also to no hash at all for a sliver (an <em>empty node</em>). No sliver matches that, not even
 * one whose digest were 32 zero bytes, though both give the same id: metadata that differ in this
 * are not equal and are written as they were read.
 *
 * <p>Immutable and thread-safe. It takes 64 bytes for each shard.
 *
 * @since 0.1.0
 */
public final class VerifiedMetadata implements SliverHashes {

  /** What an id is the hash of begins with it. */
  private static final int ID_PREFIX = 1;

  private static final int PAIR_BYTES = 2 * Nodes.DIGEST_BYTES;

  private final EncodingParameters parameters;
  private final long blobLength;
  private final int symbolSize;

  /** For each pair the primary, then the secondary hash. */
  private final Nodes hashes;

  private final byte[] rootHash;
  private final BlobId blobId;

  private VerifiedMetadata(
      EncodingParameters parameters, long blobLength, Nodes hashes, byte[] rootHash) {
    this.parameters = parameters;
    this.blobLength = blobLength;
    this.symbolSize = parameters.symbolSize(blobLength);
    this.hashes = hashes;
    this.rootHash = rootHash;
    this.blobId = computeBlobId(blobLength, rootHash);
  }

  /**
   * Computes a blob id from what it commits to.
   *
   * @param blobLength the length of the blob in bytes
   * @param metadataRoot the 32-byte Merkle root over the hashes of all sliver pairs
   * @return the id
   * @throws IllegalArgumentException if {@code blobLength} is negative or the root has not 32 bytes
   */
  public static BlobId computeBlobId(long blobLength, byte[] metadataRoot) {
    if (blobLength < 0) {
      throw new IllegalArgumentException("blob length: got " + blobLength + ", expected 0 or more");
    }
    if (Objects.requireNonNull(metadataRoot, "metadataRoot").length != Nodes.DIGEST_BYTES) {
      throw new IllegalArgumentException(
          "metadata root: got " + metadataRoot.length + " bytes, expected " + Nodes.DIGEST_BYTES);
    }
    ByteBuffer message =
        ByteBuffer.allocate(1 + Long.BYTES + metadataRoot.length).order(ByteOrder.LITTLE_ENDIAN);
    message.put((byte) ID_PREFIX).putLong(blobLength).put(metadataRoot);
    return BlobId.of(Blake2b.hash(message.array()));
  }

  /**
   * Computes root and id from hashes that the caller knows to be right, having computed them.
   *
   * @param parameters the encoding parameters
   * @param blobLength the length of the blob in bytes
   * @param hashes {@code 64 n} bytes: for each pair the primary, then the secondary hash; copied
   * @return the metadata
   * @throws IllegalArgumentException if the blob length is negative or above the limit, or there
   *     are not {@code 64 n} bytes
   */
  public static VerifiedMetadata ofHashes(
      EncodingParameters parameters, long blobLength, byte[] hashes) {
    try (Arena arena = Arena.ofConfined()) {
      LeafHasher hasher = new LeafHasher(Engines.selected(), arena);
      return ofHashes(parameters, blobLength, MemorySegment.ofArray(hashes), hasher);
    }
  }

  /**
   * Computes root and id from hashes that the caller knows to be right, having computed them, with
   * a hasher of the caller's.
   *
   * @param parameters the encoding parameters
   * @param blobLength the length of the blob in bytes
   * @param hashes {@code 64 n} bytes, native or heap: for each pair the primary, then the secondary
   *     hash; copied
   * @param hasher what to hash with
   * @return the metadata
   * @throws IllegalArgumentException if the blob length is negative or above the limit, or there
   *     are not {@code 64 n} bytes
   */
  public static VerifiedMetadata ofHashes(
      EncodingParameters parameters, long blobLength, MemorySegment hashes, LeafHasher hasher) {
    int n = parameters.shards();
    long expected = (long) PAIR_BYTES * n;
    if (hashes.byteSize() != expected) {
      throw new IllegalArgumentException(
          "hashes: got %s bytes, expected %s for %s shards"
              .formatted(hashes.byteSize(), expected, n));
    }
    Nodes copy = Nodes.ofDigests(hashes.toArray(ValueLayout.JAVA_BYTE));
    return new VerifiedMetadata(parameters, blobLength, copy, root(hasher, copy.digests(), n));
  }

  /** Computes root and id from two hashes, or empty nodes, for each shard. */
  static VerifiedMetadata of(
      EncodingParameters parameters, long blobLength, Nodes hashes, Engine engine) {
    try (Arena arena = Arena.ofConfined()) {
      byte[] root = root(new LeafHasher(engine, arena), hashes.digests(), parameters.shards());
      return new VerifiedMetadata(parameters, blobLength, hashes, root);
    }
  }

  private static byte[] root(LeafHasher hasher, byte[] hashes, int n) {
    int leafBytes = Nodes.DIGEST_BYTES;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pairs = arena.allocate(hashes.length, Long.BYTES);
      pairs.copyFrom(MemorySegment.ofArray(hashes));
      MemorySegment leaves = arena.allocate((long) leafBytes * n, Long.BYTES);
      MemorySegment scratch = arena.allocate(MerkleTree.scratchBytes(n), Long.BYTES);
      hasher.hash(
          LeafHasher.LEAF_PREFIX, pairs, 0, PAIR_BYTES, PAIR_BYTES, n, leaves, 0, leafBytes);
      return MerkleTree.root(hasher, leaves, 0, n, scratch);
    }
  }

  /**
   * Returns the tree over the hashes of all pairs, from which {@linkplain SliverOpening openings}
   * are cut.
   *
   * @param hasher what to hash with
   * @return the tree, whose root is {@link #rootHash}
   */
  public MerkleTree tree(LeafHasher hasher) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pairs = arena.allocate(hashes.digests().length, Long.BYTES);
      pairs.copyFrom(MemorySegment.ofArray(hashes.digests()));
      return MerkleTree.ofLeaves(hasher, pairs, 0, PAIR_BYTES, PAIR_BYTES, parameters.shards());
    }
  }

  /**
   * Returns the metadata that has these hashes for another length of the blob, and another id.
   *
   * @param length the length in bytes
   * @return the metadata
   * @throws IllegalArgumentException if the length is negative or above the limit
   */
  public VerifiedMetadata withBlobLength(long length) {
    return new VerifiedMetadata(parameters, length, hashes, rootHash);
  }

  /** {@return the encoding parameters} */
  @Override
  public EncodingParameters parameters() {
    return parameters;
  }

  /** {@return the id of the blob} */
  @Override
  public BlobId blobId() {
    return blobId;
  }

  /** {@return the blob's length in bytes, not above {@link EncodingParameters#maxBlobLength()}} */
  public long blobLength() {
    return blobLength;
  }

  /** {@return the symbol size of all slivers in bytes, even, from 2 to 65534} */
  @Override
  public int symbolSize() {
    return symbolSize;
  }

  /** {@return a fresh copy of the 32 bytes of the Merkle root over the hashes of all pairs} */
  public byte[] rootHash() {
    return rootHash.clone();
  }

  /**
   * Returns the hashes of a pair.
   *
   * @param pair which pair
   * @return the hashes of its two slivers
   * @throws IndexOutOfBoundsException if there is no such pair
   */
  public SliverPairHashes hashes(SliverPairIndex pair) {
    return SliverPairHashes.of(hashes, Objects.checkIndex(pair.value(), parameters.shards()));
  }

  /**
   * Returns the hash of a sliver: the Merkle root over the {@code n} symbols of its expanded row or
   * column.
   *
   * @param sliver which sliver
   * @return a fresh copy of its 32 bytes, or none if the metadata have an empty node there
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  @Override
  public byte[] sliverHash(SliverId sliver) {
    return hashes.get(index(sliver));
  }

  /**
   * Compares a digest with the hash of a sliver, without allocating.
   *
   * @param sliver which sliver
   * @param digest memory with the digest in it, native or heap
   * @param offset where in {@code digest} its 32 bytes begin
   * @return whether they are the hash of that sliver, which no bytes are if there is none
   * @throws IndexOutOfBoundsException if there is no such sliver, or the 32 bytes do not lie within
   *     {@code digest}
   */
  @Override
  public boolean matches(SliverId sliver, MemorySegment digest, long offset) {
    Objects.checkFromIndexSize(offset, Nodes.DIGEST_BYTES, digest.byteSize());
    int index = index(sliver);
    return hashes.matches(index, digest, offset);
  }

  /** Returns which of the hashes is that of a sliver. */
  private int index(SliverId sliver) {
    return 2 * sliver.pair(parameters).value() + sliver.axis().variant();
  }

  /** {@return BCS blob metadata with id: the id and what {@link #toBcsWithoutId()} returns} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(writer -> write(writer.fixed(blobId.toBytes())));
  }

  /**
   * {@return BCS blob metadata: {@code 66 n + 11} to {@code 66 n + 13} bytes if no hash is empty}
   */
  public byte[] toBcsWithoutId() {
    return BcsWriter.toBytes(this::write);
  }

  private void write(BcsWriter writer) {
    writer.variant(BlobMetadata.V1).variant(BlobMetadata.ENCODING_TYPE).u64(blobLength);
    hashes.write(writer.count(parameters.shards()));
  }

  /** Compares parameters, length and all hashes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof VerifiedMetadata that
        && parameters.equals(that.parameters)
        && blobLength == that.blobLength
        && hashes.equals(that.hashes);
  }

  @Override
  public int hashCode() {
    return blobId.hashCode();
  }

  /** {@return id and sizes, as in {@code "metadata of <id> (12 bytes, 4 shards)"}} */
  @Override
  public String toString() {
    return "metadata of %s (%s bytes, %s shards)"
        .formatted(blobId, blobLength, parameters.shards());
  }
}
