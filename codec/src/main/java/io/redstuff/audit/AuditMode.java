package io.redstuff.audit;

import java.util.Objects;

/**
 * Whether challenges are known all at once.
 *
 * @since 0.1.0
 */
public enum AuditMode {
  /** All challenges follow from the statement: they may be answered in any order. */
  PARALLEL(0),
  /**
   * Each challenge follows from the answer to the one before, too: nobody can fetch the next symbol
   * before he has the last one, so that fetching each of them on demand takes a round trip each.
   */
  SEQUENTIAL(1);

  private static final AuditMode[] BY_VARIANT = values();

  private final int variant;

  AuditMode(int variant) {
    this.variant = variant;
  }

  /** Returns the number on the wire. */
  int variant() {
    return variant;
  }

  /** Returns the mode with a number on the wire. */
  static AuditMode ofVariant(int variant) {
    return BY_VARIANT[Objects.checkIndex(variant, BY_VARIANT.length)];
  }

  static int count() {
    return BY_VARIANT.length;
  }
}
