package io.redstuff.network.http;

import java.io.Serial;

/** A question that cannot be answered because of how it is put. */
public final class BadQuestionException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Says what was got and what was expected. */
  public BadQuestionException(String message) {
    super(message, null, true, false);
  }
}
