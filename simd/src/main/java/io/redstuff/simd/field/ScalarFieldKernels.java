package io.redstuff.simd.field;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/**
 * The field arithmetic in plain Java, eight elements to a {@code long}, in tower coordinates.
 *
 * <p>Multiplying the bytes of a word by a constant c of GF(2^8) is linear in each bit: spread bit i
 * of every byte to a byte that is 0 or 1, multiply that word by the byte {@code c * beta_i} (no
 * carry can cross a byte), and XOR the eight products. Unlike table look-ups this touches no memory
 * and takes no byte apart.
 */
public final class ScalarFieldKernels implements FieldKernels {
  private static final long ONES = 0x0101010101010101L;

  /** {@code IMAGES[8 * c + i]} is c * beta_i: where the constant c of GF(2^8) takes bit i. */
  private static final long[] IMAGES = new long[256 * 8];

  /** Where the basis change takes bit i of the high byte. */
  private static final long[] BASIS_CHANGE = new long[8];

  static {
    for (int bit = 0; bit < 8; bit++) {
      BASIS_CHANGE[bit] = Tower.basisChange(1 << bit);
      for (int constant = 0; constant < 256; constant++) {
        IMAGES[8 * constant + bit] = Gf16.multiply(constant, 1 << bit);
      }
    }
  }

  @Override
  public void enter(MemorySegment work, long row, int planeBytes) {
    addImageOfHighPlane(work, row, planeBytes, BASIS_CHANGE, 0);
  }

  @Override
  public void leave(MemorySegment work, long row, int planeBytes) {
    addImageOfHighPlane(work, row, planeBytes, BASIS_CHANGE, 0);
  }

  private static void addImageOfHighPlane(
      MemorySegment work, long row, int planeBytes, long[] images, int at) {
    long t0 = images[at];
    long t1 = images[at + 1];
    long t2 = images[at + 2];
    long t3 = images[at + 3];
    long t4 = images[at + 4];
    long t5 = images[at + 5];
    long t6 = images[at + 6];
    long t7 = images[at + 7];
    for (int i = 0; i < planeBytes; i += 8) {
      long v = work.get(JAVA_LONG_UNALIGNED, row + planeBytes + i);
      long image =
          (v & ONES) * t0
              ^ (v >>> 1 & ONES) * t1
              ^ (v >>> 2 & ONES) * t2
              ^ (v >>> 3 & ONES) * t3
              ^ (v >>> 4 & ONES) * t4
              ^ (v >>> 5 & ONES) * t5
              ^ (v >>> 6 & ONES) * t6
              ^ (v >>> 7 & ONES) * t7;
      long low = work.get(JAVA_LONG_UNALIGNED, row + i);
      work.set(JAVA_LONG_UNALIGNED, row + i, low ^ image);
    }
  }

  @Override
  public void forward(MemorySegment work, long x, int rows, int planeBytes, int twiddle) {
    long bytes = 2L * planeBytes * rows;
    if (twiddle == 0) {
      add(work, x + bytes, x, bytes);
    } else if (twiddle < 256) {
      addMultiple(work, x, x + bytes, bytes, twiddle);
      add(work, x + bytes, x, bytes);
    } else {
      for (long row = x; row < x + bytes; row += 2L * planeBytes) {
        addGeneralMultiple(work, row, row + bytes, planeBytes, twiddle);
      }
      add(work, x + bytes, x, bytes);
    }
  }

  @Override
  public void forwardHalf(
      MemorySegment work, long source, long target, int rows, int planeBytes, int twiddle) {
    long bytes = 2L * planeBytes * rows;
    MemorySegment.copy(work, source, work, target, bytes);
    if (twiddle < 256) {
      addMultiple(work, target, source + bytes, bytes, twiddle);
    } else {
      for (long i = 0; i < bytes; i += 2L * planeBytes) {
        addGeneralMultiple(work, target + i, source + bytes + i, planeBytes, twiddle);
      }
    }
  }

