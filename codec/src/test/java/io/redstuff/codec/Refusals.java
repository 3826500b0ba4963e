package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.error.MalformedDataException;
import java.util.Arrays;

/** What every reader of a canonical format must do with damaged input. */
public final class Refusals {

  /** Reads an encoding and writes again what was read. */
  @FunctionalInterface
  public interface Recode {

    /**
     * Reads and writes.
     *
     * @param bytes the encoding
     * @return the encoding of what was read
     * @throws MalformedDataException if it was refused
     */
    byte[] apply(byte[] bytes) throws MalformedDataException;
  }

  private Refusals() {}

  /**
   * Truncates an encoding at every byte, extends it, and flips every bit. What is not refused must
   * be written again as it was read. Returns how many bit flips were refused.
   */
  public static int check(byte[] valid, Recode recode) throws MalformedDataException {
    assertArrayEquals(valid, recode.apply(valid.clone()));
    for (int length = 0; length < valid.length; length++) {
      byte[] truncated = Arrays.copyOf(valid, length);
      MalformedDataException e =
          assertThrows(
              MalformedDataException.class,
              () -> recode.apply(truncated),
              "truncated to " + length + " bytes");
      assertTrue(e.byteOffset() <= length, e.getMessage());
    }
    for (int extra = 1; extra <= 40; extra += 13) {
      byte[] extended = Arrays.copyOf(valid, valid.length + extra);
      assertThrows(MalformedDataException.class, () -> recode.apply(extended), "extended");
    }
    int refused = 0;
    for (int bit = 0; bit < valid.length * 8; bit++) {
      byte[] flipped = valid.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      try {
        assertArrayEquals(flipped, recode.apply(flipped.clone()), "flipped bit " + bit);
      } catch (MalformedDataException e) {
        assertTrue(e.byteOffset() >= 0 && e.byteOffset() <= valid.length, e.getMessage());
        refused++;
      }
    }
    return refused;
  }
}
