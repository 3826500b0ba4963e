package io.redstuff.seal;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Small work on byte arrays. */
final class Bytes {
  private Bytes() {}

  static byte[] concat(byte[]... parts) {
    ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
    for (byte[] part : parts) {
      all.put(part);
    }
    return all.array();
  }

  /** Returns the sum in GF(2) of two arrays of equal length. */
  static byte[] xor(byte[] left, byte[] right) {
    byte[] sum = left.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] ^= right[i];
    }
    return sum;
  }

  static void wipe(byte[]... secrets) {
    for (byte[] secret : secrets) {
      Arrays.fill(secret, (byte) 0);
    }
  }
}
