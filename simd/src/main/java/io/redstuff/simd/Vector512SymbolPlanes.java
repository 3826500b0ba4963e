package io.redstuff.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Moves symbols between the wire layout and the planes of a row as {@link SymbolPlanes} does, and
 * changes the basis on the way. The classes for narrower vectors are made from this source at build
 * time.
 *
 * <p>Two kinds of symbols are worth vectors. Those of 64 bytes or more are moved chunk by chunk;
 * the tail goes first, in vectors that end where it ends and begin in the chunk before it, which is
 * written over afterwards. Small ones whose lanes lie back to back are moved by shuffles, as many
 * whole symbols at a time as a vector holds.
 *
 * <p>Every kernel reads, for nothing, where it is going to write: the Vector API's own start-up
 * code stores to heap memory and so spoils the compiler's profile of stores, but not that of loads.
 * Without a load the compiler would check in every round what kind of segment it stores to, and
 * with that could hoist no other check; the load itself it drops.
 */
final class Vector512SymbolPlanes {
  private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
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

  private Vector512SymbolPlanes() {}

  /** The element of byte i of symbols back to back, with the sign bit set if it is a high byte. */
  private static byte merged(int half, int i) {
    int element = i / (2 * half) * half + i % half;
    return (byte) (i / half % 2 == 0 ? element : element | 0x80);
  }

