package io.redstuff.store;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;

/**
 * Where one sliver of an encoding belongs, with all that a store need know about it.
 *
 * @param sliver which sliver
 * @param parameters the shape of the encoding
 * @param symbolSize bytes of a symbol
 */
public record SliverPlace(SliverId sliver, EncodingParameters parameters, int symbolSize)
    implements Comparable<SliverPlace> {
  /**
   * Checks that there is such a place.
   *
   * @param sliver which sliver
   * @param parameters the shape of the encoding
   * @param symbolSize bytes of a symbol
   * @throws IndexOutOfBoundsException if the encoding has no such sliver
   * @throws IllegalArgumentException if no symbol has this size
   */
  public SliverPlace {
    sliver.pair(parameters);
    EncodingParameters.checkSymbolSize(symbolSize);
  }

  /**
   * Returns the axis of the sliver.
   *
   * @return the axis
   */
  public Axis axis() {
    return sliver.axis();
  }

  /**
   * Returns the pair that the sliver is of: a node keeps both slivers of a pair.
   *
   * @return the pair
   */
  public SliverPairIndex pair() {
    return sliver.pair(parameters);
  }

  /**
   * Returns how long the symbols of the sliver are.
   *
   * @return bytes, of k2 symbols for a primary and of k1 symbols for a secondary sliver
   */
  public long length() {
    return parameters.sliverLength(axis(), symbolSize);
  }

  /** Orders by sliver. */
  @Override
  public int compareTo(SliverPlace other) {
    return sliver.compareTo(other.sliver);
  }
}
