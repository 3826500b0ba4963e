package io.redstuff.cli;

import io.redstuff.stream.RangeCheck;
import java.util.Locale;

/** What of a range to prove before it is given out. */
enum RangeCheckChoice {
  /** What had to be recovered. */
  RECOVERED(RangeCheck.RECOVERED),
  /** All of it. */
  ALL(RangeCheck.ALL);

  private final RangeCheck check;

  RangeCheckChoice(RangeCheck check) {
    this.check = check;
  }

  /** What the library calls it. */
  RangeCheck check() {
    return check;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
