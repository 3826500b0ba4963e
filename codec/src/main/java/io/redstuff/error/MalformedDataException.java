package io.redstuff.error;

import java.io.Serial;

/** Bytes or text that are not a canonical encoding of what they are claimed to be. */
public final class MalformedDataException extends RedStuffException {

  @Serial private static final long serialVersionUID = 1L;

  /** Where the fault is, in bytes from the start of the input. */
  private final long byteOffset;

  /**
   * Creates an exception for a fault at a position of the input.
   *
   * @param byteOffset the offset of the fault, in bytes from the start of the input
   * @param message what was found there and what was expected; the offset is put in front of it
   */
  public MalformedDataException(long byteOffset, String message) {
    super("at byte " + byteOffset + ": " + message);
    this.byteOffset = byteOffset;
  }

  /** {@return where the faulty element begins, in bytes from the start of the input} */
  public long byteOffset() {
    return byteOffset;
  }
}
