<@pp.renameOutputFile name="Vector${bits}NearLayers.java"/>
<#include "products.ftl">
package io.redstuff.simd.field;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.ByteVector.fromArray;
import static jdk.incubator.vector.ByteVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The layers of a folded transform (see {@code FoldedTransform}) whose butterflies lie within a
 * vector of ${bits} bits.
 *
 * <p>Every lane sees its partner through a shuffle. The twiddle of a butterfly is the number of its
 * first point, shifted: the sum of a part that all lanes of a row share and of a small one that
 * depends on the lane alone, whose bits are taken one by one: a product by 2, by 4 and so on, of
 * those lanes that have the bit.
 */
final class Vector${bits}NearLayers {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_${bits};
  private static final int STEP = BYTES.vectorByteSize();
  private static final int STEP_BITS = Integer.numberOfTrailingZeros(STEP);
  private static final int INDEX_BITS = STEP_BITS;
  private static final byte[] PRODUCTS = Vector${bits}FieldKernels.PRODUCTS;
  private static final int TABLES = Vector${bits}FieldKernels.TABLES;

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

  private Vector${bits}NearLayers() {}

<#list ["forward", "inverse"] as way>
  /** See {@link FoldedKernels#${way}Near}. */
  static void ${way}(
      MemorySegment work, long first, int rows, int slotBits, int layer, int point) {
    int bit = (slotBits + layer) * STEP;
    ByteVector partner = fromArray(BYTES, PARTNER, bit);
    ByteVector isSecond = fromArray(BYTES, HAS_BIT, bit);
    ByteVector isFirst = isSecond.not();
  <#list [2, 4, 8] as power>
    ByteVector has${power} = fromArray(BYTES, HAS_BIT, bit + ${power?index + 1} * STEP);
    <@tables "by${power}" power/>
  </#list>
    for (int r = 0; r < rows; r++) {
      int twiddle = (point + (r << (STEP_BITS - slotBits))) >> layer;
      long at = first + 2L * STEP * r;
      ByteVector low = ${load("at")};
      ByteVector high = ${load("at + STEP")};
  <#if way == "inverse">
      low = low.lanewise(XOR, partner.selectFrom(low).and(isSecond));
      high = high.lanewise(XOR, partner.selectFrom(high).and(isSecond));
  </#if>
      ByteVector y = partner.selectFrom(low);
      ByteVector z = partner.selectFrom(high);
      <@towerTables "twiddle"/>
      <@towerProduct "y" "z"/>
      ByteVector lows = product${plus("cross * z")};
      ByteVector highs = product${plus("both * sum")};
  <#list [2, 4, 8] as power>
      lows = lows${plus("by${power} * y", "has${power}")};
      highs = highs${plus("by${power} * z", "has${power}")};
  </#list>
      low = low.lanewise(XOR, lows.and(isFirst));
      high = high.lanewise(XOR, highs.and(isFirst));
  <#if way == "forward">
      low = low.lanewise(XOR, partner.selectFrom(low).and(isSecond));
      high = high.lanewise(XOR, partner.selectFrom(high).and(isSecond));
  </#if>
      low${into("at")};
      high${into("at + STEP")};
    }
  }

</#list>
  /** See {@link FoldedKernels#addDerivativeNear}. */
  static void addDerivative(
      MemorySegment work, long polynomial, long target, int rows, int slotBits, int layer) {
    int bit = (slotBits + layer) * STEP;
    ByteVector partner = fromArray(BYTES, PARTNER, bit);
    ByteVector isFirst = fromArray(BYTES, HAS_BIT, bit).not();
    for (long at = 0; at < 2L * STEP * rows; at += STEP) {
      ByteVector v = ${load("polynomial + at")};
      ByteVector sum = ${load("target + at")};
      sum.lanewise(XOR, partner.selectFrom(v).and(isFirst))${into("target + at")};
    }
  }
}
