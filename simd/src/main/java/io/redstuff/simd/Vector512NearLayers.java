package io.redstuff.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The layers of a folded transform (see {@link FoldedTransform}) whose butterflies lie within a
 * vector. The classes for narrower vectors are made from this source at build time.
 *
 * <p>Every lane sees its partner through a shuffle. The twiddle of a butterfly is the number of its
 * first point, shifted: the sum of a part that all lanes of a row share and of a small one that
 * depends on the lane alone, whose bits are taken one by one: a product by 2, by 4 and so on, of
 * those lanes that have the bit.
 */
final class Vector512NearLayers {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
  private static final int STEP = BYTES.vectorByteSize();
  private static final int STEP_BITS = Integer.numberOfTrailingZeros(STEP);
  private static final int INDEX_BITS = STEP_BITS;
  private static final byte[] PRODUCTS = Vector512FieldKernels.PRODUCTS;
  private static final int TABLES = Vector512FieldKernels.TABLES;

  /** By the power of two, the lanes whose number differs from each lane's in that bit. */
  private static final byte[] PARTNER = new byte[STEP_BITS * STEP];

  /**
   * By the power of two, all ones in the lanes whose number has that bit; no lane has one of the
   * last.
   */
  private static final byte[] HAS_BIT = new byte[(STEP_BITS + 3) * STEP];

  static {
    for (int bit = 0; bit < STEP_BITS; bit++) {
      for (int lane = 0; lane < STEP; lane++) {
        PARTNER[bit * STEP + lane] = (byte) (lane ^ (1 << bit));
        HAS_BIT[bit * STEP + lane] = (byte) -(lane >> bit & 1);
      }
    }
  }

  private Vector512NearLayers() {}

