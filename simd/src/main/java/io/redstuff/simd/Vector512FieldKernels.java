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
 * <p>A constant of GF(2^8) multiplies a byte by two look-ups in tables of sixteen bytes, one a
 * nibble; a table sits in the low lanes of a vector, and an index of four bits never leaves them.
 *
 * <p>The kernels are flat on purpose: one loop each, no vector passed to or returned from a method,
 * since the compiler stops inlining in large methods and would then box every vector.
 */
final class Vector512FieldKernels implements FieldKernels {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
  private static final int STEP = BYTES.vectorByteSize();
  private static final byte NIBBLE = 15;

  /** Bytes of the two tables of one constant: sixteen products of low nibbles, sixteen of high. */
  private static final int TABLES = 32;

  /**
   * The tables of all constants of GF(2^8), one after the other, then those of the basis change.
   */
  private static final byte[] PRODUCTS = new byte[257 * TABLES + STEP];

  private static final int BASIS_CHANGE = 256 * TABLES;

  static {
    for (int nibble = 0; nibble < 16; nibble++) {
      for (int constant = 0; constant < 256; constant++) {
        PRODUCTS[constant * TABLES + nibble] = (byte) Gf16.multiply(constant, nibble);
        PRODUCTS[constant * TABLES + 16 + nibble] = (byte) Gf16.multiply(constant, nibble << 4);
      }
      PRODUCTS[BASIS_CHANGE + nibble] = (byte) Tower.basisChange(nibble);
      PRODUCTS[BASIS_CHANGE + 16 + nibble] = (byte) Tower.basisChange(nibble << 4);
    }
  }

