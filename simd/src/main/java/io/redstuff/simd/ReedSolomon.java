package io.redstuff.simd;

import io.redstuff.simd.field.Gf16;
import java.lang.foreign.Arena;
import java.util.BitSet;
import java.util.Objects;

/**
 * A one-dimensional systematic Reed-Solomon code over GF(2^16): k original symbols, m recovery
 * symbols, any k of the k + m give back the rest.
 *
 * <p>The code is of the Leopard family (an additive FFT over the Cantor basis) and equal byte for
 * byte to the one that Walrus uses. In a codeword the originals have the indices 0..k-1 and the
 * recovery symbols k..k+m-1. With p(x) the next power of two of x, the code is of <em>low rate</em>
 * when p(k) is below p(m), of <em>high rate</em> when it is above, and where both are equal of high
 * rate if k is at most m. The rate decides how the symbols map to points of the field, hence the
 * bytes of the recovery symbols.
 *
 * <p>Immutable and thread-safe. The work is done by {@link ReedSolomonEncoder} and {@link
 * ReedSolomonDecoder}, which own memory and belong to one thread at a time.
 *
 * @since 0.1.0
 */
public final class ReedSolomon {
  private final int originals;
  private final int recovery;
  private final boolean highRate;
  private final int chunk;

  private ReedSolomon(int originals, int recovery) {
    this.originals = originals;
    this.recovery = recovery;
    int originalsPower = nextPowerOfTwo(originals);
    int recoveryPower = nextPowerOfTwo(recovery);
    this.highRate =
        originalsPower > recoveryPower
            || (originalsPower == recoveryPower && originals <= recovery);
    this.chunk = highRate ? recoveryPower : originalsPower;
  }

  /**
   * Returns the code with the given numbers of symbols.
   *
   * @param originals k, at least 1
   * @param recovery m, at least 1
   * @return the code
   * @throws IllegalArgumentException if the field is too small or too few symbols are asked for,
   *     see {@link #isSupported}
   */
  public static ReedSolomon of(int originals, int recovery) {
    if (!isSupported(originals, recovery)) {
      throw new IllegalArgumentException(
          "symbols: got %s original and %s recovery, expected at least 1 of each and "
                  .formatted(originals, recovery)
              + "nextPowerOfTwo(the fewer) + the more to be at most 65536");
    }
    return new ReedSolomon(originals, recovery);
  }

  /**
   * Returns whether the field has points enough for a code.
   *
   * @param originals k
   * @param recovery m
   * @return true if both are at least 1 and p(min(k, m)) + max(k, m) is at most 65536
   */
  public static boolean isSupported(int originals, int recovery) {
    if (originals < 1 || recovery < 1 || originals > Gf16.ORDER || recovery > Gf16.ORDER) {
      return false;
    }
    int fewer = Math.min(originals, recovery);
    return nextPowerOfTwo(fewer) + Math.max(originals, recovery) <= Gf16.ORDER;
  }

  /** {@return the number of original symbols, k} */
  public int originals() {
    return originals;
  }

  /** {@return the number of recovery symbols, m} */
  public int recovery() {
    return recovery;
  }

  /** {@return the number of symbols of a codeword, k + m} */
  public int length() {
    return originals + recovery;
  }

  /** {@return whether symbols are mapped to points as in codes of high rate} */
  public boolean isHighRate() {
    return highRate;
  }

  /**
   * Returns a reusable encoder with memory of its own.
   *
   * @param engine does the arithmetic
   * @param arena gives the memory and decides which threads may use the encoder and for how long
   * @return an encoder for one thread at a time
   */
  public ReedSolomonEncoder newEncoder(Engine engine, Arena arena) {
    return new ReedSolomonEncoder(this, engine, arena);
  }

  /** {@return the native memory that an encoder takes, in bytes} */
  public long encoderBytes() {
    return StripWorker.workBytes(ReedSolomonEncoder.rows(this));
  }

  /**
   * Returns a reusable decoder with memory of its own.
   *
   * @param engine does the arithmetic
   * @param arena gives the memory and decides which threads may use the decoder and for how long
   * @return a decoder for one thread at a time
   */
  public ReedSolomonDecoder newDecoder(Engine engine, Arena arena) {
    return new ReedSolomonDecoder(this, engine, arena);
  }

  /** {@return the native memory that a decoder takes, in bytes} */
  public long decoderBytes() {
    return StripWorker.workBytes(ReedSolomonDecoder.rows(this));
  }

  /**
   * Prepares decoding from a given set of symbols. This computes the error locator, which depends
   * on the indices alone: prepare once, use for any number of codewords and decoders.
   *
   * @param present indices of the symbols at hand; when there are more than k the first k are used
   * @return the prepared pattern
   * @throws IllegalArgumentException if fewer than k symbols are present
   * @throws IndexOutOfBoundsException if an index is not below k + m
   */
  public ErasurePattern erasures(BitSet present) {
    Objects.checkFromToIndex(0, present.length(), length());
    if (present.cardinality() < originals) {
      throw new IllegalArgumentException(
          "present symbols: got %s, expected at least %s"
              .formatted(present.cardinality(), originals));
    }
    return new ErasurePattern(this, present);
  }

  /** Returns the number of points in a chunk, a power of two. */
  int chunk() {
    return chunk;
  }

  /** Returns the point at which the codeword polynomial takes the symbol of an index. */
  int point(int index) {
    boolean original = index < originals;
    if (highRate) {
      return original ? chunk + index : index - originals;
    }
    return original ? index : chunk + index - originals;
  }

  /** Returns a power of two above every point. */
  int domain() {
    return nextPowerOfTwo(chunk + (highRate ? originals : recovery));
  }

  private static int nextPowerOfTwo(int x) {
    return x <= 1 ? 1 : Integer.highestOneBit(x - 1) << 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReedSolomon that
        && originals == that.originals
        && recovery == that.recovery;
  }

  @Override
  public int hashCode() {
    return Objects.hash(originals, recovery);
  }

  @Override
  public String toString() {
    return "Reed-Solomon %s:%s (%s rate)".formatted(originals, recovery, highRate ? "high" : "low");
  }
}
