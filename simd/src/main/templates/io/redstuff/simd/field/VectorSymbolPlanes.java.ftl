<@pp.renameOutputFile name="Vector${bits}SymbolPlanes.java"/>
<#include "products.ftl">
<#-- Where the vectors begin that half a chunk takes. -->
<#assign pieces = (bits == 128)?then([0, 16], [0])>
<#-- Declares the tables of the basis change for the two nibbles of a high byte; adds what it makes of a vector of them. -->
<#macro changeTables species>
    ByteVector lowTable = fromArray(${species}, BASIS_CHANGE, 0);
    ByteVector highTable = fromArray(${species}, BASIS_CHANGE, 16);
</#macro>
<#function plusChange high>
  <#return ".lanewise(XOR, ${high}.and(NIBBLE).selectFrom(lowTable)).lanewise(XOR, "
    + "${high}.reinterpretAsLongs().lanewise(LSHR, 4).reinterpretAsBytes().and(NIBBLE).selectFrom(highTable))">
</#function>
package io.redstuff.simd.field;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.ByteVector.fromArray;
import static jdk.incubator.vector.ByteVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Moves symbols between the wire layout and the planes of a row as {@link SymbolPlanes} does, and
 * changes the basis on the way.
 *
 * <p>Two kinds of symbols are worth vectors. Those of 64 bytes or more are moved chunk by chunk;
 * the tail goes first, in vectors that end where it ends and begin in the chunk before it, which is
 * written over afterwards. Small ones whose lanes lie back to back are moved by shuffles, as many
 * whole symbols at a time as a vector holds.
 *
 * <p>Every kernel reads, for nothing, where it is going to write: the Vector API's own start-up
 * code stores to heap memory and so spoils the compiler's profile of stores, but not that of loads.
 * Without a load the compiler would check in every round what kind of segment it stores to, and
 * with that could hoist no other check; the load itself it drops. Only {@code leaveChunk} does not,
 * whose loop has a round or two: of what it read for nothing C2 sometimes kept the bytes as an array.
 */
final class Vector${bits}SymbolPlanes {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_${bits};
  private static final int STEP = BYTES.vectorByteSize();