  @Override
  public void inverse(MemorySegment work, long x, int rows, int planeBytes, int twiddle) {
    long bytes = 2L * planeBytes * rows;
    add(work, x + bytes, x, bytes);
    if (twiddle == 0) {
      return;
    }
    if (twiddle < 256) {
      addMultiple(work, x, x + bytes, bytes, twiddle);
    } else {
      for (long row = x; row < x + bytes; row += 2L * planeBytes) {
        addGeneralMultiple(work, row, row + bytes, planeBytes, twiddle);
      }
    }
  }

  @Override
  public void add(MemorySegment work, long target, long source, long bytes) {
    for (long i = 0; i < bytes; i += 8) {
      long sum =
          work.get(JAVA_LONG_UNALIGNED, target + i) ^ work.get(JAVA_LONG_UNALIGNED, source + i);
      work.set(JAVA_LONG_UNALIGNED, target + i, sum);
    }
  }

  /** {@code target += constant * source} over whole rows, for a constant of GF(2^8). */
  private static void addMultiple(
      MemorySegment work, long target, long source, long bytes, int constant) {
    int at = 8 * constant;
    long t0 = IMAGES[at];
    long t1 = IMAGES[at + 1];
    long t2 = IMAGES[at + 2];
    long t3 = IMAGES[at + 3];
    long t4 = IMAGES[at + 4];
    long t5 = IMAGES[at + 5];
    long t6 = IMAGES[at + 6];
    long t7 = IMAGES[at + 7];
    for (long i = 0; i < bytes; i += 8) {
      long v = work.get(JAVA_LONG_UNALIGNED, source + i);
      long product =
          (v & ONES) * t0
              ^ (v >>> 1 & ONES) * t1
              ^ (v >>> 2 & ONES) * t2
              ^ (v >>> 3 & ONES) * t3
              ^ (v >>> 4 & ONES) * t4
              ^ (v >>> 5 & ONES) * t5
              ^ (v >>> 6 & ONES) * t6
              ^ (v >>> 7 & ONES) * t7;
      long sum = work.get(JAVA_LONG_UNALIGNED, target + i) ^ product;
      work.set(JAVA_LONG_UNALIGNED, target + i, sum);
    }
  }

  /** {@code target += constant * source} for one row and any constant of the field. */
  private static void addGeneralMultiple(
      MemorySegment work, long target, long source, int planeBytes, int constant) {
    int lowToLow = 8 * Tower.low(constant);
    int lowToHigh = 8 * Tower.high(constant);
    int highToLow = 8 * Tower.highToLow(constant);
    int highToHigh = 8 * Tower.highToHigh(constant);
    for (int i = 0; i < planeBytes; i += 8) {
      long low = work.get(JAVA_LONG_UNALIGNED, source + i);
      long high = work.get(JAVA_LONG_UNALIGNED, source + planeBytes + i);
      long newLow = work.get(JAVA_LONG_UNALIGNED, target + i);
      long newHigh = work.get(JAVA_LONG_UNALIGNED, target + planeBytes + i);
      for (int bit = 0; bit < 8; bit++) {
        long lowBits = low >>> bit & ONES;
        long highBits = high >>> bit & ONES;
        newLow ^= lowBits * IMAGES[lowToLow + bit] ^ highBits * IMAGES[highToLow + bit];
        newHigh ^= lowBits * IMAGES[lowToHigh + bit] ^ highBits * IMAGES[highToHigh + bit];
      }
      work.set(JAVA_LONG_UNALIGNED, target + i, newLow);
      work.set(JAVA_LONG_UNALIGNED, target + planeBytes + i, newHigh);
    }
  }

  @Override
  public void multiply(MemorySegment work, long row, int planeBytes, int factor) {
    // (factor + 1) * row + row, so that one kernel serves: the row is both source and target, and
    // each word is read before it is written
    addGeneralMultiple(work, row, row, planeBytes, factor ^ 1);
  }

  @Override
  public void addMultiple(
      MemorySegment work, long target, long source, int rows, int planeBytes, int factor) {
    long bytes = 2L * planeBytes * rows;
    if (factor == 1) {
      add(work, target, source, bytes);
    } else if (factor < 256) {
      addMultiple(work, target, source, bytes, factor);
    } else {
      for (long i = 0; i < bytes; i += 2L * planeBytes) {
        addGeneralMultiple(work, target + i, source + i, planeBytes, factor);
      }
    }
  }
}
