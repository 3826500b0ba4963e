package io.redstuff.oracle;

/** Redstuff and the official encoder do not agree. */
public final class DifferenceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DifferenceException(String message) {
    super(message);
  }

  DifferenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