  /** See {@link FoldedKernels#forwardNear}. */
  static void forward(
      MemorySegment work, long first, int rows, int slotBits, int layer, int point) {
    int bit = (slotBits + layer) * STEP;
    ByteVector partner = ByteVector.fromArray(BYTES, PARTNER, bit);
    ByteVector second = ByteVector.fromArray(BYTES, HAS_BIT, bit);
    ByteVector isFirst = second.not();
    ByteVector has2 = ByteVector.fromArray(BYTES, HAS_BIT, bit + STEP);
    ByteVector has4 = ByteVector.fromArray(BYTES, HAS_BIT, bit + 2 * STEP);
    ByteVector has8 = ByteVector.fromArray(BYTES, HAS_BIT, bit + 3 * STEP);
    ByteVector table2 = ByteVector.fromArray(BYTES, PRODUCTS, 2 * TABLES);
    ByteVector table2High = ByteVector.fromArray(BYTES, PRODUCTS, 2 * TABLES + STEP);
    ByteVector table4 = ByteVector.fromArray(BYTES, PRODUCTS, 4 * TABLES);
    ByteVector table4High = ByteVector.fromArray(BYTES, PRODUCTS, 4 * TABLES + STEP);
    ByteVector table8 = ByteVector.fromArray(BYTES, PRODUCTS, 8 * TABLES);
    ByteVector table8High = ByteVector.fromArray(BYTES, PRODUCTS, 8 * TABLES + STEP);
    for (int r = 0; r < rows; r++) {
      int twiddle = (point + (r << (STEP_BITS - slotBits))) >> layer;
      long at = first + 2L * STEP * r;
      ByteVector low = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector high = ByteVector.fromMemorySegment(BYTES, work, at + STEP, LITTLE_ENDIAN);
      ByteVector y = partner.selectFrom(low);
      ByteVector z = partner.selectFrom(high);
      int c0 = Tower.low(twiddle);
      int both = Tower.highToHigh(twiddle) * TABLES;
      int cross = Tower.highToLow(twiddle) * TABLES;
      ByteVector sum = y.lanewise(VectorOperators.XOR, z);
      LongVector shiftedY = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      LongVector shiftedZ = z.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      LongVector shiftedSum = sum.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      ByteVector product =
          y.selectFrom(ByteVector.fromArray(BYTES, PRODUCTS, c0 * TABLES))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedY
                      .reinterpretAsBytes()
                      .selectFrom(ByteVector.fromArray(BYTES, PRODUCTS, c0 * TABLES + STEP)));
      ByteVector lows =
          product
              .lanewise(
                  VectorOperators.XOR, z.selectFrom(ByteVector.fromArray(BYTES, PRODUCTS, cross)))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedZ
                      .reinterpretAsBytes()
                      .selectFrom(ByteVector.fromArray(BYTES, PRODUCTS, cross + STEP)));
      ByteVector highs =
          product
              .lanewise(
                  VectorOperators.XOR, sum.selectFrom(ByteVector.fromArray(BYTES, PRODUCTS, both)))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedSum
                      .reinterpretAsBytes()
                      .selectFrom(ByteVector.fromArray(BYTES, PRODUCTS, both + STEP)));
      lows =
          lows.lanewise(VectorOperators.XOR, y.selectFrom(table2).and(has2))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedY.reinterpretAsBytes().selectFrom(table2High).and(has2))
              .lanewise(VectorOperators.XOR, y.selectFrom(table4).and(has4))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedY.reinterpretAsBytes().selectFrom(table4High).and(has4))
              .lanewise(VectorOperators.XOR, y.selectFrom(table8).and(has8))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedY.reinterpretAsBytes().selectFrom(table8High).and(has8));
      highs =
          highs
              .lanewise(VectorOperators.XOR, z.selectFrom(table2).and(has2))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedZ.reinterpretAsBytes().selectFrom(table2High).and(has2))
              .lanewise(VectorOperators.XOR, z.selectFrom(table4).and(has4))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedZ.reinterpretAsBytes().selectFrom(table4High).and(has4))
              .lanewise(VectorOperators.XOR, z.selectFrom(table8).and(has8))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedZ.reinterpretAsBytes().selectFrom(table8High).and(has8));
      low = low.lanewise(VectorOperators.XOR, lows.and(isFirst));
      high = high.lanewise(VectorOperators.XOR, highs.and(isFirst));
      low.lanewise(VectorOperators.XOR, partner.selectFrom(low).and(second))
          .intoMemorySegment(work, at, LITTLE_ENDIAN);
      high.lanewise(VectorOperators.XOR, partner.selectFrom(high).and(second))
          .intoMemorySegment(work, at + STEP, LITTLE_ENDIAN);
    }
  }

  /** See {@link FoldedKernels#inverseNear}. */
  static void inverse(
      MemorySegment work, long first, int rows, int slotBits, int layer, int point) {
    int bit = (slotBits + layer) * STEP;
    ByteVector partner = ByteVector.fromArray(BYTES, PARTNER, bit);
    ByteVector second = ByteVector.fromArray(BYTES, HAS_BIT, bit);
    ByteVector isFirst = second.not();
    ByteVector has2 = ByteVector.fromArray(BYTES, HAS_BIT, bit + STEP);
    ByteVector has4 = ByteVector.fromArray(BYTES, HAS_BIT, bit + 2 * STEP);
    ByteVector has8 = ByteVector.fromArray(BYTES, HAS_BIT, bit + 3 * STEP);
    ByteVector table2 = ByteVector.fromArray(BYTES, PRODUCTS, 2 * TABLES);
    ByteVector table2High = ByteVector.fromArray(BYTES, PRODUCTS, 2 * TABLES + STEP);
    ByteVector table4 = ByteVector.fromArray(BYTES, PRODUCTS, 4 * TABLES);
    ByteVector table4High = ByteVector.fromArray(BYTES, PRODUCTS, 4 * TABLES + STEP);
    ByteVector table8 = ByteVector.fromArray(BYTES, PRODUCTS, 8 * TABLES);
    ByteVector table8High = ByteVector.fromArray(BYTES, PRODUCTS, 8 * TABLES + STEP);
    for (int r = 0; r < rows; r++) {
      int twiddle = (point + (r << (STEP_BITS - slotBits))) >> layer;
      long at = first + 2L * STEP * r;
      ByteVector low = ByteVector.fromMemorySegment(BYTES, work, at, LITTLE_ENDIAN);
      ByteVector high = ByteVector.fromMemorySegment(BYTES, work, at + STEP, LITTLE_ENDIAN);
      low = low.lanewise(VectorOperators.XOR, partner.selectFrom(low).and(second));
      high = high.lanewise(VectorOperators.XOR, partner.selectFrom(high).and(second));
      ByteVector y = partner.selectFrom(low);
      ByteVector z = partner.selectFrom(high);
      int c0 = Tower.low(twiddle);
      int both = Tower.highToHigh(twiddle) * TABLES;
      int cross = Tower.highToLow(twiddle) * TABLES;
      ByteVector sum = y.lanewise(VectorOperators.XOR, z);
      LongVector shiftedY = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      LongVector shiftedZ = z.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      LongVector shiftedSum = sum.reinterpretAsLongs().lanewise(VectorOperators.LSHR, INDEX_BITS);
      ByteVector product =
          y.selectFrom(ByteVector.fromArray(BYTES, PRODUCTS, c0 * TABLES))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedY
                      .reinterpretAsBytes()
                      .selectFrom(ByteVector.fromArray(BYTES, PRODUCTS, c0 * TABLES + STEP)));
      ByteVector lows =
          product
              .lanewise(
                  VectorOperators.XOR, z.selectFrom(ByteVector.fromArray(BYTES, PRODUCTS, cross)))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedZ
                      .reinterpretAsBytes()
                      .selectFrom(ByteVector.fromArray(BYTES, PRODUCTS, cross + STEP)));
      ByteVector highs =
          product
              .lanewise(
                  VectorOperators.XOR, sum.selectFrom(ByteVector.fromArray(BYTES, PRODUCTS, both)))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedSum
                      .reinterpretAsBytes()
                      .selectFrom(ByteVector.fromArray(BYTES, PRODUCTS, both + STEP)));
      lows =
          lows.lanewise(VectorOperators.XOR, y.selectFrom(table2).and(has2))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedY.reinterpretAsBytes().selectFrom(table2High).and(has2))
              .lanewise(VectorOperators.XOR, y.selectFrom(table4).and(has4))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedY.reinterpretAsBytes().selectFrom(table4High).and(has4))
              .lanewise(VectorOperators.XOR, y.selectFrom(table8).and(has8))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedY.reinterpretAsBytes().selectFrom(table8High).and(has8));
      highs =
          highs
              .lanewise(VectorOperators.XOR, z.selectFrom(table2).and(has2))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedZ.reinterpretAsBytes().selectFrom(table2High).and(has2))
              .lanewise(VectorOperators.XOR, z.selectFrom(table4).and(has4))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedZ.reinterpretAsBytes().selectFrom(table4High).and(has4))
              .lanewise(VectorOperators.XOR, z.selectFrom(table8).and(has8))
              .lanewise(
                  VectorOperators.XOR,
                  shiftedZ.reinterpretAsBytes().selectFrom(table8High).and(has8));
      low.lanewise(VectorOperators.XOR, lows.and(isFirst))
          .intoMemorySegment(work, at, LITTLE_ENDIAN);
      high.lanewise(VectorOperators.XOR, highs.and(isFirst))
          .intoMemorySegment(work, at + STEP, LITTLE_ENDIAN);
    }
  }

  /** See {@link FoldedKernels#addDerivativeNear}. */
  static void addDerivative(
      MemorySegment work, long polynomial, long target, int rows, int slotBits, int layer) {
    int bit = (slotBits + layer) * STEP;
    ByteVector partner = ByteVector.fromArray(BYTES, PARTNER, bit);
    ByteVector isFirst = ByteVector.fromArray(BYTES, HAS_BIT, bit).not();
    for (long at = 0; at < 2L * STEP * rows; at += STEP) {
      ByteVector v = ByteVector.fromMemorySegment(BYTES, work, polynomial + at, LITTLE_ENDIAN);
      ByteVector.fromMemorySegment(BYTES, work, target + at, LITTLE_ENDIAN)
          .lanewise(VectorOperators.XOR, partner.selectFrom(v).and(isFirst))
          .intoMemorySegment(work, target + at, LITTLE_ENDIAN);
    }
  }
}
