<@pp.renameOutputFile name="Vector${bits}FieldKernels.java"/>
<#include "products.ftl">
<#assign isPaired = bits == 512>
<#-- Like tables, but the paired ones. -->
<#macro pairedTables constants...>
  <#list constants as name>
    <#if isPaired>
    int ${name}Tables = ${name} * TABLES;
    ByteVector ${name}Low = fromArray(BYTES, PAIRED_PRODUCTS, ${name}Tables);
    ByteVector ${name}High = fromArray(BYTES, PAIRED_PRODUCTS, ${name}Tables + STEP);
    ByteVector ${name}Top = ByteVector.broadcast(BYTES, TOP_PRODUCTS[${name}]);
    <#else>
    <@tables name/>
    </#if>
  </#list>
  <#if isPaired>
    ByteVector zero = ByteVector.zero(BYTES);
  </#if>
</#macro>
<#-- Like plus, but by the paired tables. -->
<#function plusPaired product>
  <#if !isPaired>
    <#return plus(product)>
  </#if>
  <#local constant = product?keep_before(" * ") vector = product?keep_after(" * ")>
  <#return ".lanewise(XOR, ${vector}.selectFrom(${constant}Low, ${constant}High))"
    + ".lanewise(XOR, zero.blend(${constant}Top, ${vector}.lt((byte) 0)))">
</#function>
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
 * The field arithmetic in the Vector API, in tower coordinates, with vectors of ${bits} bits.
 *
 * <p>A constant of GF(2^8) multiplies a byte by two look-ups in tables of one vector each. A
 * shuffle takes as many bits of each byte as number the lanes and ignores the others: the first
 * look-up is by the low bits, the second by the bits above, which a shift brings down along with
 * bits of the neighboring byte that its table does not depend on. So no index has to be masked.
 *
 * <p>The kernels are flat on purpose: one loop each, no vector passed to or returned from a method,
 * since the compiler stops inlining in large methods and would then box every vector.
 */
public final class Vector${bits}FieldKernels implements FoldedKernels {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_${bits};
  private static final int STEP = BYTES.vectorByteSize();

  /** How many bits of a byte a shuffle looks at: as many as it takes to number its lanes. */
  private static final int INDEX_BITS = Integer.numberOfTrailingZeros(STEP);

  /** Bytes of the two tables of one constant. */
  static final int TABLES = 2 * STEP;

  /**
   * The tables of all constants of GF(2^8), one after the other, then those of the basis change.
   */
  static final byte[] PRODUCTS = new byte[257 * TABLES];

  private static final int BASIS_CHANGE = 256;
<#if isPaired>

  /**
   * For each constant its products of the numbers below 128, which two vectors number: one look-up
   * in both takes all of a byte but the top bit, which selects or not what the constant makes of
   * it. That is an operation fewer than a second look-up, and the kernels that are bound by
   * arithmetic use it.
   */
  private static final byte[] PAIRED_PRODUCTS = new byte[256 * TABLES];

  /** What each constant makes of the top bit of a byte. */
  private static final byte[] TOP_PRODUCTS = new byte[256];
</#if>

  static {
    for (int index = 0; index < STEP; index++) {
      int highBits = index << INDEX_BITS & 0xFF;
      for (int constant = 0; constant < 256; constant++) {
        int low = constant * TABLES + index;
        PRODUCTS[low] = (byte) Gf16.multiply(constant, index);
        PRODUCTS[low + STEP] = (byte) Gf16.multiply(constant, highBits);
<#if isPaired>
        PAIRED_PRODUCTS[low] = PRODUCTS[low];
        PAIRED_PRODUCTS[low + STEP] = (byte) Gf16.multiply(constant, STEP + index);
        TOP_PRODUCTS[constant] = (byte) Gf16.multiply(constant, 0x80);
</#if>
      }
      PRODUCTS[BASIS_CHANGE * TABLES + index] = (byte) Tower.basisChange(index);
      PRODUCTS[BASIS_CHANGE * TABLES + STEP + index] = (byte) Tower.basisChange(highBits);
    }
  }

