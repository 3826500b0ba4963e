package io.redstuff.oracle;

/** The official encoder refused its input, or it fell over. */
public final class OfficialEncoderException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OfficialEncoderException(String message) {
    super(message);
  }

  OfficialEncoderException(String message, Throwable cause) {
    super(message, cause);
  }
}
