package io.redstuff.simd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.redstuff.simd.field.FieldKernels;
import io.redstuff.simd.field.FoldedKernels;
import io.redstuff.simd.field.Gf16;
import io.redstuff.simd.field.SymbolPlanes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The transforms of a single codeword of short symbols, several points of which share a vector.
 *
 * <p>With a row for each point, a symbol of six bytes would leave 61 of 64 lanes empty. Here a
 * symbol has a slot of the next power of two elements, and neighboring points lie side by side in a
 * row of one vector for each plane. The layers with butterflies between rows are those of {@link
 * AdditiveFft}, of as many fewer rows; what remains are a few layers within the rows.
 *
 * <p>Works in memory of the caller's. For one thread at a time.
 */
final class FoldedTransform {
  /** Longer symbols, in bytes, gain nothing from being transformed like this. */
  static final int LONGEST_TRANSFORMED = 32;

  /** Nor do longer ones if each has a factor of its own, which takes its elements one by one. */
  static final int LONGEST_MULTIPLIED = 16;

  /** In smaller slots the twiddles of the lanes of a vector would differ in too many bits. */
  private static final int LEAST_SLOT_BITS = 2;

  private static final ValueLayout.OfLong WORD = JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfInt QUAD = JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
  private static final ValueLayout.OfShort PAIR = JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private final FieldKernels kernels;

  /** The same, or null if the engine has no layers within a row. */
  private final FoldedKernels folded;

  private final MemorySegment work;
  private final int planeBytes;
  private final AdditiveFft fft;
  private int half;
  private int slotBits;

  /** Binary logarithm of the points of a row. */
  private int rowBits;

  FoldedTransform(FieldKernels kernels, MemorySegment work) {
    this.kernels = kernels;
    this.work = work;
    this.folded = kernels instanceof FoldedKernels near ? near : null;
    this.planeBytes = folded == null ? 0 : folded.vectorBytes();
    this.fft = new AdditiveFft(kernels, work, planeBytes);
  }

  /**
   * Prepares for symbols of an even size. Returns whether that is worth while, up to size {@code
   * longest}, and the engine can do it, with at least {@code chunk} points, a power of two; if not,
   * nothing else may be called.
   */
  boolean begin(int symbolBytes, int longest, int chunk) {
    if (folded == null || symbolBytes > longest) {
      return false;
    }
    half = symbolBytes / 2;
    slotBits = Math.max(LEAST_SLOT_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(half - 1));
    rowBits = Integer.numberOfTrailingZeros(planeBytes) - slotBits;
    return rowBits > 0 && chunk >= 1 << rowBits;
  }

  /** Returns the bytes of work memory that so many points take, a multiple of a row's. */
  long bytes(int points) {
    return (long) points << (slotBits + 1);
  }

  /** Returns the offset of the row of a point from that of point 0. */
  private long row(int point) {
    return (long) (point >> rowBits) * 2 * planeBytes;
  }

  private long slot(int point) {
    return row(point) + ((long) (point & ((1 << rowBits) - 1)) << slotBits);
  }

  /** Returns the row after the one of the last point before {@code to}. */
  private int rowAfter(int to) {
    return ((to - 1) >> rowBits) + 1;
  }

  void clear(long first, int points) {
    for (long at = first; at < first + bytes(points); at += Long.BYTES) {
      work.set(JAVA_LONG, at, 0L);
    }
  }

  /** Loads a symbol, in wire coordinates, to a point; the row of point 0 is at {@code first}. */
  void load(MemorySegment symbols, long offset, long first, int point) {
    if (half > Integer.BYTES) {
      SymbolPlanes.gather(symbols, offset, 0, 2 * half, 1, work, first + slot(point), planeBytes);
    } else {
      put(word(symbols, offset), first + slot(point));
    }
  }

  /** Loads a symbol times a power of the generator, in wire coordinates. */
  void loadTimesPower(MemorySegment symbols, long offset, long first, int point, int exponent) {
    long low = first + slot(point);
    if (half > Integer.BYTES) {
      SymbolPlanes.gather(symbols, offset, 0, 2 * half, 1, work, low, planeBytes);
      for (int i = 0; i < half; i++) {
        int product = Gf16.timesPower(element(low + i), exponent);
        work.set(JAVA_BYTE, low + i, (byte) product);
        work.set(JAVA_BYTE, low + planeBytes + i, (byte) (product >> Byte.SIZE));
      }
    } else {
      put(timesPower(word(symbols, offset), exponent), low);
    }
  }

  private int element(long low) {
    return (work.get(JAVA_BYTE, low) & 0xFF)
        | (work.get(JAVA_BYTE, low + planeBytes) & 0xFF) << Byte.SIZE;
  }