  @Override
  public int vectorBytes() {
    return STEP;
  }

  @Override
  public void enter(MemorySegment work, long row, int planeBytes) {
    <@tables "change" "BASIS_CHANGE"/>
    for (long at = row; at < row + planeBytes; at += STEP) {
      ByteVector high = ${load("at + planeBytes")};
      ByteVector low = ${load("at")};
      low${plus("change * high")}${into("at")};
    }
  }

  @Override
  public void leave(MemorySegment work, long row, int planeBytes) {
    enter(work, row, planeBytes); // the basis change is its own inverse
  }

  @Override
  public void gather(
      MemorySegment symbols, long offset, long stride, int symbolBytes, int count,
      MemorySegment work, long row, int planeBytes) {
    if (!Vector${bits}SymbolPlanes.gather(
        symbols, offset, stride, symbolBytes, count, work, row, planeBytes)) {
      FoldedKernels.super.gather(
          symbols, offset, stride, symbolBytes, count, work, row, planeBytes);
    }
  }

  @Override
  public void scatter(
      MemorySegment work, long row, int planeBytes,
      MemorySegment symbols, long offset, long stride, int symbolBytes, int count) {
    if (!Vector${bits}SymbolPlanes.scatter(
        work, row, planeBytes, symbols, offset, stride, symbolBytes, count)) {
      FoldedKernels.super.scatter(
          work, row, planeBytes, symbols, offset, stride, symbolBytes, count);
    }
  }

<#list ["forward", "inverse"] as way>
  @Override
  public void ${way}(MemorySegment work, long x, int rows, int planeBytes, int twiddle) {
    long bytes = 2L * planeBytes * rows;
    if (twiddle == 0) {
      add(work, x + bytes, x, bytes);
    } else if (twiddle < 256) {
      ${way}Subfield(work, x, bytes, twiddle);
    } else {
      for (long row = x; row < x + bytes; row += 2L * planeBytes) {
        ${way}General(work, row, row + bytes, planeBytes, twiddle);
      }
    }
  }

  @Override
  public void ${way}4(
      MemorySegment work, long x, int rows, int planeBytes, int outer, int first, int second) {
    if ((outer | first) == 0 && second < 256) {
      ${way}4Origin(work, x, 2L * planeBytes * rows, second);
    } else if ((outer | first | second) < 256) {
      ${way}4Subfield(work, x, 2L * planeBytes * rows, outer, first, second);
    } else {
      FoldedKernels.super.${way}4(work, x, rows, planeBytes, outer, first, second);
    }
  }

