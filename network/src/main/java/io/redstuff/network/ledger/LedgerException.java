package io.redstuff.network.ledger;

import java.io.Serial;
import java.util.Objects;

/**
 * A transaction that was not executed: nothing of what it asked for has happened. Carries no stack
 * trace: it is an answer to be looked at.
 *
 * @since 0.1.0
 */
public final class LedgerException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Why. */
  private final Abort abort;

  /** The details. */
  private final String details;

  /**
   * Makes one.
   *
   * @param abort why
   * @param details what was got and what was expected
   */
  public LedgerException(Abort abort, String details) {
    super(abort.qualifiedName() + ": " + details, null, true, false);
    this.abort = abort;
    this.details = Objects.requireNonNull(details, "details");
  }

  /** {@return why} */
  public Abort abort() {
    return abort;
  }

  /** {@return the message without the name of the abort} */
  public String details() {
    return details;
  }
}
