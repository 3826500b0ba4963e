package io.redstuff.simd.field;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Moves symbols between the wire layout and the planes of a row (see {@link FieldKernels}).
 *
 * <p>On the wire a symbol is cut into chunks of 64 bytes, 32 low bytes then the 32 high bytes of
 * the same 32 elements; a tail of t bytes is t/2 low bytes, then t/2 high bytes. In a row all low
 * bytes come first: the elements of one symbol lie next to each other in each plane, so symbols of
 * several codewords can share a row whatever their size, and no lane is wasted on a tail.
 */
public final class SymbolPlanes {
  private static final int HALF_CHUNK = 32;

  /** The low and the high byte of an element. */
  private static final ValueLayout.OfShort PAIR =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Eight bytes, the first the lowest. */
  private static final ValueLayout.OfLong WORD =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private SymbolPlanes() {}

  /** Does what {@link FieldKernels#gather} does, but does not change the coordinates. */
  public static void gather(
      MemorySegment symbols,
      long offset,
      long stride,
      int symbolBytes,
      int count,
      MemorySegment work,
      long row,
      int planeBytes) {
    if (symbolBytes == 2) {
      gatherPairs(symbols, offset, stride, count, work, row, row + planeBytes);
      return;
    }
    long low = row;
    for (int lane = 0; lane < count; lane++) {
      long at = offset + lane * stride;
      int left = symbolBytes;
      for (; left >= 2 * HALF_CHUNK; left -= 2 * HALF_CHUNK) {
        for (int i = 0; i < HALF_CHUNK; i += 8) {
          long lows = symbols.get(JAVA_LONG_UNALIGNED, at + i);
          long highs = symbols.get(JAVA_LONG_UNALIGNED, at + HALF_CHUNK + i);
          work.set(JAVA_LONG_UNALIGNED, low + i, lows);
          work.set(JAVA_LONG_UNALIGNED, low + planeBytes + i, highs);
        }
        at += 2 * HALF_CHUNK;
        low += HALF_CHUNK;
      }
      int half = left / 2;
      copy(symbols, at, work, low, half);
      copy(symbols, at + half, work, low + planeBytes, half);
      low += half;
    }
  }

  /** Gathers symbols of one element each; where they lie back to back, eight at a time. */
  private static void gatherPairs(
      MemorySegment symbols,
      long offset,
      long stride,
      int count,
      MemorySegment work,
      long low,
      long high) {
    int packed = stride == Short.BYTES ? count & -Long.BYTES : 0;
    for (int lane = 0; lane < packed; lane += Long.BYTES) {
      long first = symbols.get(WORD, offset + 2L * lane);
      long second = symbols.get(WORD, offset + 2L * lane + Long.BYTES);
      work.set(WORD, low + lane, evenBytes(first) | evenBytes(second) << 32);
      work.set(WORD, high + lane, evenBytes(first >>> 8) | evenBytes(second >>> 8) << 32);
    }
    for (int lane = packed; lane < count; lane++) {
      short pair = symbols.get(PAIR, offset + lane * stride);
      work.set(JAVA_BYTE, low + lane, (byte) pair);
      work.set(JAVA_BYTE, high + lane, (byte) (pair >> 8));
    }
  }

