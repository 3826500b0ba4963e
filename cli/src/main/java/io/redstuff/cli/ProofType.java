package io.redstuff.cli;

import java.util.Locale;

/** What a proof file may hold. */
enum ProofType {
  /** A general recovery symbol. */
  SYMBOL,
  /** An inconsistency proof. */
  INCONSISTENCY,
  /** Either, as its content tells. */
  AUTO;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