  @Override
  public void ${way}Near(
      MemorySegment work, long first, int rows, int slotBits, int layer, int point) {
    Vector${bits}NearLayers.${way}(work, first, rows, slotBits, layer, point);
  }

</#list>
  @Override
  public void addDerivativeNear(
      MemorySegment work, long polynomial, long target, int rows, int slotBits, int layer) {
    Vector${bits}NearLayers.addDerivative(work, polynomial, target, rows, slotBits, layer);
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
  public void forwardHalf4(
      MemorySegment work, long source, long target, int rows, int planeBytes,
      int half, int outer, int first, int second) {
    if ((half | outer | first | second) < 256) {
      long bytes = 2L * planeBytes * rows;
      forwardHalf4Subfield(work, source, target, bytes, half, outer, first, second);
    } else {
      FoldedKernels.super.forwardHalf4(
          work, source, target, rows, planeBytes, half, outer, first, second);
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

  private static void forwardSubfield(MemorySegment work, long from, long bytes, int twiddle) {
    <@tables "twiddle"/>
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector x = ${load("at")};
      ByteVector y = ${load("at + bytes")};
      x = x${plus("twiddle * y")};
      x${into("at")};
      y.lanewise(XOR, x)${into("at + bytes")};
    }
  }

  private static void inverseSubfield(MemorySegment work, long from, long bytes, int twiddle) {
    <@tables "twiddle"/>
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector x = ${load("at")};
      ByteVector y = ${load("at + bytes")}.lanewise(XOR, x);
      x${plus("twiddle * y")}${into("at")};
      y${into("at + bytes")};
    }
  }

  private static void forwardHalfSubfield(
      MemorySegment work, long source, long target, long bytes, int twiddle) {
    <@tables "twiddle"/>
    for (long i = 0; i < bytes; i += STEP) {
      ByteVector x = ${load("source + i")};
      ByteVector y = ${load("source + bytes + i")};
      x${plus("twiddle * y")}${into("target + i")};
    }
  }

  private static void addInverseOfHalfSubfield(
      MemorySegment work, long source, long sum, long bytes, int factor) {
    <@tables "factor"/>
    for (long i = 0; i < bytes; i += STEP) {
      ByteVector x = ${load("source + i")};
      ${load("sum + i")}${plus("factor * x")}${into("sum + i")};
      ${load("sum + bytes + i")}.lanewise(XOR, x)${into("sum + bytes + i")};
    }
  }

  private static void addMultipleSubfield(
      MemorySegment work, long target, long source, long bytes, int factor) {
    <@tables "factor"/>
    for (long i = 0; i < bytes; i += STEP) {
      ByteVector y = ${load("source + i")};
      ${load("target + i")}${plus("factor * y")}${into("target + i")};
    }
  }

<#macro forward4Layers>
      a = a${plusPaired("outer * c")};
      b = b${plusPaired("outer * d")};
      c = c.lanewise(XOR, a);
      d = d.lanewise(XOR, b);
      a = a${plusPaired("first * b")};
      c = c${plusPaired("second * d")};
      a${into("at")};
      b.lanewise(XOR, a)${into("at + bytes")};
      c${into("at + 2 * bytes")};
      d.lanewise(XOR, c)${into("at + 3 * bytes")};
</#macro>
  private static void forward4Subfield(
      MemorySegment work, long from, long bytes, int outer, int first, int second) {
    <@pairedTables "outer" "first" "second"/>
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector a = ${load("at")};
      ByteVector b = ${load("at + bytes")};
      ByteVector c = ${load("at + 2 * bytes")};
      ByteVector d = ${load("at + 3 * bytes")};
      <@forward4Layers/>
    }
  }

  private static void forwardHalf4Subfield(
      MemorySegment work, long source, long target, long bytes,
      int half, int outer, int first, int second) {
    <@pairedTables "half" "outer" "first" "second"/>
    for (long i = 0; i < bytes; i += STEP) {
      long x = source + i;
      long y = x + 4 * bytes;
      long at = target + i;
  <#list ["a", "b", "c", "d"] as row>
      ByteVector ${row}Upper = ${load("y + ${row?index} * bytes")};
      ByteVector ${row} = ${load("x + ${row?index} * bytes")}${plusPaired("half * ${row}Upper")};
  </#list>
      <@forward4Layers/>
    }
  }

