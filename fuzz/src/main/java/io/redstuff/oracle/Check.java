package io.redstuff.oracle;

/** What a case does with the two encodings, once they are equal. */
enum Check {
  /** The official encoder's way to an id without slivers. */
  DESCRIBE,
  /** The official decoder, on our slivers. */
  OFFICIAL_DECODES_OURS,
  /** Our decoder, on official primary slivers. */
  DECODE_PRIMARIES,
  /** Our decoder, on official secondary slivers. */
  DECODE_SECONDARIES,
  /** One sliver again from symbols, with proofs, of official slivers of the other axis. */
  RECOVER,
  /** Lost and damaged pairs again from the other official slivers. */
  REPAIR;

  private static final Check[] WEIGHTED = {
    DESCRIBE,
    DECODE_PRIMARIES,
    DECODE_SECONDARIES,
    RECOVER,
    REPAIR,
    DECODE_PRIMARIES,
    DECODE_SECONDARIES,
    OFFICIAL_DECODES_OURS
  };

  /**
   * Returns any check, the one for which the official side takes longest no more often than others.
   */
  static Check any(Chance chance) {
    return WEIGHTED[chance.below(WEIGHTED.length)];
  }
}
