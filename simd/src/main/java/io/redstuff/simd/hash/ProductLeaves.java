package io.redstuff.simd.hash;

import io.redstuff.simd.field.Gf16;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * The digests of all leaves of two bytes by the logarithm of the symbol, for matrices whose symbols
 * are products: a sum of two logarithms takes the place of a multiplication and a hash.
 *
 * <p>Takes 2 MiB. Immutable once made, and thread-safe as far as its arena is.
 */
public final class ProductLeaves {
  /** Stands for the logarithm of zero. */
  public static final char LOG_OF_ZERO = Gf16.GROUP_ORDER;

  private final MemorySegment digests;

  /**
   * Hashes all leaves.
   *
   * @param kernels those of the engine that does the hashing
   * @param arena gives the memory of the digests
   */
  public ProductLeaves(HashKernels kernels, Arena arena) {
    this.digests = arena.allocate((long) Gf16.ORDER * Blake2b.DIGEST_BYTES, 64);
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment byValue = new TwoByteLeaves(kernels, scratch).digests();
      copy(byValue, 0, LOG_OF_ZERO);
      for (int log = 0; log < Gf16.GROUP_ORDER; log++) {
        copy(byValue, Gf16.power(log), log);
      }
    }
  }

  private void copy(MemorySegment byValue, int value, int log) {
    long digest = Blake2b.DIGEST_BYTES;
    MemorySegment.copy(byValue, value * digest, digests, log * digest, digest);
  }

  /**
   * The logarithm of a symbol.
   *
   * @param symbols holds the symbol
   * @param offset of its two bytes
   * @return 0..65534, or {@link #LOG_OF_ZERO}
   * @throws IndexOutOfBoundsException if the symbol lies outside the segment
   */
  public static char log(MemorySegment symbols, long offset) {
    int value = Short.toUnsignedInt(symbols.get(TwoByteLeaves.SYMBOL, offset));
    return value == 0 ? LOG_OF_ZERO : (char) Gf16.log(value);
  }

  /**
   * Writes the symbol of a logarithm.
   *
   * @param log 0..65534, or {@link #LOG_OF_ZERO}
   * @return the symbol as a number, little-endian in its two bytes
   */
  public static int symbol(char log) {
    return log == LOG_OF_ZERO ? 0 : Gf16.power(log);
  }

  /**
   * Finds the digests of products: lane l of group i gets that of {@code logs[first + i]} times
   * {@code factors[l]}.
   *
   * @param logs logarithms of the first factors, {@link #LOG_OF_ZERO} among them
   * @param first where in {@code logs} to begin
   * @param count how many groups
   * @param factors eight logarithms of the other factors, none of them of zero
   * @param out receives the groups of digests back to back, native
   * @param outOffset offset of the first group
   * @throws IndexOutOfBoundsException if an array is too short or a group lies outside its segment
   */
  public void lookUp(
      char[] logs, int first, int count, char[] factors, MemorySegment out, long outOffset) {
    Objects.checkFromIndexSize(first, count, logs.length);
    for (int i = 0; i < count; i++) {
      int log = logs[first + i];
      long group = outOffset + i * LaneDigests.BYTES;
      for (int lane = 0; lane < LaneDigests.LANES; lane++) {
        int sum = log + factors[lane];
        int product = sum >= Gf16.GROUP_ORDER ? sum - Gf16.GROUP_ORDER : sum;
        long at = log == LOG_OF_ZERO ? LOG_OF_ZERO : product;
        LaneDigests.set(out, group, lane, digests, at * Blake2b.DIGEST_BYTES);
      }
    }
  }
}
