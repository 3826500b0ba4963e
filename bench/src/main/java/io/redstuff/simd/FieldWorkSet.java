package io.redstuff.simd;

import java.lang.foreign.MemorySegment;

/**
 * Rows of field elements and the kernels of an engine that work on them.
 *
 * <p>Lies in this package because the kernels are not public: on the class path, where benchmarks
 * run, a package may come from more than one place. Each method goes once over all rows.
 */
public final class FieldWorkSet {
  /** A factor of the subfield GF(2^8). */
  private static final int SUBFIELD = 0xA7;

  /** A factor outside of it. */
  private static final int GENERAL = 0x5CA7;

  private final FieldKernels kernels;
  private final MemorySegment work;
  private final int rows;
  private final int planeBytes;

  /**
   * Rows back to back.
   *
   * @param engine does the arithmetic
   * @param work native memory, a power of two of rows
   * @param rowBytes bytes of a row, a multiple of 128
   */
  public FieldWorkSet(Engine engine, MemorySegment work, int rowBytes) {
    this.kernels = engine.field();
    this.work = work;
    this.planeBytes = rowBytes / 2;
    this.rows = Math.toIntExact(work.byteSize() / rowBytes);
    if (planeBytes % FieldKernels.PLANE_QUANTUM != 0
        || Integer.bitCount(rows) != 1
        || rows < 4
        || (long) rows * rowBytes != work.byteSize()) {
      throw new IllegalArgumentException(
          "work set: got %d bytes in rows of %d".formatted(work.byteSize(), rowBytes));
    }
  }

  /**
   * The bytes that each method goes over.
   *
   * @return bytes of all rows
   */
  public long bytes() {
    return work.byteSize();
  }

  /** One layer of forward butterflies at the largest distance, with a factor of the subfield. */
  public void forward() {
    kernels.forward(work, 0, rows / 2, planeBytes, SUBFIELD);
  }

  /** One layer of forward butterflies at the largest distance, with a general factor. */
  public void forwardGeneral() {
    kernels.forward(work, 0, rows / 2, planeBytes, GENERAL);
  }

  /** Two layers of forward butterflies at the largest distances, with factors of the subfield. */
  public void forward4() {
    kernels.forward4(work, 0, rows / 4, planeBytes, SUBFIELD, SUBFIELD ^ 1, SUBFIELD ^ 2);
  }

  /** Undoes {@link #forward4}. */
  public void inverse4() {
    kernels.inverse4(work, 0, rows / 4, planeBytes, SUBFIELD, SUBFIELD ^ 1, SUBFIELD ^ 2);
  }

  /** Two layers of forward butterflies at the largest distances, with general factors. */
  public void forward4General() {
    kernels.forward4(work, 0, rows / 4, planeBytes, GENERAL, GENERAL ^ 1, GENERAL ^ 2);
  }

  /** The two layers of forward butterflies at distances 2 and 1, with factors of the subfield. */
  public void forward4Lowest() {
    for (int row = 0; row < rows; row += 4) {
      long block = 2L * row * planeBytes;
      kernels.forward4(work, block, 1, planeBytes, SUBFIELD, SUBFIELD ^ 1, SUBFIELD ^ 2);
    }
  }

  /** Every row times a factor of the subfield. */
  public void multiply() {
    multiplyBy(SUBFIELD);
  }

  /** Every row times a general factor. */
  public void multiplyGeneral() {
    multiplyBy(GENERAL);
  }

  private void multiplyBy(int factor) {
    for (int row = 0; row < rows; row++) {
      kernels.multiply(work, 2L * row * planeBytes, planeBytes, factor);
    }
  }

  /** Every row from wire coordinates to the engine's. */
  public void enter() {
    for (int row = 0; row < rows; row++) {
      kernels.enter(work, 2L * row * planeBytes, planeBytes);
    }
  }

  /** Every row from the engine's coordinates to those of the wire. */
  public void leave() {
    for (int row = 0; row < rows; row++) {
      kernels.leave(work, 2L * row * planeBytes, planeBytes);
    }
  }
}
