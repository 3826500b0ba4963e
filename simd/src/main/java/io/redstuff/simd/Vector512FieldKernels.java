package io.redstuff.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The field arithmetic in the Vector API, in tower coordinates. The classes for narrower vectors
 * are made from this source at build time, so nothing here may depend on the width but through
 * {@link #BYTES}.
 *
 * <p>A constant of GF(2^8) multiplies a byte by two look-ups in tables of one vector each. A
 * shuffle takes as many bits of each byte as number the lanes and ignores the others: the first
 * look-up is by the low bits, the second by the bits above, which a shift brings down along with
 * bits of the neighboring byte that its table does not depend on. So no index has to be masked.
 *
 * <p>The kernels are flat on purpose: one loop each, no vector passed to or returned from a method,
 * since the compiler stops inlining in large methods and would then box every vector.
 */
final class Vector512FieldKernels implements FoldedKernels {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
  private static final int STEP = BYTES.vectorByteSize();

  /** How many bits of a byte a shuffle looks at: as many as it takes to number its lanes. */
  private static final int INDEX_BITS = Integer.numberOfTrailingZeros(STEP);

  /** Bytes of the two tables of one constant. */
  static final int TABLES = 2 * STEP;

  /**
   * The tables of all constants of GF(2^8), one after the other, then those of the basis change.
   */
  static final byte[] PRODUCTS = new byte[257 * TABLES];

  private static final int BASIS_CHANGE = 256 * TABLES;

  /**
   * Whether two vectors number as many lanes as seven bits: then one look-up in both takes all of a
   * byte but the top bit, which selects or not what the constant makes of it. That is an operation
   * fewer than a second look-up, and the kernels that are bound by arithmetic use it.
   */
  private static final boolean PAIRED = 2 * STEP == 128;

  /**
   * The tables of all constants of GF(2^8) for those kernels: products of the numbers below {@code
   * 2 * STEP} where tables are paired, else as in {@link #PRODUCTS}.
   */
  private static final byte[] PAIRED_PRODUCTS = new byte[256 * TABLES];

  /** What each constant makes of the top bit of a byte. */
  private static final byte[] TOP_PRODUCTS = new byte[256];

  static {
    for (int index = 0; index < STEP; index++) {
      int lowBits = index;
      int highBits = index << INDEX_BITS & 0xFF;
      int second = PAIRED ? STEP + index : highBits;
      for (int constant = 0; constant < 256; constant++) {
        int tables = constant * TABLES;
        PRODUCTS[tables + index] = (byte) Gf16.multiply(constant, lowBits);
        PRODUCTS[tables + STEP + index] = (byte) Gf16.multiply(constant, highBits);
        PAIRED_PRODUCTS[tables + index] = PRODUCTS[tables + index];
        PAIRED_PRODUCTS[tables + STEP + index] = (byte) Gf16.multiply(constant, second);
        TOP_PRODUCTS[constant] = (byte) Gf16.multiply(constant, 0x80);
      }
      PRODUCTS[BASIS_CHANGE + index] = (byte) Tower.basisChange(lowBits);
      PRODUCTS[BASIS_CHANGE + STEP + index] = (byte) Tower.basisChange(highBits);
    }
  }

  @Override
  public void enter(MemorySegment work, long row, int planeBytes) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, PRODUCTS, BASIS_CHANGE);
    ByteVector highTable = ByteVector.fromArray(BYTES, PRODUCTS, BASIS_CHANGE + STEP);
    for (long at = row; at < row + planeBytes; at += STEP) {
      ByteVector high = ByteVector.fromMemorySegment(BYTES, work, at + planeBytes, LITTLE_ENDIAN);
      ByteVector low = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      LongVector shifted = high.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      low.lanewise(VectorOperators.XOR, high.selectFrom(lowTable))
          .lanewise(VectorOperators.XOR, shifted.reinterpretAsBytes().selectFrom(highTable))
          .intoMemorySegment(work, at, LITTLE_ENDIAN);
    }
  }

  @Override
  public void leave(MemorySegment work, long row, int planeBytes) {
    enter(work, row, planeBytes); // the basis change is its own inverse
  }

  @Override
  public void gather(
      MemorySegment symbols,
      long offset,
      long stride,
      int symbolBytes,
      int count,
      MemorySegment work,
      long row,
      int planeBytes) {
    if (!Vector512SymbolPlanes.gather(
        symbols, offset, stride, symbolBytes, count, work, row, planeBytes)) {
      FoldedKernels.super.gather(
          symbols, offset, stride, symbolBytes, count, work, row, planeBytes);
    }
  }

  @Override
  public void scatter(
      MemorySegment work,
      long row,
      int planeBytes,
      MemorySegment symbols,
      long offset,
      long stride,
      int symbolBytes,
      int count) {
    if (!Vector512SymbolPlanes.scatter(
        work, row, planeBytes, symbols, offset, stride, symbolBytes, count)) {
      FoldedKernels.super.scatter(
          work, row, planeBytes, symbols, offset, stride, symbolBytes, count);
    }
  }

  @Override
  public void forward(MemorySegment work, long x, int rows, int planeBytes, int twiddle) {
    long bytes = 2L * planeBytes * rows;
    if (twiddle == 0) {
      add(work, x + bytes, x, bytes);
    } else if (twiddle < 256) {
      forwardSubfield(work, x, bytes, twiddle);
    } else {
      for (long row = x; row < x + bytes; row += 2L * planeBytes) {
        forwardGeneral(work, row, row + bytes, planeBytes, twiddle);
      }
    }
  }

  @Override
  public void forwardHalf(
      MemorySegment work, long source, long target, int rows, int planeBytes, int twiddle) {
    if (twiddle < 256) {
      forwardHalfSubfield(work, source, target, 2L * planeBytes * rows, twiddle);
    } else {
      FoldedKernels.super.forwardHalf(work, source, target, rows, planeBytes, twiddle);
    }
  }

  @Override
  public void inverse(MemorySegment work, long x, int rows, int planeBytes, int twiddle) {
    long bytes = 2L * planeBytes * rows;
    if (twiddle == 0) {
      add(work, x + bytes, x, bytes);
    } else if (twiddle < 256) {
      inverseSubfield(work, x, bytes, twiddle);
    } else {
      for (long row = x; row < x + bytes; row += 2L * planeBytes) {
        inverseGeneral(work, row, row + bytes, planeBytes, twiddle);
      }
    }
  }

  @Override
  public void addInverseOfHalf(
      MemorySegment work, long source, long sum, int rows, int planeBytes, int twiddle) {
    if (twiddle < 256) {
      addInverseOfHalfSubfield(work, source, sum, 2L * planeBytes * rows, twiddle ^ 1);
    } else {
      FoldedKernels.super.addInverseOfHalf(work, source, sum, rows, planeBytes, twiddle);
    }
  }

  @Override
  public void forward4(
      MemorySegment work, long x, int rows, int planeBytes, int outer, int first, int second) {
    if ((outer | first) == 0 && second < 256) {
      forward4Origin(work, x, 2L * planeBytes * rows, second);
    } else if ((outer | first | second) < 256) {
      forward4Subfield(work, x, 2L * planeBytes * rows, outer, first, second);
    } else {
      FoldedKernels.super.forward4(work, x, rows, planeBytes, outer, first, second);
    }
  }

  @Override
  public void inverse4(
      MemorySegment work, long x, int rows, int planeBytes, int outer, int first, int second) {
    if ((outer | first) == 0 && second < 256) {
      inverse4Origin(work, x, 2L * planeBytes * rows, second);
    } else if ((outer | first | second) < 256) {
      inverse4Subfield(work, x, 2L * planeBytes * rows, outer, first, second);
    } else {
      FoldedKernels.super.inverse4(work, x, rows, planeBytes, outer, first, second);
    }
  }

  @Override
  public void forwardHalf4(
      MemorySegment work,
      long source,
      long target,
      int rows,
      int planeBytes,
      int half,
      int outer,
      int first,
      int second) {
    if ((half | outer | first | second) < 256) {
      long bytes = 2L * planeBytes * rows;
      forwardHalf4Subfield(work, source, target, bytes, half, outer, first, second);
    } else {
      FoldedKernels.super.forwardHalf4(
          work, source, target, rows, planeBytes, half, outer, first, second);
    }
  }

  private static void forwardSubfield(MemorySegment work, long from, long bytes, int twiddle) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, PRODUCTS, twiddle * TABLES);
    ByteVector highTable = ByteVector.fromArray(BYTES, PRODUCTS, twiddle * TABLES + STEP);
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector x = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector y = ByteVector.fromMemorySegment(BYTES, work, at + bytes, LITTLE_ENDIAN);
      LongVector shifted = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      x =
          x.lanewise(VectorOperators.XOR, y.selectFrom(lowTable))
              .lanewise(VectorOperators.XOR, shifted.reinterpretAsBytes().selectFrom(highTable));
      x.intoMemorySegment(work, at, LITTLE_ENDIAN);
      y.lanewise(VectorOperators.XOR, x).intoMemorySegment(work, at + bytes, LITTLE_ENDIAN);
    }
  }

  private static void forwardHalfSubfield(
      MemorySegment work, long source, long target, long bytes, int twiddle) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, PRODUCTS, twiddle * TABLES);
    ByteVector highTable = ByteVector.fromArray(BYTES, PRODUCTS, twiddle * TABLES + STEP);
    for (long i = 0; i < bytes; i += STEP) {
      ByteVector x = ByteVector.fromMemorySegment(BYTES, work, source + i, LITTLE_ENDIAN);
      ByteVector y = ByteVector.fromMemorySegment(BYTES, work, source + bytes + i, LITTLE_ENDIAN);
      LongVector shifted = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      x.lanewise(VectorOperators.XOR, y.selectFrom(lowTable))
          .lanewise(VectorOperators.XOR, shifted.reinterpretAsBytes().selectFrom(highTable))
          .intoMemorySegment(work, target + i, LITTLE_ENDIAN);
    }
  }

  private static void addInverseOfHalfSubfield(
      MemorySegment work, long source, long sum, long bytes, int factor) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, PRODUCTS, factor * TABLES);
    ByteVector highTable = ByteVector.fromArray(BYTES, PRODUCTS, factor * TABLES + STEP);
    for (long i = 0; i < bytes; i += STEP) {
      ByteVector x = ByteVector.fromMemorySegment(BYTES, work, source + i, LITTLE_ENDIAN);
      LongVector shifted = x.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      ByteVector.fromMemorySegment(BYTES, work, sum + i, LITTLE_ENDIAN)
          .lanewise(VectorOperators.XOR, x.selectFrom(lowTable))
          .lanewise(VectorOperators.XOR, shifted.reinterpretAsBytes().selectFrom(highTable))
          .intoMemorySegment(work, sum + i, LITTLE_ENDIAN);
      ByteVector.fromMemorySegment(BYTES, work, sum + bytes + i, LITTLE_ENDIAN)
          .lanewise(VectorOperators.XOR, x)
          .intoMemorySegment(work, sum + bytes + i, LITTLE_ENDIAN);
    }
  }

  private static void inverseSubfield(MemorySegment work, long from, long bytes, int twiddle) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, PRODUCTS, twiddle * TABLES);
    ByteVector highTable = ByteVector.fromArray(BYTES, PRODUCTS, twiddle * TABLES + STEP);
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector x = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector y =
          ByteVector.fromMemorySegment(BYTES, work, at + bytes, LITTLE_ENDIAN)
              .lanewise(VectorOperators.XOR, x);
      LongVector shifted = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      x.lanewise(VectorOperators.XOR, y.selectFrom(lowTable))
          .lanewise(VectorOperators.XOR, shifted.reinterpretAsBytes().selectFrom(highTable))
          .intoMemorySegment(work, at, LITTLE_ENDIAN);
      y.intoMemorySegment(work, at + bytes, LITTLE_ENDIAN);
    }
  }

  private static void forward4Subfield(
      MemorySegment work, long from, long bytes, int outer, int first, int second) {
    ByteVector outerLow = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, outer * TABLES);
    ByteVector outerHigh = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, outer * TABLES + STEP);
    ByteVector outerTop = ByteVector.broadcast(BYTES, TOP_PRODUCTS[outer]);
    ByteVector firstLow = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, first * TABLES);
    ByteVector firstHigh = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, first * TABLES + STEP);
    ByteVector firstTop = ByteVector.broadcast(BYTES, TOP_PRODUCTS[first]);
    ByteVector secondLow = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, second * TABLES);
    ByteVector secondHigh = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, second * TABLES + STEP);
    ByteVector secondTop = ByteVector.broadcast(BYTES, TOP_PRODUCTS[second]);
    ByteVector zero = ByteVector.zero(BYTES);
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector a = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector b = ByteVector.fromMemorySegment(BYTES, work, at + bytes, LITTLE_ENDIAN);
      ByteVector c = ByteVector.fromMemorySegment(BYTES, work, at + 2 * bytes, LITTLE_ENDIAN);
      ByteVector d = ByteVector.fromMemorySegment(BYTES, work, at + 3 * bytes, LITTLE_ENDIAN);
      a =
          a.lanewise(
                  VectorOperators.XOR,
                  PAIRED ? c.selectFrom(outerLow, outerHigh) : c.selectFrom(outerLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(outerTop, c.lt((byte) 0))
                      : c.reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(outerHigh));
      b =
          b.lanewise(
                  VectorOperators.XOR,
                  PAIRED ? d.selectFrom(outerLow, outerHigh) : d.selectFrom(outerLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(outerTop, d.lt((byte) 0))
                      : d.reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(outerHigh));
      c = c.lanewise(VectorOperators.XOR, a);
      d = d.lanewise(VectorOperators.XOR, b);
      a =
          a.lanewise(
                  VectorOperators.XOR,
                  PAIRED ? b.selectFrom(firstLow, firstHigh) : b.selectFrom(firstLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(firstTop, b.lt((byte) 0))
                      : b.reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(firstHigh));
      c =
          c.lanewise(
                  VectorOperators.XOR,
                  PAIRED ? d.selectFrom(secondLow, secondHigh) : d.selectFrom(secondLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(secondTop, d.lt((byte) 0))
                      : d.reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(secondHigh));
      a.intoMemorySegment(work, at, LITTLE_ENDIAN);
      b.lanewise(VectorOperators.XOR, a).intoMemorySegment(work, at + bytes, LITTLE_ENDIAN);
      c.intoMemorySegment(work, at + 2 * bytes, LITTLE_ENDIAN);
      d.lanewise(VectorOperators.XOR, c).intoMemorySegment(work, at + 3 * bytes, LITTLE_ENDIAN);
    }
  }

  private static void forwardHalf4Subfield(
      MemorySegment work,
      long source,
      long target,
      long bytes,
      int half,
      int outer,
      int first,
      int second) {
    ByteVector halfLow = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, half * TABLES);
    ByteVector halfHigh = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, half * TABLES + STEP);
    ByteVector halfTop = ByteVector.broadcast(BYTES, TOP_PRODUCTS[half]);
    ByteVector outerLow = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, outer * TABLES);
    ByteVector outerHigh = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, outer * TABLES + STEP);
    ByteVector outerTop = ByteVector.broadcast(BYTES, TOP_PRODUCTS[outer]);
    ByteVector firstLow = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, first * TABLES);
    ByteVector firstHigh = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, first * TABLES + STEP);
    ByteVector firstTop = ByteVector.broadcast(BYTES, TOP_PRODUCTS[first]);
    ByteVector secondLow = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, second * TABLES);
    ByteVector secondHigh = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, second * TABLES + STEP);
    ByteVector secondTop = ByteVector.broadcast(BYTES, TOP_PRODUCTS[second]);
    ByteVector zero = ByteVector.zero(BYTES);
    for (long i = 0; i < bytes; i += STEP) {
      long x = source + i;
      long y = x + 4 * bytes;
      long at = target + i;
      ByteVector upperA = ByteVector.fromMemorySegment(BYTES, work, y, LITTLE_ENDIAN);
      ByteVector a =
          ByteVector.fromMemorySegment(BYTES, work, x, LITTLE_ENDIAN)
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED ? upperA.selectFrom(halfLow, halfHigh) : upperA.selectFrom(halfLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(halfTop, upperA.lt((byte) 0))
                      : upperA
                          .reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(halfHigh));
      ByteVector upperB = ByteVector.fromMemorySegment(BYTES, work, y + bytes, LITTLE_ENDIAN);
      ByteVector b =
          ByteVector.fromMemorySegment(BYTES, work, x + bytes, LITTLE_ENDIAN)
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED ? upperB.selectFrom(halfLow, halfHigh) : upperB.selectFrom(halfLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(halfTop, upperB.lt((byte) 0))
                      : upperB
                          .reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(halfHigh));
      ByteVector upperC = ByteVector.fromMemorySegment(BYTES, work, y + 2 * bytes, LITTLE_ENDIAN);
      ByteVector c =
          ByteVector.fromMemorySegment(BYTES, work, x + 2 * bytes, LITTLE_ENDIAN)
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED ? upperC.selectFrom(halfLow, halfHigh) : upperC.selectFrom(halfLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(halfTop, upperC.lt((byte) 0))
                      : upperC
                          .reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(halfHigh));
      ByteVector upperD = ByteVector.fromMemorySegment(BYTES, work, y + 3 * bytes, LITTLE_ENDIAN);
      ByteVector d =
          ByteVector.fromMemorySegment(BYTES, work, x + 3 * bytes, LITTLE_ENDIAN)
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED ? upperD.selectFrom(halfLow, halfHigh) : upperD.selectFrom(halfLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(halfTop, upperD.lt((byte) 0))
                      : upperD
                          .reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(halfHigh));
      a =
          a.lanewise(
                  VectorOperators.XOR,
                  PAIRED ? c.selectFrom(outerLow, outerHigh) : c.selectFrom(outerLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(outerTop, c.lt((byte) 0))
                      : c.reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(outerHigh));
      b =
          b.lanewise(
                  VectorOperators.XOR,
                  PAIRED ? d.selectFrom(outerLow, outerHigh) : d.selectFrom(outerLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(outerTop, d.lt((byte) 0))
                      : d.reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(outerHigh));
      c = c.lanewise(VectorOperators.XOR, a);
      d = d.lanewise(VectorOperators.XOR, b);
      a =
          a.lanewise(
                  VectorOperators.XOR,
                  PAIRED ? b.selectFrom(firstLow, firstHigh) : b.selectFrom(firstLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(firstTop, b.lt((byte) 0))
                      : b.reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(firstHigh));
      c =
          c.lanewise(
                  VectorOperators.XOR,
                  PAIRED ? d.selectFrom(secondLow, secondHigh) : d.selectFrom(secondLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(secondTop, d.lt((byte) 0))
                      : d.reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(secondHigh));
      a.intoMemorySegment(work, at, LITTLE_ENDIAN);
      b.lanewise(VectorOperators.XOR, a).intoMemorySegment(work, at + bytes, LITTLE_ENDIAN);
      c.intoMemorySegment(work, at + 2 * bytes, LITTLE_ENDIAN);
      d.lanewise(VectorOperators.XOR, c).intoMemorySegment(work, at + 3 * bytes, LITTLE_ENDIAN);
    }
  }

  private static void inverse4Subfield(
      MemorySegment work, long from, long bytes, int outer, int first, int second) {
    ByteVector outerLow = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, outer * TABLES);
    ByteVector outerHigh = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, outer * TABLES + STEP);
    ByteVector outerTop = ByteVector.broadcast(BYTES, TOP_PRODUCTS[outer]);
    ByteVector firstLow = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, first * TABLES);
    ByteVector firstHigh = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, first * TABLES + STEP);
    ByteVector firstTop = ByteVector.broadcast(BYTES, TOP_PRODUCTS[first]);
    ByteVector secondLow = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, second * TABLES);
    ByteVector secondHigh = ByteVector.fromArray(BYTES, PAIRED_PRODUCTS, second * TABLES + STEP);
    ByteVector secondTop = ByteVector.broadcast(BYTES, TOP_PRODUCTS[second]);
    ByteVector zero = ByteVector.zero(BYTES);
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector a = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector b =
          ByteVector.fromMemorySegment(BYTES, work, at + bytes, LITTLE_ENDIAN)
              .lanewise(VectorOperators.XOR, a);
      ByteVector c = ByteVector.fromMemorySegment(BYTES, work, at + 2 * bytes, LITTLE_ENDIAN);
      ByteVector d =
          ByteVector.fromMemorySegment(BYTES, work, at + 3 * bytes, LITTLE_ENDIAN)
              .lanewise(VectorOperators.XOR, c);
      a =
          a.lanewise(
                  VectorOperators.XOR,
                  PAIRED ? b.selectFrom(firstLow, firstHigh) : b.selectFrom(firstLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(firstTop, b.lt((byte) 0))
                      : b.reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(firstHigh));
      c =
          c.lanewise(
                  VectorOperators.XOR,
                  PAIRED ? d.selectFrom(secondLow, secondHigh) : d.selectFrom(secondLow))
              .lanewise(
                  VectorOperators.XOR,
                  PAIRED
                      ? zero.blend(secondTop, d.lt((byte) 0))
                      : d.reinterpretAsLongs()
                          .lanewise(VectorOperators.LSHR, INDEX_BITS)
                          .reinterpretAsBytes()
                          .selectFrom(secondHigh));
      c = c.lanewise(VectorOperators.XOR, a);
      d = d.lanewise(VectorOperators.XOR, b);
      a.lanewise(
              VectorOperators.XOR,
              PAIRED ? c.selectFrom(outerLow, outerHigh) : c.selectFrom(outerLow))
          .lanewise(
              VectorOperators.XOR,
              PAIRED
                  ? zero.blend(outerTop, c.lt((byte) 0))
                  : c.reinterpretAsLongs()
                      .lanewise(VectorOperators.LSHR, INDEX_BITS)
                      .reinterpretAsBytes()
                      .selectFrom(outerHigh))
          .intoMemorySegment(work, at, LITTLE_ENDIAN);
      b.lanewise(
              VectorOperators.XOR,
              PAIRED ? d.selectFrom(outerLow, outerHigh) : d.selectFrom(outerLow))
          .lanewise(
              VectorOperators.XOR,
              PAIRED
                  ? zero.blend(outerTop, d.lt((byte) 0))
                  : d.reinterpretAsLongs()
                      .lanewise(VectorOperators.LSHR, INDEX_BITS)
                      .reinterpretAsBytes()
                      .selectFrom(outerHigh))
          .intoMemorySegment(work, at + bytes, LITTLE_ENDIAN);
      c.intoMemorySegment(work, at + 2 * bytes, LITTLE_ENDIAN);
      d.intoMemorySegment(work, at + 3 * bytes, LITTLE_ENDIAN);
    }
  }

  /** Forward butterflies of two layers in the block of point 0, where only one twiddle is not 0. */
  private static void forward4Origin(MemorySegment work, long from, long bytes, int second) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, PRODUCTS, second * TABLES);
    ByteVector highTable = ByteVector.fromArray(BYTES, PRODUCTS, second * TABLES + STEP);
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector a = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector b = ByteVector.fromMemorySegment(BYTES, work, at + bytes, LITTLE_ENDIAN);
      ByteVector c =
          ByteVector.fromMemorySegment(BYTES, work, at + 2 * bytes, LITTLE_ENDIAN)
              .lanewise(VectorOperators.XOR, a);
      ByteVector d =
          ByteVector.fromMemorySegment(BYTES, work, at + 3 * bytes, LITTLE_ENDIAN)
              .lanewise(VectorOperators.XOR, b);
      LongVector shifted = d.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      c =
          c.lanewise(VectorOperators.XOR, d.selectFrom(lowTable))
              .lanewise(VectorOperators.XOR, shifted.reinterpretAsBytes().selectFrom(highTable));
      b.lanewise(VectorOperators.XOR, a).intoMemorySegment(work, at + bytes, LITTLE_ENDIAN);
      c.intoMemorySegment(work, at + 2 * bytes, LITTLE_ENDIAN);
      d.lanewise(VectorOperators.XOR, c).intoMemorySegment(work, at + 3 * bytes, LITTLE_ENDIAN);
    }
  }

  private static void inverse4Origin(MemorySegment work, long from, long bytes, int second) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, PRODUCTS, second * TABLES);
    ByteVector highTable = ByteVector.fromArray(BYTES, PRODUCTS, second * TABLES + STEP);
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector a = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector b =
          ByteVector.fromMemorySegment(BYTES, work, at + bytes, LITTLE_ENDIAN)
              .lanewise(VectorOperators.XOR, a);
      ByteVector c = ByteVector.fromMemorySegment(BYTES, work, at + 2 * bytes, LITTLE_ENDIAN);
      ByteVector d =
          ByteVector.fromMemorySegment(BYTES, work, at + 3 * bytes, LITTLE_ENDIAN)
              .lanewise(VectorOperators.XOR, c);
      LongVector shifted = d.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      b.intoMemorySegment(work, at + bytes, LITTLE_ENDIAN);
      c.lanewise(VectorOperators.XOR, d.selectFrom(lowTable))
          .lanewise(VectorOperators.XOR, shifted.reinterpretAsBytes().selectFrom(highTable))
          .lanewise(VectorOperators.XOR, a)
          .intoMemorySegment(work, at + 2 * bytes, LITTLE_ENDIAN);
      d.lanewise(VectorOperators.XOR, b).intoMemorySegment(work, at + 3 * bytes, LITTLE_ENDIAN);
    }
  }

  private static void forwardGeneral(
      MemorySegment work, long xRow, long yRow, int planeBytes, int twiddle) {
    int c0 = Tower.low(twiddle);
    int c1 = Tower.high(twiddle);
    int both = (c0 ^ c1) * TABLES;
    int cross = Tower.highToLow(twiddle) * TABLES;
    ByteVector lowLow = ByteVector.fromArray(BYTES, PRODUCTS, c0 * TABLES);
    ByteVector lowHigh = ByteVector.fromArray(BYTES, PRODUCTS, c0 * TABLES + STEP);
    ByteVector bothLow = ByteVector.fromArray(BYTES, PRODUCTS, both);
    ByteVector bothHigh = ByteVector.fromArray(BYTES, PRODUCTS, both + STEP);
    ByteVector crossLow = ByteVector.fromArray(BYTES, PRODUCTS, cross);
    ByteVector crossHigh = ByteVector.fromArray(BYTES, PRODUCTS, cross + STEP);
    for (int i = 0; i < planeBytes; i += STEP) {
      long xAt = xRow + i;
      long yAt = yRow + i;
      ByteVector yLow = ByteVector.fromMemorySegment(BYTES, work, yAt, LITTLE_ENDIAN);
      ByteVector yHigh = ByteVector.fromMemorySegment(BYTES, work, yAt + planeBytes, LITTLE_ENDIAN);
      ByteVector xLow = ByteVector.fromMemorySegment(BYTES, work, xAt, LITTLE_ENDIAN);
      ByteVector xHigh = ByteVector.fromMemorySegment(BYTES, work, xAt + planeBytes, LITTLE_ENDIAN);
      ByteVector sum = yLow.lanewise(VectorOperators.XOR, yHigh);
      LongVector shiftedLow = yLow.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      LongVector shiftedHigh =
          yHigh.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      LongVector shiftedSum = sum.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      ByteVector product =
          yLow.selectFrom(lowLow)
              .lanewise(VectorOperators.XOR, shiftedLow.reinterpretAsBytes().selectFrom(lowHigh));
      xLow =
          xLow.lanewise(VectorOperators.XOR, product)
              .lanewise(VectorOperators.XOR, yHigh.selectFrom(crossLow))
              .lanewise(
                  VectorOperators.XOR, shiftedHigh.reinterpretAsBytes().selectFrom(crossHigh));
      xHigh =
          xHigh
              .lanewise(VectorOperators.XOR, product)
              .lanewise(VectorOperators.XOR, sum.selectFrom(bothLow))
              .lanewise(VectorOperators.XOR, shiftedSum.reinterpretAsBytes().selectFrom(bothHigh));
      xLow.intoMemorySegment(work, xAt, LITTLE_ENDIAN);
      xHigh.intoMemorySegment(work, xAt + planeBytes, LITTLE_ENDIAN);
      yLow.lanewise(VectorOperators.XOR, xLow).intoMemorySegment(work, yAt, LITTLE_ENDIAN);
      yHigh
          .lanewise(VectorOperators.XOR, xHigh)
          .intoMemorySegment(work, yAt + planeBytes, LITTLE_ENDIAN);
    }
  }

  private static void inverseGeneral(
      MemorySegment work, long xRow, long yRow, int planeBytes, int twiddle) {
    int c0 = Tower.low(twiddle);
    int c1 = Tower.high(twiddle);
    int both = (c0 ^ c1) * TABLES;
    int cross = Tower.highToLow(twiddle) * TABLES;
    ByteVector lowLow = ByteVector.fromArray(BYTES, PRODUCTS, c0 * TABLES);
    ByteVector lowHigh = ByteVector.fromArray(BYTES, PRODUCTS, c0 * TABLES + STEP);
    ByteVector bothLow = ByteVector.fromArray(BYTES, PRODUCTS, both);
    ByteVector bothHigh = ByteVector.fromArray(BYTES, PRODUCTS, both + STEP);
    ByteVector crossLow = ByteVector.fromArray(BYTES, PRODUCTS, cross);
    ByteVector crossHigh = ByteVector.fromArray(BYTES, PRODUCTS, cross + STEP);
    for (int i = 0; i < planeBytes; i += STEP) {
      long xAt = xRow + i;
      long yAt = yRow + i;
      ByteVector xLow = ByteVector.fromMemorySegment(BYTES, work, xAt, LITTLE_ENDIAN);
      ByteVector xHigh = ByteVector.fromMemorySegment(BYTES, work, xAt + planeBytes, LITTLE_ENDIAN);
      ByteVector yLow =
          ByteVector.fromMemorySegment(BYTES, work, yAt, LITTLE_ENDIAN)
              .lanewise(VectorOperators.XOR, xLow);
      ByteVector yHigh =
          ByteVector.fromMemorySegment(BYTES, work, yAt + planeBytes, LITTLE_ENDIAN)
              .lanewise(VectorOperators.XOR, xHigh);
      ByteVector sum = yLow.lanewise(VectorOperators.XOR, yHigh);
      LongVector shiftedLow = yLow.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      LongVector shiftedHigh =
          yHigh.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      LongVector shiftedSum = sum.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      ByteVector product =
          yLow.selectFrom(lowLow)
              .lanewise(VectorOperators.XOR, shiftedLow.reinterpretAsBytes().selectFrom(lowHigh));
      xLow.lanewise(VectorOperators.XOR, product)
          .lanewise(VectorOperators.XOR, yHigh.selectFrom(crossLow))
          .lanewise(VectorOperators.XOR, shiftedHigh.reinterpretAsBytes().selectFrom(crossHigh))
          .intoMemorySegment(work, xAt, LITTLE_ENDIAN);
      xHigh
          .lanewise(VectorOperators.XOR, product)
          .lanewise(VectorOperators.XOR, sum.selectFrom(bothLow))
          .lanewise(VectorOperators.XOR, shiftedSum.reinterpretAsBytes().selectFrom(bothHigh))
          .intoMemorySegment(work, xAt + planeBytes, LITTLE_ENDIAN);
      yLow.intoMemorySegment(work, yAt, LITTLE_ENDIAN);
      yHigh.intoMemorySegment(work, yAt + planeBytes, LITTLE_ENDIAN);
    }
  }

  @Override
  public void add(MemorySegment work, long target, long source, long bytes) {
    for (long i = 0; i < bytes; i += STEP) {
      ByteVector.fromMemorySegment(BYTES, work, target + i, LITTLE_ENDIAN)
          .lanewise(
              VectorOperators.XOR,
              ByteVector.fromMemorySegment(BYTES, work, source + i, LITTLE_ENDIAN))
          .intoMemorySegment(work, target + i, LITTLE_ENDIAN);
    }
  }

  @Override
  public void multiply(MemorySegment work, long row, int planeBytes, int factor) {
    int c0 = Tower.low(factor);
    int c1 = Tower.high(factor);
    int both = (c0 ^ c1) * TABLES;
    int cross = Tower.highToLow(factor) * TABLES;
    ByteVector lowLow = ByteVector.fromArray(BYTES, PRODUCTS, c0 * TABLES);
    ByteVector lowHigh = ByteVector.fromArray(BYTES, PRODUCTS, c0 * TABLES + STEP);
    ByteVector bothLow = ByteVector.fromArray(BYTES, PRODUCTS, both);
    ByteVector bothHigh = ByteVector.fromArray(BYTES, PRODUCTS, both + STEP);
    ByteVector crossLow = ByteVector.fromArray(BYTES, PRODUCTS, cross);
    ByteVector crossHigh = ByteVector.fromArray(BYTES, PRODUCTS, cross + STEP);
    for (int i = 0; i < planeBytes; i += STEP) {
      long at = row + i;
      ByteVector yLow = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector yHigh = ByteVector.fromMemorySegment(BYTES, work, at + planeBytes, LITTLE_ENDIAN);
      ByteVector sum = yLow.lanewise(VectorOperators.XOR, yHigh);
      LongVector shiftedLow = yLow.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      LongVector shiftedHigh =
          yHigh.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      LongVector shiftedSum = sum.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      ByteVector product =
          yLow.selectFrom(lowLow)
              .lanewise(VectorOperators.XOR, shiftedLow.reinterpretAsBytes().selectFrom(lowHigh));
      product
          .lanewise(VectorOperators.XOR, yHigh.selectFrom(crossLow))
          .lanewise(VectorOperators.XOR, shiftedHigh.reinterpretAsBytes().selectFrom(crossHigh))
          .intoMemorySegment(work, at, LITTLE_ENDIAN);
      product
          .lanewise(VectorOperators.XOR, sum.selectFrom(bothLow))
          .lanewise(VectorOperators.XOR, shiftedSum.reinterpretAsBytes().selectFrom(bothHigh))
          .intoMemorySegment(work, at + planeBytes, LITTLE_ENDIAN);
    }
  }

  @Override
  public void addMultiple(
      MemorySegment work, long target, long source, int rows, int planeBytes, int factor) {
    long bytes = 2L * planeBytes * rows;
    if (factor == 1) {
      add(work, target, source, bytes);
    } else if (factor < 256) {
      addMultipleSubfield(work, target, source, bytes, factor);
    } else {
      for (long i = 0; i < bytes; i += 2L * planeBytes) {
        addMultipleGeneral(work, target + i, source + i, planeBytes, factor);
      }
    }
  }

  private static void addMultipleSubfield(
      MemorySegment work, long target, long source, long bytes, int factor) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, PRODUCTS, factor * TABLES);
    ByteVector highTable = ByteVector.fromArray(BYTES, PRODUCTS, factor * TABLES + STEP);
    for (long i = 0; i < bytes; i += STEP) {
      ByteVector y = ByteVector.fromMemorySegment(BYTES, work, source + i, LITTLE_ENDIAN);
      LongVector shifted = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      ByteVector.fromMemorySegment(BYTES, work, target + i, LITTLE_ENDIAN)
          .lanewise(VectorOperators.XOR, y.selectFrom(lowTable))
          .lanewise(VectorOperators.XOR, shifted.reinterpretAsBytes().selectFrom(highTable))
          .intoMemorySegment(work, target + i, LITTLE_ENDIAN);
    }
  }

  private static void addMultipleGeneral(
      MemorySegment work, long target, long source, int planeBytes, int factor) {
    int c0 = Tower.low(factor);
    int c1 = Tower.high(factor);
    int both = (c0 ^ c1) * TABLES;
    int cross = Tower.highToLow(factor) * TABLES;
    ByteVector lowLow = ByteVector.fromArray(BYTES, PRODUCTS, c0 * TABLES);
    ByteVector lowHigh = ByteVector.fromArray(BYTES, PRODUCTS, c0 * TABLES + STEP);
    ByteVector bothLow = ByteVector.fromArray(BYTES, PRODUCTS, both);
    ByteVector bothHigh = ByteVector.fromArray(BYTES, PRODUCTS, both + STEP);
    ByteVector crossLow = ByteVector.fromArray(BYTES, PRODUCTS, cross);
    ByteVector crossHigh = ByteVector.fromArray(BYTES, PRODUCTS, cross + STEP);
    for (int i = 0; i < planeBytes; i += STEP) {
      long at = source + i;
      long sum = target + i;
      ByteVector yLow = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector yHigh = ByteVector.fromMemorySegment(BYTES, work, at + planeBytes, LITTLE_ENDIAN);
      ByteVector bothBytes = yLow.lanewise(VectorOperators.XOR, yHigh);
      LongVector shiftedLow = yLow.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      LongVector shiftedHigh =
          yHigh.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      LongVector shiftedBoth =
          bothBytes.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      ByteVector product =
          yLow.selectFrom(lowLow)
              .lanewise(VectorOperators.XOR, shiftedLow.reinterpretAsBytes().selectFrom(lowHigh));
      ByteVector.fromMemorySegment(BYTES, work, sum, LITTLE_ENDIAN)
          .lanewise(VectorOperators.XOR, product)
          .lanewise(VectorOperators.XOR, yHigh.selectFrom(crossLow))
          .lanewise(VectorOperators.XOR, shiftedHigh.reinterpretAsBytes().selectFrom(crossHigh))
          .intoMemorySegment(work, sum, LITTLE_ENDIAN);
      ByteVector.fromMemorySegment(BYTES, work, sum + planeBytes, LITTLE_ENDIAN)
          .lanewise(VectorOperators.XOR, product)
          .lanewise(VectorOperators.XOR, bothBytes.selectFrom(bothLow))
          .lanewise(VectorOperators.XOR, shiftedBoth.reinterpretAsBytes().selectFrom(bothHigh))
          .intoMemorySegment(work, sum + planeBytes, LITTLE_ENDIAN);
    }
  }

  @Override
  public int vectorBytes() {
    return STEP;
  }

  @Override
  public void forwardNear(
      MemorySegment work, long first, int rows, int slotBits, int layer, int point) {
    Vector512NearLayers.forward(work, first, rows, slotBits, layer, point);
  }

  @Override
  public void inverseNear(
      MemorySegment work, long first, int rows, int slotBits, int layer, int point) {
    Vector512NearLayers.inverse(work, first, rows, slotBits, layer, point);
  }

  @Override
  public void addDerivativeNear(
      MemorySegment work, long polynomial, long target, int rows, int slotBits, int layer) {
    Vector512NearLayers.addDerivative(work, polynomial, target, rows, slotBits, layer);
  }
}
