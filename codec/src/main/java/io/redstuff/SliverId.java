package io.redstuff;

import java.util.Objects;

/**
 * Which sliver of a blob: its axis, and its row or column number.
 *
 * @param axis the axis
 * @param index the row number of a primary, the column number of a secondary sliver; from 0 to
 *     65535 whatever the number of shards, since that is what the wire format can carry
 * @since 0.1.0
 */
public record SliverId(Axis axis, int index) implements Comparable<SliverId> {

  /** One more than the largest index that fits the 16 bits it has on the wire. */
  static final int INDEX_LIMIT = 1 << 16;

  /**
   * Checks the index.
   *
   * @param axis the axis
   * @param index the row or column number
   * @throws IndexOutOfBoundsException if {@code index} is negative or above 65535
   */
  public SliverId {
    Objects.requireNonNull(axis, "axis");
    Objects.checkIndex(index, INDEX_LIMIT);
  }

  /**
   * Returns the id of a primary sliver.
   *
   * @param row the row number
   * @return the id
   * @throws IndexOutOfBoundsException if {@code row} is negative or above 65535
   */
  public static SliverId primary(int row) {
    return new SliverId(Axis.PRIMARY, row);
  }

  /**
   * Returns the id of a secondary sliver.
   *
   * @param column the column number
   * @return the id
   * @throws IndexOutOfBoundsException if {@code column} is negative or above 65535
   */
  public static SliverId secondary(int column) {
    return new SliverId(Axis.SECONDARY, column);
  }

  /**
   * Returns the pair this sliver belongs to.
   *
   * @param parameters the encoding parameters
   * @return pair {@code index} for a primary, pair {@code n - 1 - index} for a secondary sliver
   * @throws IndexOutOfBoundsException if the index is not below the number of shards
   */
  public SliverPairIndex pair(EncodingParameters parameters) {
    int n = parameters.shards();
    Objects.checkIndex(index, n);
    return new SliverPairIndex(axis == Axis.PRIMARY ? index : n - 1 - index);
  }

  /** Orders primary before secondary slivers, then by index. */
  @Override
  public int compareTo(SliverId other) {
    int byAxis = axis.compareTo(other.axis);
    return byAxis != 0 ? byAxis : Integer.compare(index, other.index);
  }

  /** {@return axis and index, as in {@code "primary 42"}} */
  @Override
  public String toString() {
    return axis + " " + index;
  }
}
