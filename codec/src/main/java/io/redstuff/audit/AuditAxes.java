package io.redstuff.audit;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import java.util.List;
import java.util.Objects;

/**
 * Which slivers of a node an audit asks for.
 *
 * @since 0.1.0
 */
public enum AuditAxes {
  /** Primary slivers only. */
  PRIMARY(0, Axis.PRIMARY),
  /** Secondary slivers only, which takes about half as many challenges. */
  SECONDARY(1, Axis.SECONDARY),
  /** Slivers of both axes, each as often as the other. */
  BOTH(2, Axis.PRIMARY, Axis.SECONDARY);

  private static final AuditAxes[] BY_VARIANT = values();

  private final int variant;

  @SuppressWarnings("ImmutableEnumChecker") // it is
  private final List<Axis> axes;

  AuditAxes(int variant, Axis... axes) {
    this.variant = variant;
    this.axes = List.of(axes);
  }

  /** Returns the number on the wire. */
  int variant() {
    return variant;
  }

  /** {@return the axes, primary first} */
  public List<Axis> axes() {
    return axes;
  }

  /**
   * Returns how likely a node passes one challenge that falls on a sliver which cannot be got out
   * of the node: it has at most k - 1 of n symbols, else there would be enough to compute all. Of
   * both axes that of primary slivers counts, the greater one, since a cheat would rather lack
   * those.
   *
   * @param parameters the encoding parameters
   * @return (k - 1) / n, with k the number of symbols of a sliver; below 1
   */
  public double chanceWithoutSliver(EncodingParameters parameters) {
    int most = axes.stream().mapToInt(parameters::symbolsPerSliver).max().orElseThrow();
    return (most - 1.0) / parameters.shards();
  }

  /** Returns those with a number on the wire. */
  static AuditAxes ofVariant(int variant) {
    return BY_VARIANT[Objects.checkIndex(variant, BY_VARIANT.length)];
  }

  static int count() {
    return BY_VARIANT.length;
  }
}
