package io.redstuff.audit;

import io.redstuff.simd.hash.Blake2b;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers below a bound, each as likely as the others, out of a hash of 32 bytes.
 *
 * <p>The hash is read as words of 64 bits, little-endian. For a bound b, words below 2^64 mod b are
 * left out, and the others leave their remainder by division by b. When no word is left, the hash
 * behind the tag of challenges is hashed to the next one.
 */
final class UniformDraws {
  private byte[] block;
  private int used;

  /** Draws from the 32 bytes of a hash. */
  UniformDraws(byte[] block) {
    this.block = block;
  }

  /** Returns a number from 0 to {@code bound - 1}, where the bound is at least 1. */
  int below(int bound) {
    while (true) {
      long word = word();
      // 2^64 mod b: so many more words would there be for the small remainders.
      if (Long.compareUnsigned(word, Long.remainderUnsigned(-bound, bound)) >= 0) {
        return (int) Long.remainderUnsigned(word, bound);
      }
    }
  }

  private long word() {
    if (used == block.length) {
      block = Blake2b.hash(AuditTag.CHALLENGE.bytes(), block);
      used = 0;
    }
    long word = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getLong(used);
    used += Long.BYTES;
    return word;
  }
}