  @Override
  public void enter(MemorySegment work, long row, int planeBytes) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, PRODUCTS, BASIS_CHANGE);
    ByteVector highTable = ByteVector.fromArray(BYTES, PRODUCTS, BASIS_CHANGE + 16);
    for (long at = row; at < row + planeBytes; at += STEP) {
      ByteVector high = ByteVector.fromMemorySegment(BYTES, work, at + planeBytes, LITTLE_ENDIAN);
      ByteVector low = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      LongVector shifted = high.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      low.lanewise(VectorOperators.XOR, high.and(NIBBLE).selectFrom(lowTable))
          .lanewise(
              VectorOperators.XOR, shifted.reinterpretAsBytes().and(NIBBLE).selectFrom(highTable))
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
      FieldKernels.super.gather(symbols, offset, stride, symbolBytes, count, work, row, planeBytes);
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
      FieldKernels.super.scatter(
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
  public void forward4(
      MemorySegment work, long x, int rows, int planeBytes, int outer, int first, int second) {
    if ((outer | first | second) < 256) {
      forward4Subfield(work, x, 2L * planeBytes * rows, outer, first, second);
    } else {
      FieldKernels.super.forward4(work, x, rows, planeBytes, outer, first, second);
    }
  }

  @Override
  public void inverse4(
      MemorySegment work, long x, int rows, int planeBytes, int outer, int first, int second) {
    if ((outer | first | second) < 256) {
      inverse4Subfield(work, x, 2L * planeBytes * rows, outer, first, second);
    } else {
      FieldKernels.super.inverse4(work, x, rows, planeBytes, outer, first, second);
    }
  }

  private static void forwardSubfield(MemorySegment work, long from, long bytes, int twiddle) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, PRODUCTS, twiddle * TABLES);
    ByteVector highTable = ByteVector.fromArray(BYTES, PRODUCTS, twiddle * TABLES + 16);
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector x = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector y = ByteVector.fromMemorySegment(BYTES, work, at + bytes, LITTLE_ENDIAN);
      LongVector shifted = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      x =
          x.lanewise(VectorOperators.XOR, y.and(NIBBLE).selectFrom(lowTable))
              .lanewise(
                  VectorOperators.XOR,
                  shifted.reinterpretAsBytes().and(NIBBLE).selectFrom(highTable));
      x.intoMemorySegment(work, at, LITTLE_ENDIAN);
      y.lanewise(VectorOperators.XOR, x).intoMemorySegment(work, at + bytes, LITTLE_ENDIAN);
    }
  }

  private static void inverseSubfield(MemorySegment work, long from, long bytes, int twiddle) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, PRODUCTS, twiddle * TABLES);
    ByteVector highTable = ByteVector.fromArray(BYTES, PRODUCTS, twiddle * TABLES + 16);
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector x = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector y =
          ByteVector.fromMemorySegment(BYTES, work, at + bytes, LITTLE_ENDIAN)
              .lanewise(VectorOperators.XOR, x);
      LongVector shifted = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      x.lanewise(VectorOperators.XOR, y.and(NIBBLE).selectFrom(lowTable))
          .lanewise(
              VectorOperators.XOR, shifted.reinterpretAsBytes().and(NIBBLE).selectFrom(highTable))
          .intoMemorySegment(work, at, LITTLE_ENDIAN);
      y.intoMemorySegment(work, at + bytes, LITTLE_ENDIAN);
    }
  }

  private static void forward4Subfield(
      MemorySegment work, long from, long bytes, int outer, int first, int second) {
    ByteVector outerLow = ByteVector.fromArray(BYTES, PRODUCTS, outer * TABLES);
    ByteVector outerHigh = ByteVector.fromArray(BYTES, PRODUCTS, outer * TABLES + 16);
    ByteVector firstLow = ByteVector.fromArray(BYTES, PRODUCTS, first * TABLES);
    ByteVector firstHigh = ByteVector.fromArray(BYTES, PRODUCTS, first * TABLES + 16);
    ByteVector secondLow = ByteVector.fromArray(BYTES, PRODUCTS, second * TABLES);
    ByteVector secondHigh = ByteVector.fromArray(BYTES, PRODUCTS, second * TABLES + 16);
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector a = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector b = ByteVector.fromMemorySegment(BYTES, work, at + bytes, LITTLE_ENDIAN);
      ByteVector c = ByteVector.fromMemorySegment(BYTES, work, at + 2 * bytes, LITTLE_ENDIAN);
      ByteVector d = ByteVector.fromMemorySegment(BYTES, work, at + 3 * bytes, LITTLE_ENDIAN);
      LongVector shiftedC = c.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      LongVector shiftedD = d.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      a =
          a.lanewise(VectorOperators.XOR, c.and(NIBBLE).selectFrom(outerLow))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedC.reinterpretAsBytes().and(NIBBLE).selectFrom(outerHigh));
      b =
          b.lanewise(VectorOperators.XOR, d.and(NIBBLE).selectFrom(outerLow))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedD.reinterpretAsBytes().and(NIBBLE).selectFrom(outerHigh));
      c = c.lanewise(VectorOperators.XOR, a);
      d = d.lanewise(VectorOperators.XOR, b);
      LongVector shiftedB = b.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      shiftedD = d.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      a =
          a.lanewise(VectorOperators.XOR, b.and(NIBBLE).selectFrom(firstLow))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedB.reinterpretAsBytes().and(NIBBLE).selectFrom(firstHigh));
      c =
          c.lanewise(VectorOperators.XOR, d.and(NIBBLE).selectFrom(secondLow))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedD.reinterpretAsBytes().and(NIBBLE).selectFrom(secondHigh));
      a.intoMemorySegment(work, at, LITTLE_ENDIAN);
      b.lanewise(VectorOperators.XOR, a).intoMemorySegment(work, at + bytes, LITTLE_ENDIAN);
      c.intoMemorySegment(work, at + 2 * bytes, LITTLE_ENDIAN);
      d.lanewise(VectorOperators.XOR, c).intoMemorySegment(work, at + 3 * bytes, LITTLE_ENDIAN);
    }
  }

  private static void inverse4Subfield(
      MemorySegment work, long from, long bytes, int outer, int first, int second) {
    ByteVector outerLow = ByteVector.fromArray(BYTES, PRODUCTS, outer * TABLES);
    ByteVector outerHigh = ByteVector.fromArray(BYTES, PRODUCTS, outer * TABLES + 16);
    ByteVector firstLow = ByteVector.fromArray(BYTES, PRODUCTS, first * TABLES);
    ByteVector firstHigh = ByteVector.fromArray(BYTES, PRODUCTS, first * TABLES + 16);
    ByteVector secondLow = ByteVector.fromArray(BYTES, PRODUCTS, second * TABLES);
    ByteVector secondHigh = ByteVector.fromArray(BYTES, PRODUCTS, second * TABLES + 16);
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector a = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector b =
          ByteVector.fromMemorySegment(BYTES, work, at + bytes, LITTLE_ENDIAN)
              .lanewise(VectorOperators.XOR, a);
      ByteVector c = ByteVector.fromMemorySegment(BYTES, work, at + 2 * bytes, LITTLE_ENDIAN);
      ByteVector d =
          ByteVector.fromMemorySegment(BYTES, work, at + 3 * bytes, LITTLE_ENDIAN)
              .lanewise(VectorOperators.XOR, c);
      LongVector shiftedB = b.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      LongVector shiftedD = d.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      a =
          a.lanewise(VectorOperators.XOR, b.and(NIBBLE).selectFrom(firstLow))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedB.reinterpretAsBytes().and(NIBBLE).selectFrom(firstHigh));
      c =
          c.lanewise(VectorOperators.XOR, d.and(NIBBLE).selectFrom(secondLow))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedD.reinterpretAsBytes().and(NIBBLE).selectFrom(secondHigh));
      c = c.lanewise(VectorOperators.XOR, a);
      d = d.lanewise(VectorOperators.XOR, b);
      LongVector shiftedC = c.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      shiftedD = d.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      a.lanewise(VectorOperators.XOR, c.and(NIBBLE).selectFrom(outerLow))
          .lanewise(
              VectorOperators.XOR, shiftedC.reinterpretAsBytes().and(NIBBLE).selectFrom(outerHigh))
          .intoMemorySegment(work, at, LITTLE_ENDIAN);
      b.lanewise(VectorOperators.XOR, d.and(NIBBLE).selectFrom(outerLow))
          .lanewise(
              VectorOperators.XOR, shiftedD.reinterpretAsBytes().and(NIBBLE).selectFrom(outerHigh))
          .intoMemorySegment(work, at + bytes, LITTLE_ENDIAN);
      c.intoMemorySegment(work, at + 2 * bytes, LITTLE_ENDIAN);
      d.intoMemorySegment(work, at + 3 * bytes, LITTLE_ENDIAN);
    }
  }

  private static void forwardGeneral(
      MemorySegment work, long xRow, long yRow, int planeBytes, int twiddle) {
    int lowToLow = Tower.low(twiddle) * TABLES;
    int lowToHigh = Tower.high(twiddle) * TABLES;
    int highToLow = Tower.highToLow(twiddle) * TABLES;
    int highToHigh = Tower.highToHigh(twiddle) * TABLES;
    ByteVector t0 = ByteVector.fromArray(BYTES, PRODUCTS, lowToLow);
    ByteVector t1 = ByteVector.fromArray(BYTES, PRODUCTS, lowToLow + 16);
    ByteVector t2 = ByteVector.fromArray(BYTES, PRODUCTS, lowToHigh);
    ByteVector t3 = ByteVector.fromArray(BYTES, PRODUCTS, lowToHigh + 16);
    ByteVector t4 = ByteVector.fromArray(BYTES, PRODUCTS, highToLow);
    ByteVector t5 = ByteVector.fromArray(BYTES, PRODUCTS, highToLow + 16);
    ByteVector t6 = ByteVector.fromArray(BYTES, PRODUCTS, highToHigh);
    ByteVector t7 = ByteVector.fromArray(BYTES, PRODUCTS, highToHigh + 16);
    for (int i = 0; i < planeBytes; i += STEP) {
      long xAt = xRow + i;
      long yAt = yRow + i;
      ByteVector yLow = ByteVector.fromMemorySegment(BYTES, work, yAt, LITTLE_ENDIAN);
      ByteVector yHigh = ByteVector.fromMemorySegment(BYTES, work, yAt + planeBytes, LITTLE_ENDIAN);
      ByteVector xLow = ByteVector.fromMemorySegment(BYTES, work, xAt, LITTLE_ENDIAN);
      ByteVector xHigh = ByteVector.fromMemorySegment(BYTES, work, xAt + planeBytes, LITTLE_ENDIAN);
      LongVector shiftedLow = yLow.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      LongVector shiftedHigh = yHigh.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      ByteVector n0 = yLow.and(NIBBLE);
      ByteVector n1 = shiftedLow.reinterpretAsBytes().and(NIBBLE);
      ByteVector n2 = yHigh.and(NIBBLE);
      ByteVector n3 = shiftedHigh.reinterpretAsBytes().and(NIBBLE);
      xLow =
          xLow.lanewise(VectorOperators.XOR, n0.selectFrom(t0))
              .lanewise(VectorOperators.XOR, n1.selectFrom(t1))
              .lanewise(VectorOperators.XOR, n2.selectFrom(t4))
              .lanewise(VectorOperators.XOR, n3.selectFrom(t5));
      xHigh =
          xHigh
              .lanewise(VectorOperators.XOR, n0.selectFrom(t2))
              .lanewise(VectorOperators.XOR, n1.selectFrom(t3))
              .lanewise(VectorOperators.XOR, n2.selectFrom(t6))
              .lanewise(VectorOperators.XOR, n3.selectFrom(t7));
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
    int lowToLow = Tower.low(twiddle) * TABLES;
    int lowToHigh = Tower.high(twiddle) * TABLES;
    int highToLow = Tower.highToLow(twiddle) * TABLES;
    int highToHigh = Tower.highToHigh(twiddle) * TABLES;
    ByteVector t0 = ByteVector.fromArray(BYTES, PRODUCTS, lowToLow);
    ByteVector t1 = ByteVector.fromArray(BYTES, PRODUCTS, lowToLow + 16);
    ByteVector t2 = ByteVector.fromArray(BYTES, PRODUCTS, lowToHigh);
    ByteVector t3 = ByteVector.fromArray(BYTES, PRODUCTS, lowToHigh + 16);
    ByteVector t4 = ByteVector.fromArray(BYTES, PRODUCTS, highToLow);
    ByteVector t5 = ByteVector.fromArray(BYTES, PRODUCTS, highToLow + 16);
    ByteVector t6 = ByteVector.fromArray(BYTES, PRODUCTS, highToHigh);
    ByteVector t7 = ByteVector.fromArray(BYTES, PRODUCTS, highToHigh + 16);
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
      LongVector shiftedLow = yLow.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      LongVector shiftedHigh = yHigh.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      ByteVector n0 = yLow.and(NIBBLE);
      ByteVector n1 = shiftedLow.reinterpretAsBytes().and(NIBBLE);
      ByteVector n2 = yHigh.and(NIBBLE);
      ByteVector n3 = shiftedHigh.reinterpretAsBytes().and(NIBBLE);
      xLow.lanewise(VectorOperators.XOR, n0.selectFrom(t0))
          .lanewise(VectorOperators.XOR, n1.selectFrom(t1))
          .lanewise(VectorOperators.XOR, n2.selectFrom(t4))
          .lanewise(VectorOperators.XOR, n3.selectFrom(t5))
          .intoMemorySegment(work, xAt, LITTLE_ENDIAN);
      xHigh
          .lanewise(VectorOperators.XOR, n0.selectFrom(t2))
          .lanewise(VectorOperators.XOR, n1.selectFrom(t3))
          .lanewise(VectorOperators.XOR, n2.selectFrom(t6))
          .lanewise(VectorOperators.XOR, n3.selectFrom(t7))
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
    int lowToLow = Tower.low(factor) * TABLES;
    int lowToHigh = Tower.high(factor) * TABLES;
    int highToLow = Tower.highToLow(factor) * TABLES;
    int highToHigh = Tower.highToHigh(factor) * TABLES;
    ByteVector t0 = ByteVector.fromArray(BYTES, PRODUCTS, lowToLow);
    ByteVector t1 = ByteVector.fromArray(BYTES, PRODUCTS, lowToLow + 16);
    ByteVector t2 = ByteVector.fromArray(BYTES, PRODUCTS, lowToHigh);
    ByteVector t3 = ByteVector.fromArray(BYTES, PRODUCTS, lowToHigh + 16);
    ByteVector t4 = ByteVector.fromArray(BYTES, PRODUCTS, highToLow);
    ByteVector t5 = ByteVector.fromArray(BYTES, PRODUCTS, highToLow + 16);
    ByteVector t6 = ByteVector.fromArray(BYTES, PRODUCTS, highToHigh);
    ByteVector t7 = ByteVector.fromArray(BYTES, PRODUCTS, highToHigh + 16);
    for (long at = row; at < row + planeBytes; at += STEP) {
      ByteVector low = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector high = ByteVector.fromMemorySegment(BYTES, work, at + planeBytes, LITTLE_ENDIAN);
      LongVector shiftedLow = low.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      LongVector shiftedHigh = high.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      ByteVector n0 = low.and(NIBBLE);
      ByteVector n1 = shiftedLow.reinterpretAsBytes().and(NIBBLE);
      ByteVector n2 = high.and(NIBBLE);
      ByteVector n3 = shiftedHigh.reinterpretAsBytes().and(NIBBLE);
      n0.selectFrom(t0)
          .lanewise(VectorOperators.XOR, n1.selectFrom(t1))
          .lanewise(VectorOperators.XOR, n2.selectFrom(t4))
          .lanewise(VectorOperators.XOR, n3.selectFrom(t5))
          .intoMemorySegment(work, at, LITTLE_ENDIAN);
      n0.selectFrom(t2)
          .lanewise(VectorOperators.XOR, n1.selectFrom(t3))
          .lanewise(VectorOperators.XOR, n2.selectFrom(t6))
          .lanewise(VectorOperators.XOR, n3.selectFrom(t7))
          .intoMemorySegment(work, at + planeBytes, LITTLE_ENDIAN);
    }
  }
}
