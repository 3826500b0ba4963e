package io.redstuff;

import java.util.Objects;

/**
 * The two directions of the symbol matrix: a primary sliver is a row, a secondary sliver a column.
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

  /**
   * Returns the number of this axis in BCS.
   *
   * @return 0 for primary, 1 for secondary
   */
  public int variant() {
    return this == PRIMARY ? 0 : 1;
  }

  /**
   * Returns the other axis.
   *
   * @return secondary for primary and the reverse
   */
  public Axis opposite() {
    return this == PRIMARY ? SECONDARY : PRIMARY;
  }

  /**
   * Returns the name as it is used in messages and file names.
   *
   * @return {@code "primary"} or {@code "secondary"}
   */
  @Override
  public String toString() {
    return text;
  }
}
