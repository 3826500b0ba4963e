package io.redstuff.simd.field;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The field arithmetic in plain Java, bit by bit in tower coordinates: a row is eight arrays, array
 * j with bit j of the low bytes of all its elements, 64 to a word, and behind them bit j of the
 * high bytes. A constant of GF(2^8) is a matrix of bits, so a product is no more than sums of
 * arrays, which C2 turns into vectors by itself. The small constants that most twiddles are have
 * matrices with few bits.
 *
 * <p>So the rows lie on the heap and an offset in {@code work} is but the name of one, from {@link
 * #enter} or {@link #gather} until {@link #leave} or {@link #scatter}. For one worker, and one
 * thread at a time; allocates what rows it is given for the first time.
 */
public final class PlainFieldKernels implements FieldKernels {
  private static final int BITS = 8;

  /** Bytes of a symbol after which its layout on the wire starts anew. */
  private static final int CHUNK = 64;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  /** Entry 8 c + j: which bits of a byte v make bit j of c * v, for c of GF(2^8). */
  private static final byte[] PRODUCTS = new byte[256 * BITS];

  /** Entry j: which bits of the high byte the basis change adds to bit j of the low byte. */
  private static final byte[] BASIS_CHANGE = new byte[BITS];

  static {
    for (int bit = 0; bit < BITS; bit++) {
      addImage(BASIS_CHANGE, 0, bit, Tower.basisChange(1 << bit));
      for (int constant = 0; constant < 256; constant++) {
        addImage(PRODUCTS, BITS * constant, bit, Gf16.multiply(constant, 1 << bit));
      }
    }
  }

  private static void addImage(byte[] matrix, int at, int bit, int image) {
    for (int j = 0; j < BITS; j++) {
      matrix[at + j] |= (byte) ((image >>> j & 1) << bit);
    }
  }

  private long[][][] rows = new long[0][][];

  private final long[][][] spare = new long[2][BITS][0];

  /** A row as {@link SymbolPlanes} lays it out. */
  private byte[] bytes = new byte[0];

  private MemorySegment byteSegment = MemorySegment.ofArray(bytes);

  /** A symbol of the wire. */
  private byte[] symbol = bytes;

  /** The words of an array of a row: the first half for the low bytes. */
  private int words;

  private int rowBytes;

  /** Every call begins with this but {@link #add}, whose rows are as long as those of the last. */
  private void begin(int planeBytes) {
    int needed = 2 * planeBytes;
    if (rowBytes != needed) {
      words = needed / Long.SIZE;
      if (bytes.length < needed + PLANE_QUANTUM) {
        symbol = new byte[needed];
        spare[0] = new long[BITS][words];
        spare[1] = new long[BITS][words];
        bytes = new byte[needed + PLANE_QUANTUM];
        byteSegment = MemorySegment.ofArray(bytes);
      }
      rowBytes = needed; // last: had memory run out, all are made again
    }
  }

  private long[][] row(long offset) {
    int index = Math.toIntExact(offset / rowBytes);
    if (index >= rows.length) {
      rows = Arrays.copyOf(rows, Math.max(index + 1, 2 * rows.length));
    }
    if (rows[index] == null || rows[index][0].length < words) {
      rows[index] = new long[BITS][words];
    }
    return rows[index];
  }

  /** Returns what it holds, not copied: rows by number, null where none was given yet. */
  public long[][][] rows() {
    return rows;
  }

  @Override
  public long stripBytes() {
    return 4 << 20;
  }

  @Override
  public void enter(MemorySegment work, long row, int planeBytes) {
    begin(planeBytes);
    MemorySegment.copy(work, row, byteSegment, 0, rowBytes);
    fromBytes(row(row));
  }

  @Override
  public void leave(MemorySegment work, long row, int planeBytes) {
    begin(planeBytes);
    toBytes(row(row));
    MemorySegment.copy(byteSegment, 0, work, row, rowBytes);
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
    work.get(JAVA_BYTE, 0); // fails unless its arena is open, and open to this thread
    begin(planeBytes);
    if (symbolBytes < CHUNK) {
      SymbolPlanes.gather(symbols, offset, stride, symbolBytes, count, byteSegment, 0, planeBytes);
    } else {
      int low = 0;
      for (int lane = 0; lane < count; lane++) {
        MemorySegment.copy(symbols, JAVA_BYTE, offset + lane * stride, symbol, 0, symbolBytes);
        for (int at = 0; at < symbolBytes; at += CHUNK) {
          int half = Math.min(CHUNK, symbolBytes - at) / 2;
          copy(symbol, at, bytes, low, half);
          copy(symbol, at + half, bytes, planeBytes + low, half);
          low += half;
        }
      }
    }
    fromBytes(row(row));
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
    begin(planeBytes);
    toBytes(row(row));
    if (symbolBytes < CHUNK) {
      SymbolPlanes.scatter(byteSegment, 0, planeBytes, symbols, offset, stride, symbolBytes, count);
      return;
    }
    int low = 0;
    for (int lane = 0; lane < count; lane++) {
      for (int at = 0; at < symbolBytes; at += CHUNK) {
        int half = Math.min(CHUNK, symbolBytes - at) / 2;
        copy(bytes, low, symbol, at, half);
        copy(bytes, planeBytes + low, symbol, at + half, half);
        low += half;
      }
      MemorySegment.copy(symbol, 0, symbols, JAVA_BYTE, offset + lane * stride, symbolBytes);
    }
  }

  private void fromBytes(long[][] row) {
    int half = words / 2;
    for (int j = 0; j < BITS; j++) {
      load(bytes, j * half, row[j], 0, half);
      load(bytes, (BITS + j) * half, row[j], half, half);
    }
    PlainBits.split(row, words);
    changeBasis(row);
  }

  private void toBytes(long[][] row) {
    long[][] copy = spare[0];
    copy(row, copy);
    changeBasis(copy);
    PlainBits.join(copy, words);
    int half = words / 2;
    for (int j = 0; j < BITS; j++) {
      store(copy[j], 0, bytes, j * half, half);
      store(copy[j], half, bytes, (BITS + j) * half, half);
    }
  }

  /** Copies half a chunk or less. */
  private static void copy(byte[] from, int at, byte[] to, int toAt, int count) {
    if (count < CHUNK / 2) {
      System.arraycopy(from, at, to, toAt, count);
      return;
    }
    for (int i = 0; i < CHUNK / 2; i += Long.BYTES) {
      WORD.set(to, toAt + i, (long) WORD.get(from, at + i));
    }
  }

  private static void load(byte[] from, int word, long[] to, int at, int words) {
    for (int i = 0; i < words; i++) {
      to[at + i] = (long) WORD.get(from, (word + i) * Long.BYTES);
    }
  }

  private static void store(long[] from, int at, byte[] to, int word, int words) {
    for (int i = 0; i < words; i++) {
      WORD.set(to, (word + i) * Long.BYTES, from[at + i]);
    }
  }

  private void changeBasis(long[][] row) {
    long[][] turned = turn(row);
    for (int j = 0; j < BITS; j++) {
      PlainBits.add(row[j], turned, BASIS_CHANGE[j] & 0xFF, 0, words / 2);
    }
  }

  /** Exchanges low and high bytes. */
  private long[][] turn(long[][] row) {
    long[][] turned = spare[1];
    int half = words / 2;
    for (int j = 0; j < BITS; j++) {
      System.arraycopy(row[j], 0, turned[j], half, half);
      System.arraycopy(row[j], half, turned[j], 0, half);
    }
    return turned;
  }

  private void copy(long[][] from, long[][] to) {
    for (int j = 0; j < BITS; j++) {
      System.arraycopy(from[j], 0, to[j], 0, words);
    }
  }

  private void addRow(long[][] target, long[][] source) {
    PlainBits.addAll(target, source, words);
  }

  private void addMultiple(long[][] target, long[][] source, int factor) {
    if (factor == 1) {
      addRow(target, source);
    } else if (factor < 256) {
      addProduct(target, source, factor, 0, words);
    } else {
      long[][] turned = turn(source);
      int half = words / 2;
      addProduct(target, source, Tower.low(factor), 0, half);
      addProduct(target, turned, Tower.highToLow(factor), 0, half);
      addProduct(target, source, Tower.highToHigh(factor), half, words);
      addProduct(target, turned, Tower.high(factor), half, words);
    }
  }

  private static void addProduct(long[][] target, long[][] source, int constant, int from, int to) {
    for (int j = 0; j < BITS; j++) {
      PlainBits.add(target[j], source, PRODUCTS[BITS * constant + j] & 0xFF, from, to);
    }
  }

  private void forward(long[][] x, long[][] y, int twiddle) {
    addMultiple(x, y, twiddle);
    addRow(y, x);
  }

  private void inverse(long[][] x, long[][] y, int twiddle) {
    addRow(y, x);
    addMultiple(x, y, twiddle);
  }

  @Override
  public void forward(MemorySegment work, long x, int rows, int planeBytes, int twiddle) {
    begin(planeBytes);
    long end = x + (long) rows * rowBytes;
    for (long row = x; row < end; row += rowBytes) {
      forward(row(row), row(row + end - x), twiddle);
    }
  }

  @Override
  public void forwardHalf(
      MemorySegment work, long source, long target, int rows, int planeBytes, int twiddle) {
    copy(work, source, target, rows, planeBytes);
    addMultiple(work, target, source + (long) rows * rowBytes, rows, planeBytes, twiddle);
  }

  @Override
  public void inverse(MemorySegment work, long x, int rows, int planeBytes, int twiddle) {
    begin(planeBytes);
    long end = x + (long) rows * rowBytes;
    for (long row = x; row < end; row += rowBytes) {
      inverse(row(row), row(row + end - x), twiddle);
    }
  }

  @Override
  public void addInverseOfHalf(
      MemorySegment work, long source, long sum, int rows, int planeBytes, int twiddle) {
    addMultiple(work, sum, source, rows, planeBytes, twiddle ^ 1);
    addMultiple(work, sum + (long) rows * rowBytes, source, rows, planeBytes, 1);
  }

  @Override
  public void forward4(
      MemorySegment work, long x, int rows, int planeBytes, int outer, int first, int second) {
    begin(planeBytes);
    long quarter = (long) rows * rowBytes;
    for (long row = x; row < x + quarter; row += rowBytes) {
      long[][] a = row(row);
      long[][] b = row(row + quarter);
      long[][] c = row(row + 2 * quarter);
      long[][] d = row(row + 3 * quarter);
      forward(a, c, outer);
      forward(b, d, outer);
      forward(a, b, first);
      forward(c, d, second);
    }
  }

  @Override
  public void inverse4(
      MemorySegment work, long x, int rows, int planeBytes, int outer, int first, int second) {
    begin(planeBytes);
    long quarter = (long) rows * rowBytes;
    for (long row = x; row < x + quarter; row += rowBytes) {
      long[][] a = row(row);
      long[][] b = row(row + quarter);
      long[][] c = row(row + 2 * quarter);
      long[][] d = row(row + 3 * quarter);
      inverse(a, b, first);
      inverse(c, d, second);
      inverse(a, c, outer);
      inverse(b, d, outer);
    }
  }

  @Override
  public void clear(MemorySegment work, long row, int rows, int planeBytes) {
    begin(planeBytes);
    for (int i = 0; i < rows; i++) {
      for (long[] plane : row(row + (long) i * rowBytes)) {
        Arrays.fill(plane, 0, words, 0);
      }
    }
  }

  @Override
  public void copy(MemorySegment work, long source, long target, int rows, int planeBytes) {
    begin(planeBytes);
    long end = (long) rows * rowBytes;
    for (long at = 0; at < end; at += rowBytes) {
      copy(row(source + at), row(target + at));
    }
  }

  @Override
  public void add(MemorySegment work, long target, long source, long bytes) {
    for (long at = 0; at < bytes; at += rowBytes) {
      addRow(row(target + at), row(source + at));
    }
  }

  @Override
  public void multiply(MemorySegment work, long row, int planeBytes, int factor) {
    begin(planeBytes);
    long[][] product = row(row);
    copy(product, spare[0]);
    addMultiple(product, spare[0], factor ^ 1);
  }

  @Override
  public void addMultiple(
      MemorySegment work, long target, long source, int rows, int planeBytes, int factor) {
    begin(planeBytes);
    long end = (long) rows * rowBytes;
    for (long at = 0; at < end; at += rowBytes) {
      addMultiple(row(target + at), row(source + at), factor);
    }
  }
}
