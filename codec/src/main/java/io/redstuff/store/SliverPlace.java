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
 * @since 0.1.0
 */
public record SliverPlace(SliverId sliver, EncodingParameters parameters, int symbolSize)
    implements Comparable<SliverPlace> {
  /**
   * Checks that there is such a place.
   *
   * @throws IndexOutOfBoundsException if the encoding has no such sliver
   * @throws IllegalArgumentException if no symbol has this size
   */
  public SliverPlace {
    sliver.pair(parameters);
    EncodingParameters.checkSymbolSize(symbolSize);
  }

  /** {@return primary or secondary} */
  public Axis axis() {
    return sliver.axis();
  }

  /** {@return the pair that the sliver is of: a node keeps both slivers of a pair} */
  public SliverPairIndex pair() {
    return sliver.pair(parameters);
  }

  /** {@return how many bytes its symbols have, k2 of a primary and k1 of a secondary sliver} */
  public long length() {
    return parameters.sliverLength(axis(), symbolSize);
  }

  /** Orders by sliver. */
  @Override
  public int compareTo(SliverPlace other) {
    return sliver.compareTo(other.sliver);
  }
}
