package io.redstuff.cli;

import io.redstuff.ConsistencyCheck;
import java.util.Locale;

/** How far a decoded blob is checked, by the names the command line has for it. */
enum CheckChoice {
  /** Trust the slivers. */
  SKIP(ConsistencyCheck.SKIP),
  /** Hash the systematic primary slivers that were not given. */
  DEFAULT(ConsistencyCheck.DEFAULT),
  /** Encode again and compare the blob id. */
  STRICT(ConsistencyCheck.STRICT);

  private final ConsistencyCheck check;

  CheckChoice(ConsistencyCheck check) {
    this.check = check;
  }

  ConsistencyCheck check() {
    return check;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
