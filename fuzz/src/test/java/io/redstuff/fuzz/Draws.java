package io.redstuff.fuzz;

/**
 * Decisions made by the bytes of an input, front to back. When they have run out every further
 * decision is 0, so that a short input is a simple case.
 */
public final class Draws {
  private static final int LONGEST_PATTERN = 24;

  private final byte[] input;
  private int at;

  /** Decisions by {@code input}. */
  public Draws(byte[] input) {
    this.input = input;
  }

  /** Returns whether all that follows is 0. */
  private boolean isEmpty() {
    return at >= input.length;
  }

  /**
   * Returns a number from 0 to {@code limit - 1}; takes one byte up to a limit of 256, else two.
   */
  public int below(int limit) {
    int drawn = next();
    if (limit > 1 << Byte.SIZE) {
      drawn |= next() << Byte.SIZE;
    }
    return drawn % limit;
  }

  /** Returns one of {@code choices}. */
  @SafeVarargs
  public final <T> T of(T... choices) {
    return choices[below(choices.length)];
  }

  /** Returns {@code length} bytes: a drawn pattern over and over, changed each time. */
  public byte[] content(int length) {
    byte[] pattern = bytes(below(LONGEST_PATTERN));
    byte[] content = new byte[length];
    for (int i = 0; i < length && pattern.length > 0; i++) {
      content[i] = (byte) (pattern[i % pattern.length] + i / pattern.length * 29);
    }
    return content;
  }

  /** Returns {@code length} bytes as they come. */
  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) next();
    }
    return bytes;
  }

  private int next() {
    return isEmpty() ? 0 : Byte.toUnsignedInt(input[at++]);
  }
}
