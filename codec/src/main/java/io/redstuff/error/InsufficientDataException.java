package io.redstuff.error;

import java.io.Serial;

/** Too few usable slivers or symbols to compute what was asked for. */
public final class InsufficientDataException extends RedStuffException {

  @Serial private static final long serialVersionUID = 1L;

  /** How many are needed. */
  private final long needed;

  /** How many there were. */
  private final long got;

  /**
   * Creates an exception that carries both numbers.
   *
   * @param what what there is too little of, in the plural, such as {@code "primary slivers"}
   * @param needed how many are needed
   * @param got how many there were
   */
  public InsufficientDataException(String what, long needed, long got) {
    super("too few " + what + ": got " + got + ", expected at least " + needed);
    this.needed = needed;
    this.got = got;
  }

  /**
   * Returns how many were needed.
   *
   * @return the number needed, greater than {@link #got()}
   */
  public long needed() {
    return needed;
  }

  /**
   * Returns how many there were.
   *
   * @return the number of usable ones that were supplied
   */
  public long got() {
    return got;
  }
}
