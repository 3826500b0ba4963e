package io.redstuff.error;

import java.io.Serial;

/**
 * Too few usable slivers or symbols to compute what was asked for.
 *
 * @since 0.1.0
 */
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

  /** {@return how many are needed, more than {@link #got()}} */
  public long needed() {
    return needed;
  }

  /** {@return how many usable ones there were} */
  public long got() {
    return got;
  }
}
