package io.redstuff;

import java.util.Objects;

/**
 * The primary and the secondary sliver that one shard stores.
 *
 * @param index the index of the pair
 * @param primary primary sliver number {@code index}
 * @param secondary secondary sliver number {@code n - 1 - index}
 * @since 0.1.0
 */
public record SliverPair(SliverPairIndex index, Sliver primary, Sliver secondary) {

  /**
   * Checks what can be checked without the number of shards.
   *
   * @param index the index of the pair
   * @param primary the primary sliver
   * @param secondary the secondary sliver
   * @throws IllegalArgumentException if {@code primary} is not the primary sliver of the pair,
   *     {@code secondary} is not a secondary sliver, or their symbol sizes differ
   */
  public SliverPair {
    if (!primary.id().equals(index.primary())) {
      throw new IllegalArgumentException(
          "primary sliver of pair %s: got %s, expected %s"
              .formatted(index, primary.id(), index.primary()));
    }
    Objects.requireNonNull(secondary, "secondary");
    if (secondary.id().axis() != Axis.SECONDARY) {
      throw new IllegalArgumentException(
          "secondary sliver of pair " + index + ": got " + secondary.id());
    }
    if (primary.symbolSize() != secondary.symbolSize()) {
      throw new IllegalArgumentException(
          "symbol size of secondary sliver of pair %s: got %s, expected %s"
              .formatted(index, secondary.symbolSize(), primary.symbolSize()));
    }
  }
}