  /** What the bytes of one plane take of a vector of small symbols. */
  private static final VectorSpecies<Byte> HALF =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(BYTES.vectorBitSize() / 2));

  private static final int CHUNK = 64;
  private static final int HALF_CHUNK = CHUNK / 2;

  /** For halves of chunks; not wider than these. */
  private static final VectorSpecies<Byte> PIECES =
      VectorSpecies.of(
          byte.class, VectorShape.forBitSize(Math.min(8 * HALF_CHUNK, BYTES.vectorBitSize())));

  private static final int PIECE = PIECES.vectorByteSize();
  private static final byte NIBBLE = 15;

  /** What the basis change adds for the low nibble of the high byte, then for the high nibble. */
  private static final byte[] BASIS_CHANGE = new byte[16 + STEP];

  /**
   * By half the size of a symbol, where in a vector of whole symbols the low bytes are. The high
   * bytes are half a symbol further.
   */
  private static final byte[] SPLIT = new byte[STEP / 2 * STEP];

  /**
   * By half the size of a symbol, which element goes to each byte of a vector of whole symbols;
   * negative where it is the high byte.
   */
  private static final byte[] MERGE = new byte[STEP / 2 * STEP];

  /**
   * Likewise for a vector that ends with a symbol, whose first symbol may be cut off, from as many
   * elements as a vector has lanes, the last of which is the last of that symbol.
   */
  private static final byte[] MERGE_LAST = new byte[STEP / 2 * STEP];

  static {
    for (int nibble = 0; nibble < 16; nibble++) {
      BASIS_CHANGE[nibble] = (byte) Tower.basisChange(nibble);
      BASIS_CHANGE[16 + nibble] = (byte) Tower.basisChange(nibble << 4);
    }
    for (int half = 1; half < STEP / 2; half++) {
      for (int i = 0; i < STEP; i++) {
        SPLIT[half * STEP + i] = (byte) (i / half * 2 * half + i % half);
        MERGE[half * STEP + i] = merged(half, i);
        int fromEnd = (STEP - 1 - i) / (2 * half) * 2 * half;
        int inSymbol = i - (STEP - 2 * half - fromEnd);
        int lastElement = STEP - half - fromEnd / 2;
        MERGE_LAST[half * STEP + i] = (byte) (lastElement + merged(half, inSymbol));
      }
    }
  }

  private Vector${bits}SymbolPlanes() {}

  /** The element of byte i of symbols back to back, with the sign bit set if it is a high byte. */
  private static byte merged(int half, int i) {
    int element = i / (2 * half) * half + i % half;
    return (byte) (i / half % 2 == 0 ? element : element | 0x80);
  }

  /** Loads a row if that can be done in vectors; see {@link FieldKernels#gather}. */
  static boolean gather(
      MemorySegment symbols, long offset, long stride, int symbolBytes, int count,
      MemorySegment work, long row, int planeBytes) {
    if (symbolBytes >= CHUNK) {
      int whole = symbolBytes & -CHUNK;
      int half = (symbolBytes - whole) / 2;
      for (int lane = 0; lane < count; lane++) {
        long at = offset + lane * stride;
        long low = row + (long) lane * (symbolBytes / 2);
        if (half > 0) {
          long lows = at + whole + half - HALF_CHUNK;
          long target = low + whole / 2 + half - HALF_CHUNK;
          enterChunk(symbols, lows, at + symbolBytes - HALF_CHUNK, work, target, planeBytes);
        }
    <#list pieces as piece>
        enterPieces(symbols, at + ${piece}, whole, work, low + ${piece}, planeBytes);
    </#list>
      }
      return true;
    }
    int block = STEP / symbolBytes * symbolBytes;
    int bytes = count * symbolBytes;
    boolean room = bytes >= STEP && planeBytes >= (bytes + STEP - block) / 2;
    if (symbolBytes >= STEP || stride != symbolBytes || !room) {
      return false;
    }
    int blocks = (bytes - symbolBytes) / block;
    split(symbols, offset, symbolBytes, blocks, 0, work, row, planeBytes);
    // the last symbols that fill a vector, some of them for the second time
    long last = offset + bytes - STEP;
    long target = row + (bytes - block) / 2;
    split(symbols, last, symbolBytes, 1, STEP - block, work, target, planeBytes);
    return true;
  }

  /** Stores a row if that can be done in vectors; see {@link FieldKernels#scatter}. */
  static boolean scatter(
      MemorySegment work, long row, int planeBytes,
      MemorySegment symbols, long offset, long stride, int symbolBytes, int count) {
    if (symbolBytes >= CHUNK) {
      int whole = symbolBytes & -CHUNK;
      int half = (symbolBytes - whole) / 2;
      for (int lane = 0; lane < count; lane++) {
        long at = offset + lane * stride;
        long low = row + (long) lane * (symbolBytes / 2);
        if (half > 0) {
          long source = low + whole / 2 + half - HALF_CHUNK;
          long lows = at + whole + half - HALF_CHUNK;
          leaveChunk(work, source, planeBytes, symbols, lows, at + symbolBytes - HALF_CHUNK);
        }
    <#list pieces as piece>
        leavePieces(work, low + ${piece}, planeBytes, symbols, at + ${piece}, whole);
    </#list>
      }
      return true;
    }
    int block = STEP / symbolBytes * symbolBytes;
    int bytes = count * symbolBytes;
    if (symbolBytes >= STEP || stride != symbolBytes || bytes < 2 * STEP) {
      return false;
    }
    int blocks = (bytes - symbolBytes) / block;
    merge(work, row, planeBytes, MERGE, symbolBytes, blocks, symbols, offset);
    long source = row + bytes / 2 - STEP;
    merge(work, source, planeBytes, MERGE_LAST, symbolBytes, 1, symbols, offset + bytes - STEP);
    return true;
  }

<#macro enterPiece lows highs low high>
      ByteVector x = ${load(lows, "symbols", "PIECES")};
      ByteVector y = ${load(highs, "symbols", "PIECES")};
      ${load(low, "work", "PIECES")};
      x${plusChange("y")}${into(low)};
      y${into(high)};
</#macro>
<#-- The high bytes go first, since those of a tail are preceded by bytes that belong elsewhere. -->
<#macro leavePiece low high lows highs loop>
      ByteVector x = ${load(low, "work", "PIECES")};
      ByteVector y = ${load(high, "work", "PIECES")};
      <#if loop>
      ${load(highs, "symbols", "PIECES")};
      </#if>
      y${into(highs, "symbols")};
      x${plusChange("y")}${into(lows, "symbols")};
