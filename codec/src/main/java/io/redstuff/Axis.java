package io.redstuff;

import java.util.Objects;

/**
 * The two directions of the symbol matrix: a primary sliver is a row, a secondary sliver a column.
 *
 * @since 0.1.0
 */
public enum Axis {
  /** Rows. A blob needs {@code n - 2f} of them. */
  PRIMARY("primary"),
  /** Columns. A blob needs {@code n - f} of them. */
  SECONDARY("secondary");

  private static final Axis[] BY_VARIANT = {PRIMARY, SECONDARY};

  private final String text;

  Axis(String text) {
    this.text = text;
  }

  /**
   * Returns the axis with a given number in BCS.
   *
   * @param variant 0 for primary, 1 for secondary
   * @return the axis
   * @throws IndexOutOfBoundsException if {@code variant} is neither 0 nor 1
   */
  public static Axis ofVariant(int variant) {
    return BY_VARIANT[Objects.checkIndex(variant, BY_VARIANT.length)];
  }

  /** {@return the number of this axis in BCS: 0 for primary, 1 for secondary} */
  public int variant() {
    return this == PRIMARY ? 0 : 1;
  }

  /** {@return the other axis} */
  public Axis opposite() {
    return this == PRIMARY ? SECONDARY : PRIMARY;
  }

  /** {@return {@code "primary"} or {@code "secondary"}, as in messages and file names} */
  @Override
  public String toString() {
    return text;
  }
}