  private static void inverse4Subfield(
      MemorySegment work, long from, long bytes, int outer, int first, int second) {
    <@pairedTables "outer" "first" "second"/>
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector a = ${load("at")};
      ByteVector b = ${load("at + bytes")}.lanewise(XOR, a);
      ByteVector c = ${load("at + 2 * bytes")};
      ByteVector d = ${load("at + 3 * bytes")}.lanewise(XOR, c);
      a = a${plusPaired("first * b")};
      c = c${plusPaired("second * d")};
      c = c.lanewise(XOR, a);
      d = d.lanewise(XOR, b);
      a${plusPaired("outer * c")}${into("at")};
      b${plusPaired("outer * d")}${into("at + bytes")};
      c${into("at + 2 * bytes")};
      d${into("at + 3 * bytes")};
    }
  }

  /** Forward butterflies of two layers in the block of point 0, where only one twiddle is not 0. */
  private static void forward4Origin(MemorySegment work, long from, long bytes, int second) {
    <@tables "second"/>
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector a = ${load("at")};
      ByteVector b = ${load("at + bytes")};
      ByteVector c = ${load("at + 2 * bytes")}.lanewise(XOR, a);
      ByteVector d = ${load("at + 3 * bytes")}.lanewise(XOR, b);
      c = c${plus("second * d")};
      b.lanewise(XOR, a)${into("at + bytes")};
      c${into("at + 2 * bytes")};
      d.lanewise(XOR, c)${into("at + 3 * bytes")};
    }
  }

  private static void inverse4Origin(MemorySegment work, long from, long bytes, int second) {
    <@tables "second"/>
    for (long at = from; at < from + bytes; at += STEP) {
      ByteVector a = ${load("at")};
      ByteVector b = ${load("at + bytes")}.lanewise(XOR, a);
      ByteVector c = ${load("at + 2 * bytes")};
      ByteVector d = ${load("at + 3 * bytes")}.lanewise(XOR, c);
      b${into("at + bytes")};
      c${plus("second * d")}.lanewise(XOR, a)${into("at + 2 * bytes")};
      d.lanewise(XOR, b)${into("at + 3 * bytes")};
    }
  }

  private static void forwardGeneral(
      MemorySegment work, long xRow, long yRow, int planeBytes, int twiddle) {
    <@towerTables "twiddle"/>
    for (int i = 0; i < planeBytes; i += STEP) {
      long xAt = xRow + i;
      long yAt = yRow + i;
      ByteVector yLow = ${load("yAt")};
      ByteVector yHigh = ${load("yAt + planeBytes")};
      <@towerProduct "yLow" "yHigh"/>
      ByteVector xLow = ${load("xAt")}.lanewise(XOR, product)${plus("cross * yHigh")};
      ByteVector xHigh = ${load("xAt + planeBytes")}.lanewise(XOR, product)${plus("both * sum")};
      xLow${into("xAt")};
      xHigh${into("xAt + planeBytes")};
      yLow.lanewise(XOR, xLow)${into("yAt")};
      yHigh.lanewise(XOR, xHigh)${into("yAt + planeBytes")};
    }
  }

  private static void inverseGeneral(
      MemorySegment work, long xRow, long yRow, int planeBytes, int twiddle) {
    <@towerTables "twiddle"/>
    for (int i = 0; i < planeBytes; i += STEP) {
      long xAt = xRow + i;
      long yAt = yRow + i;
      ByteVector xLow = ${load("xAt")};
      ByteVector xHigh = ${load("xAt + planeBytes")};
      ByteVector yLow = ${load("yAt")}.lanewise(XOR, xLow);
      ByteVector yHigh = ${load("yAt + planeBytes")}.lanewise(XOR, xHigh);
      <@towerProduct "yLow" "yHigh"/>
      xLow.lanewise(XOR, product)${plus("cross * yHigh")}${into("xAt")};
      xHigh.lanewise(XOR, product)${plus("both * sum")}${into("xAt + planeBytes")};
      yLow${into("yAt")};
      yHigh${into("yAt + planeBytes")};
    }
  }

  @Override
  public void multiply(MemorySegment work, long row, int planeBytes, int factor) {
    <@towerTables "factor"/>
    for (int i = 0; i < planeBytes; i += STEP) {
      long at = row + i;
      ByteVector low = ${load("at")};
      ByteVector high = ${load("at + planeBytes")};
      <@towerProduct "low" "high"/>
      product${plus("cross * high")}${into("at")};
      product${plus("both * sum")}${into("at + planeBytes")};
    }
  }

  private static void addMultipleGeneral(
      MemorySegment work, long target, long source, int planeBytes, int factor) {
    <@towerTables "factor"/>
    for (int i = 0; i < planeBytes; i += STEP) {
      long from = source + i;
      long at = target + i;
      ByteVector low = ${load("from")};
      ByteVector high = ${load("from + planeBytes")};
      <@towerProduct "low" "high"/>
      ${load("at")}.lanewise(XOR, product)${plus("cross * high")}${into("at")};
      ${load("at + planeBytes")}.lanewise(XOR, product)${plus("both * sum")}${into("at + planeBytes")};
    }
  }

  @Override
  public void add(MemorySegment work, long target, long source, long bytes) {
    for (long i = 0; i < bytes; i += STEP) {
      ${load("target + i")}.lanewise(XOR, ${load("source + i")})${into("target + i")};
    }
  }
}
