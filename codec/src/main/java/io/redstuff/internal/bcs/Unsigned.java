package io.redstuff.internal.bcs;

/** Numbers of the wire that Java keeps in a type with a sign. */
public final class Unsigned {
  private static final long MAX_U32 = 0xffff_ffffL;

  private static final int MAX_U8 = 0xff;

  private Unsigned() {}

  /**
   * Returns {@code value} if it is an unsigned number of 8 bits, throws {@link
   * IllegalArgumentException} if not.
   */
  public static int check8(String what, int value) {
    if (value < 0 || value > MAX_U8) {
      throw new IllegalArgumentException(what + ": got " + value + ", expected 0 to " + MAX_U8);
    }
    return value;
  }

  /**
   * Returns {@code value} if it is an unsigned number of 32 bits, throws {@link
   * IllegalArgumentException} if not.
   */
  public static long check32(String what, long value) {
    if (value < 0 || value > MAX_U32) {
      throw new IllegalArgumentException(what + ": got " + value + ", expected 0 to " + MAX_U32);
    }
    return value;
  }
}
