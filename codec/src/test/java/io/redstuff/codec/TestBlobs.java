package io.redstuff.codec;

/** Blob bytes that the golden vectors were made from, and bytes for tests at large. */
public final class TestBlobs {
  private TestBlobs() {}

  /** The low bytes of a 32-bit xorshift generator, as the vectors' description gives it. */
  public static byte[] bytes(int length, int seed) {
    byte[] blob = new byte[length];
    int x = (int) (seed * 2654435761L + 1);
    for (int i = 0; i < length; i++) {
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      blob[i] = (byte) x;
    }
    return blob;
  }
}
