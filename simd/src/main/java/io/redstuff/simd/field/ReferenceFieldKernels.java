package io.redstuff.simd.field;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/**
 * The field arithmetic by its definition: one element at a time through {@link Gf16}, in the Cantor
 * basis itself. Slow, meant to be read, and the oracle the other engines are compared with.
 */
public final class ReferenceFieldKernels implements FieldKernels {
  @Override
  public void enter(MemorySegment work, long row, int planeBytes) {
    // wire coordinates are the coordinates of this engine
  }

  @Override
  public void leave(MemorySegment work, long row, int planeBytes) {
    // wire coordinates are the coordinates of this engine
  }

  @Override
  public void forward(MemorySegment work, long x, int rows, int planeBytes, int twiddle) {
    for (int row = 0; row < rows; row++) {
      long xRow = x + 2L * planeBytes * row;
      long yRow = xRow + 2L * planeBytes * rows;
      for (int i = 0; i < planeBytes; i++) {
        int y = element(work, yRow, planeBytes, i);
        int sum = element(work, xRow, planeBytes, i) ^ Gf16.multiply(twiddle, y);
        setElement(work, xRow, planeBytes, i, sum);
        setElement(work, yRow, planeBytes, i, y ^ sum);
      }
    }
  }

  @Override
  public void inverse(MemorySegment work, long x, int rows, int planeBytes, int twiddle) {
    for (int row = 0; row < rows; row++) {
      long xRow = x + 2L * planeBytes * row;
      long yRow = xRow + 2L * planeBytes * rows;
      for (int i = 0; i < planeBytes; i++) {
        int xElement = element(work, xRow, planeBytes, i);
        int y = element(work, yRow, planeBytes, i) ^ xElement;
        setElement(work, yRow, planeBytes, i, y);
        setElement(work, xRow, planeBytes, i, xElement ^ Gf16.multiply(twiddle, y));
      }
    }
  }

  @Override
  public void add(MemorySegment work, long target, long source, long bytes) {
    for (long i = 0; i < bytes; i++) {
      int sum = work.get(JAVA_BYTE, target + i) ^ work.get(JAVA_BYTE, source + i);
      work.set(JAVA_BYTE, target + i, (byte) sum);
    }
  }

  @Override
  public void multiply(MemorySegment work, long row, int planeBytes, int factor) {
    for (int i = 0; i < planeBytes; i++) {
      int product = Gf16.multiply(factor, element(work, row, planeBytes, i));
      setElement(work, row, planeBytes, i, product);
    }
  }

  @Override
  public void addMultiple(
      MemorySegment work, long target, long source, int rows, int planeBytes, int factor) {
    for (int row = 0; row < rows; row++) {
      long targetRow = target + 2L * planeBytes * row;
      long sourceRow = source + 2L * planeBytes * row;
      for (int i = 0; i < planeBytes; i++) {
        int product = Gf16.multiply(factor, element(work, sourceRow, planeBytes, i));
        int sum = element(work, targetRow, planeBytes, i) ^ product;
        setElement(work, targetRow, planeBytes, i, sum);
      }
    }
  }

  private static int element(MemorySegment work, long row, int planeBytes, int i) {
    int low = work.get(JAVA_BYTE, row + i) & 0xFF;
    int high = work.get(JAVA_BYTE, row + planeBytes + i) & 0xFF;
    return low | high << 8;
  }

  private static void setElement(MemorySegment work, long row, int planeBytes, int i, int value) {
    work.set(JAVA_BYTE, row + i, (byte) value);
    work.set(JAVA_BYTE, row + planeBytes + i, (byte) (value >>> 8));
  }
}
