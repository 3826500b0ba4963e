package io.redstuff.error;

import java.io.Serial;

/**
 * Bytes or text that are not a canonical encoding of what they are claimed to be.
 *
 * @since 0.1.0
 */
public final class MalformedDataException extends RedStuffException {

  @Serial private static final long serialVersionUID = 1L;

  /** Where the fault is, in bytes from the start of the input. */
  private final long byteOffset;

  /** The message without the offset. */
  private final String fault;

  /**
   * Creates an exception for a fault at a position of the input.
   *
   * @param byteOffset the offset of the fault, in bytes from the start of the input
   * @param message what was found there and what was expected; the offset is put in front of it
   */
  public MalformedDataException(long byteOffset, String message) {
    super("at byte " + byteOffset + ": " + message);
    this.byteOffset = byteOffset;
    this.fault = message;
  }

  /**
   * Returns the same fault, counted from the start of what the input is a part of.
   *
   * @param start where the input begins in it, in bytes
   * @return an exception to be thrown instead
   */
  public MalformedDataException within(long start) {
    return new MalformedDataException(start + byteOffset, fault);
  }

  /** {@return where the faulty element begins, in bytes from the start of the input} */
  public long byteOffset() {
    return byteOffset;
  }
}