  /** Stores a symbol from wire coordinates. */
  void store(long first, int point, MemorySegment symbols, long offset) {
    long low = first + slot(point);
    if (half > Integer.BYTES) {
      SymbolPlanes.scatter(work, low, planeBytes, symbols, offset, 0, 2 * half, 1);
    } else {
      putWord(get(low), symbols, offset);
    }
  }

  /** Stores a symbol times a power of the generator from wire coordinates. */
  void storeTimesPower(long first, int point, MemorySegment symbols, long offset, int exponent) {
    long low = first + slot(point);
    if (half > Integer.BYTES) {
      for (int i = 0; i < half; i++) {
        int product = Gf16.timesPower(element(low + i), exponent);
        symbols.set(JAVA_BYTE, offset + i, (byte) product);
        symbols.set(JAVA_BYTE, offset + half + i, (byte) (product >> Byte.SIZE));
      }
    } else {
      putWord(timesPower(get(low), exponent), symbols, offset);
    }
  }

  /** Returns a symbol of up to eight bytes, and perhaps what follows it. */
  private long word(MemorySegment symbols, long offset) {
    if (offset + Long.BYTES <= symbols.byteSize()) {
      return symbols.get(WORD, offset);
    }
    long word = 0;
    for (int i = 2 * half - 1; i >= 0; i--) {
      word = word << Byte.SIZE | (symbols.get(JAVA_BYTE, offset + i) & 0xFF);
    }
    return word;
  }

  private void putWord(long word, MemorySegment symbols, long offset) {
    switch (half) {
      case 1 -> symbols.set(PAIR, offset, (short) word);
      case 2 -> symbols.set(QUAD, offset, (int) word);
      case 3 -> {
        symbols.set(QUAD, offset, (int) word);
        symbols.set(PAIR, offset + Integer.BYTES, (short) (word >> Integer.SIZE));
      }
      default -> symbols.set(WORD, offset, word);
    }
  }

  private void put(long word, long low) {
    int bits = half * Byte.SIZE;
    int used = -1 >>> (Integer.SIZE - bits);
    work.set(QUAD, low, (int) word & used);
    work.set(QUAD, low + planeBytes, (int) (word >>> bits) & used);
  }

  private long get(long low) {
    int bits = half * Byte.SIZE;
    long used = -1L >>> (Long.SIZE - bits);
    return (work.get(QUAD, low) & used) | (work.get(QUAD, low + planeBytes) & used) << bits;
  }

  private long timesPower(long word, int exponent) {
    int bits = half * Byte.SIZE;
    long product = 0;
    for (int at = 0; at < bits; at += Byte.SIZE) {
      int element = (int) (word >>> at & 0xFF) | (int) (word >>> (at + bits) & 0xFF) << Byte.SIZE;
      long p = Gf16.timesPower(element, exponent);
      product |= (p & 0xFF) << at | (p >> Byte.SIZE) << (at + bits);
    }
    return product;
  }

  /** Interpolates symbols in wire coordinates: see {@link AdditiveFft#inverse}. */
  void inverse(long first, int size, int from, int to, int coset) {
    int fromRow = from >> rowBits;
    int toRow = rowAfter(to);
    long at = first + row(from);
    for (int r = fromRow; r < toRow; r++) {
      kernels.enter(work, first + 2L * planeBytes * r, planeBytes);
    }
    int point = coset + (fromRow << rowBits);
    for (int layer = 0; layer < rowBits; layer++) {
      folded.inverseNear(work, at, toRow - fromRow, slotBits, layer, point);
    }
    fft.inverse(first, size >> rowBits, fromRow, toRow, coset >> rowBits);
  }

  /** Evaluates to symbols in wire coordinates: see {@link AdditiveFft#forward}. */
  void forward(long first, int size, int from, int to, int coset) {
    int fromRow = from >> rowBits;
    int toRow = rowAfter(to);
    fft.forward(first, size >> rowBits, fromRow, toRow, coset >> rowBits);
    long at = first + row(from);
    int point = coset + (fromRow << rowBits);
    for (int layer = rowBits - 1; layer >= 0; layer--) {
      folded.forwardNear(work, at, toRow - fromRow, slotBits, layer, point);
    }
    for (int r = fromRow; r < toRow; r++) {
      kernels.leave(work, first + 2L * planeBytes * r, planeBytes);
    }
  }

  /** Adds the formal derivative of a polynomial to as many other coefficients. */
  void addDerivative(long polynomial, long target, int size) {
    int rows = size >> rowBits;
    fft.addDerivative(polynomial, target, rows);
    for (int layer = 0; layer < rowBits; layer++) {
      folded.addDerivativeNear(work, polynomial, target, rows, slotBits, layer);
    }
  }

  void copy(long from, long to, int points) {
    MemorySegment.copy(work, from, work, to, bytes(points));
  }

  void add(long target, long source, int points) {
    kernels.add(work, target, source, bytes(points));
  }
}
