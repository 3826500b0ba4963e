package io.redstuff;

import java.util.Objects;

/**
 * The number of a shard of the network. Sliver pairs are dealt out to shards rotated by the blob
 * id, so that no shard holds the same part of every blob.
 *
 * @param value the index, from 0 to 65535 whatever the number of shards; the methods that know the
 *     number of shards require it to be below that
 * @since 0.1.0
 */
public record ShardIndex(int value) implements Comparable<ShardIndex> {

  /**
   * Checks the index.
   *
   * @param value the index
   * @throws IndexOutOfBoundsException if it is negative or above 65535
   */
  public ShardIndex {
    Objects.checkIndex(value, SliverId.INDEX_LIMIT);
  }

  /**
   * Returns the index with a value.
   *
   * @param value the index
   * @return the shard index
   * @throws IndexOutOfBoundsException if {@code value} is negative or above 65535
   */
  public static ShardIndex of(int value) {
    return new ShardIndex(value);
  }

  /**
   * Returns the pair of slivers of a blob that this shard stores: {@code (shard - blobId mod n) mod
   * n}.
   *
   * @param blobId the id of the blob
   * @param parameters the encoding parameters
   * @return the pair
   * @throws IndexOutOfBoundsException if this index is not below the number of shards
   */
  public SliverPairIndex pair(BlobId blobId, EncodingParameters parameters) {
    int n = parameters.shards();
    return new SliverPairIndex(Math.floorMod(Objects.checkIndex(value, n) - blobId.mod(n), n));
  }

  @Override
  public int compareTo(ShardIndex other) {
    return Integer.compare(value, other.value);
  }

  /** {@return the index as a decimal number} */
  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