</#macro>
  /** Loads one piece of each of so many bytes of chunks: a kernel has one loop of constant steps. */
  private static void enterPieces(
      MemorySegment symbols, long lows, int bytes, MemorySegment work, long low, int planeBytes) {
    <@changeTables "PIECES"/>
    long highs = lows + HALF_CHUNK;
    long high = low + planeBytes;
    int elements = bytes / 2;
    for (int i = 0; i < elements; i += HALF_CHUNK) {
      <@enterPiece "lows + 2L * i" "highs + 2L * i" "low + i" "high + i"/>
    }
  }

  /**
   * Loads a single chunk. Without a loop around it this takes a fraction of the time of a kernel
   * for many, which has a loop to enter, to unroll and to leave.
   */
  private static void enterChunk(
      MemorySegment symbols, long lows, long highs, MemorySegment work, long low, int planeBytes) {
    <@changeTables "PIECES"/>
    for (int i = 0; i < HALF_CHUNK; i += PIECE) {
      <@enterPiece "lows + i" "highs + i" "low + i" "low + planeBytes + i"/>
    }
  }

  /** Stores one piece of each chunk; undoes {@link #enterPieces}. */
  private static void leavePieces(
      MemorySegment work, long low, int planeBytes, MemorySegment symbols, long lows, int bytes) {
    <@changeTables "PIECES"/>
    long highs = lows + HALF_CHUNK;
    long high = low + planeBytes;
    int elements = bytes / 2;
    for (int i = 0; i < elements; i += HALF_CHUNK) {
      <@leavePiece "low + i" "high + i" "lows + 2L * i" "highs + 2L * i" true/>
    }
  }

  /** Stores a single chunk; see {@link #enterChunk}. */
  private static void leaveChunk(
      MemorySegment work, long low, int planeBytes, MemorySegment symbols, long lows, long highs) {
    <@changeTables "PIECES"/>
    for (int i = 0; i < HALF_CHUNK; i += PIECE) {
      <@leavePiece "low + i" "low + planeBytes + i" "lows + i" "highs + i" false/>
    }
  }

  /**
   * Loads vectors of whole symbols, which begin {@code shift} bytes into each. What a vector stores
   * after its last element is written over by the next one.
   */
  private static void split(
      MemorySegment symbols, long offset, int symbolBytes, int blocks, int shift,
      MemorySegment work, long low, int planeBytes) {
    <@changeTables "BYTES"/>
    int half = symbolBytes / 2;
    ByteVector lowIndex = fromArray(BYTES, SPLIT, half * STEP).add((byte) shift);
    ByteVector highIndex = lowIndex.add((byte) half);
    int block = STEP / symbolBytes * symbolBytes;
    for (int b = 0; b < blocks; b++) {
      ByteVector v = ${load("offset + (long) b * block", "symbols")};
      ByteVector y = highIndex.selectFrom(v);
      ByteVector x = lowIndex.selectFrom(v)${plusChange("y")};
      long target = low + (long) b * (block / 2);
      ${load("target", "work", "HALF")};
      x.reinterpretShape(HALF, 0).reinterpretAsBytes()${into("target")};
      y.reinterpretShape(HALF, 0).reinterpretAsBytes()${into("target + planeBytes")};
    }
  }

  /**
   * Stores vectors of whole symbols. What a vector stores after its last symbol is written over by
   * the next one.
   */
  private static void merge(
      MemorySegment work, long low, int planeBytes, byte[] order, int symbolBytes, int blocks,
      MemorySegment symbols, long offset) {
    <@changeTables "BYTES"/>
    ByteVector index = fromArray(BYTES, order, symbolBytes / 2 * STEP);
    VectorMask<Byte> isHigh = index.lt((byte) 0);
    int block = STEP / symbolBytes * symbolBytes;
    for (int b = 0; b < blocks; b++) {
      long source = low + (long) b * (block / 2);
      ByteVector y = ${load("source + planeBytes")};
      ByteVector x = ${load("source")}${plusChange("y")};
      long target = offset + (long) b * block;
      ${load("target", "symbols")};
      index.selectFrom(x).blend(index.selectFrom(y), isHigh)${into("target", "symbols")};
    }
  }
}
