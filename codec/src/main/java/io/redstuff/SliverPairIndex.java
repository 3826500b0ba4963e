package io.redstuff;

import java.util.Objects;

/**
 * The position of a pair of slivers in the encoding: pair {@code p} is primary sliver {@code p} and
 * secondary sliver {@code n - 1 - p}. Which shard stores it depends on the blob id.
 *
 * @param value the index, from 0 to 65535 whatever the number of shards; the methods that know the
 *     number of shards require it to be below that
 * @since 0.1.0
 */
public record SliverPairIndex(int value) implements Comparable<SliverPairIndex> {

  /**
   * Checks the index.
   *
   * @param value the index
   * @throws IndexOutOfBoundsException if it is negative or above 65535
   */
  public SliverPairIndex {
    Objects.checkIndex(value, SliverId.INDEX_LIMIT);
  }

  /**
   * Returns the index with a value.
   *
   * @param value the index
   * @return the pair index
   * @throws IndexOutOfBoundsException if {@code value} is negative or above 65535
   */
  public static SliverPairIndex of(int value) {
    return new SliverPairIndex(value);
  }

  /** {@return the primary sliver of this pair, number {@code p}} */
  public SliverId primary() {
    return SliverId.primary(value);
  }

  /**
   * Returns the secondary sliver of this pair.
   *
   * @param parameters the encoding parameters
   * @return the id of secondary sliver {@code n - 1 - p}
   * @throws IndexOutOfBoundsException if this index is not below the number of shards
   */
  public SliverId secondary(EncodingParameters parameters) {
    int n = parameters.shards();
    return SliverId.secondary(n - 1 - Objects.checkIndex(value, n));
  }

  /**
   * Returns the shard that stores this pair of a blob: {@code (p + blobId mod n) mod n}.
   *
   * @param blobId the id of the blob
   * @param parameters the encoding parameters
   * @return the shard
   * @throws IndexOutOfBoundsException if this index is not below the number of shards
   */
  public ShardIndex shard(BlobId blobId, EncodingParameters parameters) {
    int n = parameters.shards();
    return new ShardIndex((Objects.checkIndex(value, n) + blobId.mod(n)) % n);
  }

  @Override
  public int compareTo(SliverPairIndex other) {
    return Integer.compare(value, other.value);
  }

  /** {@return the index as a decimal number} */
  @Override
  public String toString() {
    return Integer.toString(value);
  }
}