  /** Does what {@link FieldKernels#scatter} does, but does not change the coordinates. */
  public static void scatter(
      MemorySegment work,
      long row,
      int planeBytes,
      MemorySegment symbols,
      long offset,
      long stride,
      int symbolBytes,
      int count) {
    if (symbolBytes == 2) {
      scatterPairs(work, row, row + planeBytes, symbols, offset, stride, count);
      return;
    }
    long low = row;
    for (int lane = 0; lane < count; lane++) {
      long at = offset + lane * stride;
      int left = symbolBytes;
      for (; left >= 2 * HALF_CHUNK; left -= 2 * HALF_CHUNK) {
        for (int i = 0; i < HALF_CHUNK; i += 8) {
          long lows = work.get(JAVA_LONG_UNALIGNED, low + i);
          long highs = work.get(JAVA_LONG_UNALIGNED, low + planeBytes + i);
          symbols.set(JAVA_LONG_UNALIGNED, at + i, lows);
          symbols.set(JAVA_LONG_UNALIGNED, at + HALF_CHUNK + i, highs);
        }
        at += 2 * HALF_CHUNK;
        low += HALF_CHUNK;
      }
      int half = left / 2;
      copy(work, low, symbols, at, half);
      copy(work, low + planeBytes, symbols, at + half, half);
      low += half;
    }
  }

  /** Scatters symbols of one element each; where they lie back to back, eight at a time. */
  private static void scatterPairs(
      MemorySegment work,
      long low,
      long high,
      MemorySegment symbols,
      long offset,
      long stride,
      int count) {
    int packed = stride == Short.BYTES ? count & -Long.BYTES : 0;
    for (int lane = 0; lane < packed; lane += Long.BYTES) {
      long lows = work.get(WORD, low + lane);
      long highs = work.get(WORD, high + lane);
      long at = offset + 2L * lane;
      symbols.set(WORD, at, spread(lows) | spread(highs) << 8);
      symbols.set(WORD, at + Long.BYTES, spread(lows >>> 32) | spread(highs >>> 32) << 8);
    }
    for (int lane = packed; lane < count; lane++) {
      int pair = (work.get(JAVA_BYTE, low + lane) & 0xFF) | work.get(JAVA_BYTE, high + lane) << 8;
      symbols.set(PAIR, offset + lane * stride, (short) pair);
    }
  }

  /** Returns bytes 0, 2, 4 and 6 of a word, as its lower half. */
  private static long evenBytes(long word) {
    long x = word & 0x00FF00FF00FF00FFL;
    x = (x | x >>> 8) & 0x0000FFFF0000FFFFL;
    return (x | x >>> 16) & 0xFFFFFFFFL;
  }

  /** Returns the lower half of a word, as its bytes 0, 2, 4 and 6. */
  private static long spread(long word) {
    long x = word & 0xFFFFFFFFL;
    x = (x | x << 16) & 0x0000FFFF0000FFFFL;
    return (x | x << 8) & 0x00FF00FF00FF00FFL;
  }

  /** Copies up to 31 bytes in words, of which the last may overlap the one before it. */
  private static void copy(
      MemorySegment source, long from, MemorySegment target, long to, int bytes) {
    if (bytes >= Long.BYTES) {
      for (int i = 0; i < bytes - Long.BYTES; i += Long.BYTES) {
        target.set(JAVA_LONG_UNALIGNED, to + i, source.get(JAVA_LONG_UNALIGNED, from + i));
      }
      int last = bytes - Long.BYTES;
      target.set(JAVA_LONG_UNALIGNED, to + last, source.get(JAVA_LONG_UNALIGNED, from + last));
    } else if (bytes >= Integer.BYTES) {
      int head = source.get(JAVA_INT_UNALIGNED, from);
      int last = bytes - Integer.BYTES;
      int tail = source.get(JAVA_INT_UNALIGNED, from + last);
      target.set(JAVA_INT_UNALIGNED, to, head);
      target.set(JAVA_INT_UNALIGNED, to + last, tail);
    } else if (bytes >= Short.BYTES) {
      short head = source.get(JAVA_SHORT_UNALIGNED, from);
      int last = bytes - Short.BYTES;
      short tail = source.get(JAVA_SHORT_UNALIGNED, from + last);
      target.set(JAVA_SHORT_UNALIGNED, to, head);
      target.set(JAVA_SHORT_UNALIGNED, to + last, tail);
    } else if (bytes > 0) {
      target.set(JAVA_BYTE, to, source.get(JAVA_BYTE, from));
    }
  }
}
