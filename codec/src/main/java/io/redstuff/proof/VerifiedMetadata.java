package io.redstuff.proof;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Metadata of a blob whose hashes are known to belong to its id: either the id was computed from
 * them, or it was compared with them by {@link BlobMetadata#verify(EncodingParameters, BlobId)}.
 *
 * <p>It says nothing about slivers yet: those have to be compared with their hashes. Nor does it
 * say that the hashes are those of one consistently encoded blob; a writer may commit to anything.
 *
 * <p>Immutable and thread-safe. It takes 64 bytes for each shard.
 */
public final class VerifiedMetadata {

  private static final int PAIR_BYTES = 2 * Node.DIGEST_BYTES;

  private static final VarHandle HASH_WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final EncodingParameters parameters;
  private final long blobLength;
  private final int symbolSize;

  /** For each pair the primary, then the secondary hash. */
  private final byte[] hashes;

  private final byte[] rootHash;
  private final BlobId blobId;

  private VerifiedMetadata(
      EncodingParameters parameters, long blobLength, byte[] hashes, byte[] rootHash) {
    this.parameters = parameters;
    this.blobLength = blobLength;
    this.symbolSize = parameters.symbolSize(blobLength);
    this.hashes = hashes;
    this.rootHash = rootHash;
    this.blobId = BlobId.compute(blobLength, rootHash);
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
    return ofHashes(parameters, blobLength, MemorySegment.ofArray(hashes));
  }

  /**
   * Computes root and id from hashes that the caller knows to be right, having computed them.
   *
   * @param parameters the encoding parameters
   * @param blobLength the length of the blob in bytes
   * @param hashes {@code 64 n} bytes, native or heap: for each pair the primary, then the secondary
   *     hash; copied
   * @return the metadata
   * @throws IllegalArgumentException if the blob length is negative or above the limit, or there
   *     are not {@code 64 n} bytes
   */
  public static VerifiedMetadata ofHashes(
      EncodingParameters parameters, long blobLength, MemorySegment hashes) {
    try (Arena arena = Arena.ofConfined()) {
      return ofHashes(parameters, blobLength, hashes, new LeafHasher(Engines.selected(), arena));
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
    if (hashes.byteSize() != (long) PAIR_BYTES * n) {
      throw new IllegalArgumentException(
          "hashes: got "
              + hashes.byteSize()
              + " bytes, expected "
              + (long) PAIR_BYTES * n
              + " for "
              + n
              + " shards");
    }
    byte[] copy = hashes.toArray(ValueLayout.JAVA_BYTE);
    return new VerifiedMetadata(parameters, blobLength, copy, root(hasher, copy, n));
  }

  private static byte[] root(LeafHasher hasher, byte[] hashes, int n) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment pairs = arena.allocate(hashes.length, Long.BYTES);
      MemorySegment.copy(MemorySegment.ofArray(hashes), 0, pairs, 0, hashes.length);
      MemorySegment leaves = arena.allocate((long) Node.DIGEST_BYTES * n, Long.BYTES);
      MemorySegment scratch = arena.allocate(MerkleTree.scratchBytes(n), Long.BYTES);
      hasher.hash(
          LeafHasher.LEAF_PREFIX,
          pairs,
          0,
          PAIR_BYTES,
          PAIR_BYTES,
          n,
          leaves,
          0,
          Node.DIGEST_BYTES);
      return MerkleTree.root(hasher, leaves, 0, n, scratch);
    }
  }

  /**
   * Returns the encoding parameters.
   *
   * @return the parameters
   */
  public EncodingParameters parameters() {
    return parameters;
  }

  /**
   * Returns the id of the blob.
   *
   * @return the id
   */
  public BlobId blobId() {
    return blobId;
  }

  /**
   * Returns the length of the blob.
   *
   * @return the length in bytes, not above {@link EncodingParameters#maxBlobLength()}
   */
  public long blobLength() {
    return blobLength;
  }

  /**
   * Returns the symbol size of all slivers.
   *
   * @return the size in bytes, even, from 2 to 65534
   */
  public int symbolSize() {
    return symbolSize;
  }

  /**
   * Returns the Merkle root over the hashes of all pairs.
   *
   * @return a fresh copy of its 32 bytes
   */
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
    int at = PAIR_BYTES * Objects.checkIndex(pair.value(), parameters.shards());
    int middle = at + Node.DIGEST_BYTES;
    return new SliverPairHashes(
        Arrays.copyOfRange(hashes, at, middle),
        Arrays.copyOfRange(hashes, middle, at + PAIR_BYTES));
  }

  /**
   * Returns the hash of a sliver: the Merkle root over the {@code n} symbols of its expanded row or
   * column.
   *
   * @param sliver which sliver
   * @return a fresh copy of its 32 bytes
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public byte[] sliverHash(SliverId sliver) {
    int at = hashAt(sliver);
    return Arrays.copyOfRange(hashes, at, at + Node.DIGEST_BYTES);
  }

  /**
   * Compares a digest with the hash of a sliver, without allocating.
   *
   * @param sliver which sliver
   * @param digest memory with the digest in it, native or heap
   * @param offset where in {@code digest} its 32 bytes begin
   * @return whether they are the hash of that sliver
   * @throws IndexOutOfBoundsException if there is no such sliver, or the 32 bytes do not lie within
   *     {@code digest}
   */
  public boolean matches(SliverId sliver, MemorySegment digest, long offset) {
    Objects.checkFromIndexSize(offset, Node.DIGEST_BYTES, digest.byteSize());
    int at = hashAt(sliver);
    long difference = 0;
    for (int i = 0; i < Node.DIGEST_BYTES; i += Long.BYTES) {
      long word = (long) HASH_WORD.get(hashes, at + i);
      difference |= word ^ digest.get(ValueLayout.JAVA_LONG_UNALIGNED, offset + i);
    }
    return difference == 0;
  }

  private int hashAt(SliverId sliver) {
    int pair = PAIR_BYTES * sliver.pair(parameters).value();
    return sliver.axis() == Axis.PRIMARY ? pair : pair + Node.DIGEST_BYTES;
  }

  /**
   * Returns the BCS blob metadata with id.
   *
   * @return the id and what {@link #toBcsWithoutId()} returns
   */
  public byte[] toBcs() {
    return BlobMetadata.prepend(blobId, toBcsWithoutId());
  }

  /**
   * Returns the BCS blob metadata.
   *
   * @return {@code 66 n + 11} to {@code 66 n + 13} bytes
   */
  public byte[] toBcsWithoutId() {
    return BlobMetadata.write(blobLength, parameters.shards(), hashes);
  }

  /** Compares parameters, length and all hashes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof VerifiedMetadata that
        && parameters.equals(that.parameters)
        && blobLength == that.blobLength
        && Arrays.equals(hashes, that.hashes);
  }

  @Override
  public int hashCode() {
    return blobId.hashCode();
  }

  /**
   * Returns id and sizes, without the hashes.
   *
   * @return text such as {@code "metadata of <id> (12 bytes, 4 shards)"}
   */
  @Override
  public String toString() {
    return "metadata of "
        + blobId
        + " ("
        + blobLength
        + " bytes, "
        + parameters.shards()
        + " shards)";
  }
}