  /** Loads a row if that can be done in vectors; see {@link FieldKernels#gather}. */
  static boolean gather(
      MemorySegment symbols,
      long offset,
      long stride,
      int symbolBytes,
      int count,
      MemorySegment work,
      long row,
      int planeBytes) {
    if (symbolBytes >= CHUNK) {
      for (int lane = 0; lane < count; lane++) {
        long at = offset + lane * stride;
        int whole = symbolBytes & -CHUNK;
        int half = (symbolBytes - whole) / 2;
        long low = row + (long) lane * (symbolBytes / 2);
        if (half > 0) {
          long lows = at + whole + half - HALF_CHUNK;
          long target = low + whole / 2 + half - HALF_CHUNK;
          enterChunk(symbols, lows, at + symbolBytes - HALF_CHUNK, work, target, planeBytes);
        }
        enter(symbols, at, at + HALF_CHUNK, whole, work, low, planeBytes);
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
      MemorySegment work,
      long row,
      int planeBytes,
      MemorySegment symbols,
      long offset,
      long stride,
      int symbolBytes,
      int count) {
    if (symbolBytes >= CHUNK) {
      for (int lane = 0; lane < count; lane++) {
        long at = offset + lane * stride;
        int whole = symbolBytes & -CHUNK;
        int half = (symbolBytes - whole) / 2;
        long low = row + (long) lane * (symbolBytes / 2);
        if (half > 0) {
          long source = low + whole / 2 + half - HALF_CHUNK;
          long lows = at + whole + half - HALF_CHUNK;
          leaveChunk(work, source, planeBytes, symbols, lows, at + symbolBytes - HALF_CHUNK);
        }
        leave(work, low, planeBytes, symbols, at, at + HALF_CHUNK, whole);
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

  /** Loads chunks piece by piece, so that a kernel has one loop with constant steps. */
  private static void enter(
      MemorySegment symbols,
      long lows,
      long highs,
      int bytes,
      MemorySegment work,
      long low,
      int planeBytes) {
    for (int piece = 0; piece < HALF_CHUNK; piece += PIECE) {
      enterPieces(symbols, lows + piece, highs + piece, bytes, work, low + piece, planeBytes);
    }
  }

  /**
   * Loads one piece of each chunk.
   *
   * @param lows where the low bytes of the first piece are
   * @param highs where its high bytes are
   * @param bytes 64 a chunk
   */
  private static void enterPieces(
      MemorySegment symbols,
      long lows,
      long highs,
      int bytes,
      MemorySegment work,
      long low,
      int planeBytes) {
    ByteVector lowTable = ByteVector.fromArray(PIECES, BASIS_CHANGE, 0);
    ByteVector highTable = ByteVector.fromArray(PIECES, BASIS_CHANGE, 16);
    long high = low + planeBytes;
    int elements = bytes / 2;
    for (int i = 0; i < elements; i += HALF_CHUNK) {
      ByteVector x = ByteVector.fromMemorySegment(PIECES, symbols, lows + 2L * i, LITTLE_ENDIAN);
      ByteVector y = ByteVector.fromMemorySegment(PIECES, symbols, highs + 2L * i, LITTLE_ENDIAN);
      LongVector shifted = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      ByteVector.fromMemorySegment(PIECES, work, low + i, LITTLE_ENDIAN);
      x.lanewise(VectorOperators.XOR, y.and(NIBBLE).selectFrom(lowTable))
          .lanewise(
              VectorOperators.XOR, shifted.reinterpretAsBytes().and(NIBBLE).selectFrom(highTable))
          .intoMemorySegment(work, low + i, LITTLE_ENDIAN);
      y.intoMemorySegment(work, high + i, LITTLE_ENDIAN);
    }
  }

  /**
   * Loads a single chunk. Without a loop around it this takes a fraction of the time of a kernel
   * for many, which has a loop to enter, to unroll and to leave.
   *
   * @param lows where its low bytes are
   * @param highs where its high bytes are
   */
  private static void enterChunk(
      MemorySegment symbols, long lows, long highs, MemorySegment work, long low, int planeBytes) {
    ByteVector lowTable = ByteVector.fromArray(PIECES, BASIS_CHANGE, 0);
    ByteVector highTable = ByteVector.fromArray(PIECES, BASIS_CHANGE, 16);
    for (int piece = 0; piece < HALF_CHUNK; piece += PIECE) {
      ByteVector x = ByteVector.fromMemorySegment(PIECES, symbols, lows + piece, LITTLE_ENDIAN);
      ByteVector y = ByteVector.fromMemorySegment(PIECES, symbols, highs + piece, LITTLE_ENDIAN);
      LongVector shifted = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      ByteVector.fromMemorySegment(PIECES, work, low + piece, LITTLE_ENDIAN);
      x.lanewise(VectorOperators.XOR, y.and(NIBBLE).selectFrom(lowTable))
          .lanewise(
              VectorOperators.XOR, shifted.reinterpretAsBytes().and(NIBBLE).selectFrom(highTable))
          .intoMemorySegment(work, low + piece, LITTLE_ENDIAN);
      y.intoMemorySegment(work, low + planeBytes + piece, LITTLE_ENDIAN);
    }
  }

  /**
   * Stores chunks; undoes {@link #enter}. Of each piece the high bytes go first, since those of a
   * tail are preceded by bytes that belong elsewhere.
   */
  private static void leave(
      MemorySegment work,
      long low,
      int planeBytes,
      MemorySegment symbols,
      long lows,
      long highs,
      int bytes) {
    for (int piece = 0; piece < HALF_CHUNK; piece += PIECE) {
      leavePieces(work, low + piece, planeBytes, symbols, lows + piece, highs + piece, bytes);
    }
  }

  private static void leavePieces(
      MemorySegment work,
      long low,
      int planeBytes,
      MemorySegment symbols,
      long lows,
      long highs,
      int bytes) {
    ByteVector lowTable = ByteVector.fromArray(PIECES, BASIS_CHANGE, 0);
    ByteVector highTable = ByteVector.fromArray(PIECES, BASIS_CHANGE, 16);
    long high = low + planeBytes;
    int elements = bytes / 2;
    for (int i = 0; i < elements; i += HALF_CHUNK) {
      ByteVector x = ByteVector.fromMemorySegment(PIECES, work, low + i, LITTLE_ENDIAN);
      ByteVector y = ByteVector.fromMemorySegment(PIECES, work, high + i, LITTLE_ENDIAN);
      ByteVector.fromMemorySegment(PIECES, symbols, highs + 2L * i, LITTLE_ENDIAN);
      y.intoMemorySegment(symbols, highs + 2L * i, LITTLE_ENDIAN);
      LongVector shifted = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      x.lanewise(VectorOperators.XOR, y.and(NIBBLE).selectFrom(lowTable))
          .lanewise(
              VectorOperators.XOR, shifted.reinterpretAsBytes().and(NIBBLE).selectFrom(highTable))
          .intoMemorySegment(symbols, lows + 2L * i, LITTLE_ENDIAN);
    }
  }

  /** Stores a single chunk; see {@link #enterChunk}. */
  private static void leaveChunk(
      MemorySegment work, long low, int planeBytes, MemorySegment symbols, long lows, long highs) {
    ByteVector lowTable = ByteVector.fromArray(PIECES, BASIS_CHANGE, 0);
    ByteVector highTable = ByteVector.fromArray(PIECES, BASIS_CHANGE, 16);
    for (int piece = 0; piece < HALF_CHUNK; piece += PIECE) {
      ByteVector x = ByteVector.fromMemorySegment(PIECES, work, low + piece, LITTLE_ENDIAN);
      ByteVector y =
          ByteVector.fromMemorySegment(PIECES, work, low + planeBytes + piece, LITTLE_ENDIAN);
      ByteVector.fromMemorySegment(PIECES, symbols, highs + piece, LITTLE_ENDIAN);
      y.intoMemorySegment(symbols, highs + piece, LITTLE_ENDIAN);
      LongVector shifted = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      x.lanewise(VectorOperators.XOR, y.and(NIBBLE).selectFrom(lowTable))
          .lanewise(
              VectorOperators.XOR, shifted.reinterpretAsBytes().and(NIBBLE).selectFrom(highTable))
          .intoMemorySegment(symbols, lows + piece, LITTLE_ENDIAN);
    }
  }

  /**
   * Loads vectors of whole symbols. What a vector stores behind its last element is written over by
   * the next one.
   *
   * @param shift bytes before the first symbol of each vector
   */
  private static void split(
      MemorySegment symbols,
      long offset,
      int symbolBytes,
      int blocks,
      int shift,
      MemorySegment work,
      long low,
      int planeBytes) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, BASIS_CHANGE, 0);
    ByteVector highTable = ByteVector.fromArray(BYTES, BASIS_CHANGE, 16);
    int half = symbolBytes / 2;
    ByteVector lowIndex = ByteVector.fromArray(BYTES, SPLIT, half * STEP).add((byte) shift);
    ByteVector highIndex = lowIndex.add((byte) half);
    int block = STEP / symbolBytes * symbolBytes;
    for (int b = 0; b < blocks; b++) {
      long from = offset + (long) b * block;
      ByteVector v = ByteVector.fromMemorySegment(BYTES, symbols, from, LITTLE_ENDIAN);
      ByteVector y = highIndex.selectFrom(v);
      LongVector shifted = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      ByteVector x =
          lowIndex
              .selectFrom(v)
              .lanewise(VectorOperators.XOR, y.and(NIBBLE).selectFrom(lowTable))
              .lanewise(
                  VectorOperators.XOR,
                  shifted.reinterpretAsBytes().and(NIBBLE).selectFrom(highTable));
      long target = low + (long) b * (block / 2);
      ByteVector.fromMemorySegment(HALF, work, target, LITTLE_ENDIAN);
      x.reinterpretShape(HALF, 0)
          .reinterpretAsBytes()
          .intoMemorySegment(work, target, LITTLE_ENDIAN);
      y.reinterpretShape(HALF, 0)
          .reinterpretAsBytes()
          .intoMemorySegment(work, target + planeBytes, LITTLE_ENDIAN);
    }
  }

  /**
   * Stores vectors of whole symbols. What a vector stores behind its last symbol is written over by
   * the next one.
   */
  private static void merge(
      MemorySegment work,
      long low,
      int planeBytes,
      byte[] order,
      int symbolBytes,
      int blocks,
      MemorySegment symbols,
      long offset) {
    ByteVector lowTable = ByteVector.fromArray(BYTES, BASIS_CHANGE, 0);
    ByteVector highTable = ByteVector.fromArray(BYTES, BASIS_CHANGE, 16);
    ByteVector index = ByteVector.fromArray(BYTES, order, symbolBytes / 2 * STEP);
    VectorMask<Byte> isHigh = index.lt((byte) 0);
    int block = STEP / symbolBytes * symbolBytes;
    for (int b = 0; b < blocks; b++) {
      long source = low + (long) b * (block / 2);
      ByteVector x = ByteVector.fromMemorySegment(BYTES, work, source, LITTLE_ENDIAN);
      ByteVector y = ByteVector.fromMemorySegment(BYTES, work, source + planeBytes, LITTLE_ENDIAN);
      LongVector shifted = y.reinterpretAsLongs().lanewise(VectorOperators.LSHR, 4);
      x =
          x.lanewise(VectorOperators.XOR, y.and(NIBBLE).selectFrom(lowTable))
              .lanewise(
                  VectorOperators.XOR,
                  shifted.reinterpretAsBytes().and(NIBBLE).selectFrom(highTable));
      long target = offset + (long) b * block;
      ByteVector.fromMemorySegment(BYTES, symbols, target, LITTLE_ENDIAN);
      index
          .selectFrom(x)
          .blend(index.selectFrom(y), isHigh)
          .intoMemorySegment(symbols, target, LITTLE_ENDIAN);
    }
  }
}
