package io.redstuff.message;

import java.util.Objects;

/**
 * How many shards must stand behind something, as the contract on the chain counts. With f =
 * floor((n - 1) / 3) faulty shards of n, and n not of the form 3f + 1, the official clients have
 * other rules beside these; what the chain accepts is what counts here.
 *
 * @since 0.1.0
 */
public enum Quorum {
  /** Two thirds of the shards and more: {@code 3w >= 2n + 1}, the same as {@code w >= n - f}. */
  TWO_THIRDS(2),

  /**
   * At least one honest shard: {@code 3w >= n + 1}. That is {@code f + 1}, but {@code f + 2} for n
   * = 3f + 3, where the Rust client is content with {@code f + 1}.
   */
  ONE_CORRECT(1);

  private final int thirds;

  Quorum(int thirds) {
    this.thirds = thirds;
  }

  /**
   * Returns the least weight that is enough.
   *
   * @param shards the number n of all shards, at least 0
   * @return how many shards there must be: with none at all, 1, so never
   * @throws IllegalArgumentException if {@code shards} is negative
   */
  public int threshold(int shards) {
    if (shards < 0) {
      throw new IllegalArgumentException("shards: got " + shards + ", expected at least 0");
    }
    return Math.toIntExact(Math.ceilDiv((long) thirds * shards + 1, 3));
  }

  /**
   * Returns whether some shards are enough.
   *
   * @param weight how many shards there are
   * @param shards the number n of all shards
   * @return true if {@code weight} is not below the threshold
   * @throws IllegalArgumentException if {@code shards} is negative
   * @throws IndexOutOfBoundsException if the weight is not from 0 to {@code shards}
   */
  public boolean isReached(int weight, int shards) {
    int threshold = threshold(shards);
    return Objects.checkIndex(weight, shards + 1) >= threshold;
  }
}
