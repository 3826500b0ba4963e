package io.redstuff.simd;

import io.redstuff.simd.field.FieldKernels;
import java.lang.foreign.MemorySegment;

/**
 * Rows of field elements, back to back, and the kernels of an engine that work on them.
 *
 * <p>Lies in this package because the kernels are not public: on the class path, where benchmarks
 * run, a package may come from more than one place.
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

  /** What goes once over all rows. */
  public enum Pass {
    /** A layer of forward butterflies at the largest distance, with a factor of the subfield. */
    FORWARD,
    /** The same with a general factor. */
    FORWARD_GENERAL,
    /** Two layers of forward butterflies at the largest distances, with factors of the subfield. */
    FORWARD4,
    /** The same with general factors. */
    FORWARD4_GENERAL,
    /** The two layers at distances 2 and 1, with factors of the subfield: a call for four rows. */
    FORWARD4_LOWEST,
    /** Undoes {@link #FORWARD4}. */
    INVERSE4,
    /** Every row times a factor of the subfield. */
    MULTIPLY,
    /** Every row times a general factor. */
    MULTIPLY_GENERAL,
    /** Every row from wire coordinates to the engine's. */
    ENTER,
    /** Every row from the engine's coordinates to those of the wire. */
    LEAVE;

    /** Returns how many layers of butterflies it is, 1 where there are none. */
    public int layers() {
      return switch (this) {
        case FORWARD4, FORWARD4_GENERAL, FORWARD4_LOWEST, INVERSE4 -> 2;
        default -> 1;
      };
    }
  }

  /** Takes native memory, a power of two of rows; the bytes of a row are a multiple of 128. */
  public FieldWorkSet(Engine engine, MemorySegment work, int rowBytes) {
    this.kernels = engine.field().get();
    this.work = work;
    this.planeBytes = rowBytes / 2;
    this.rows = Math.toIntExact(work.byteSize() / rowBytes);
    if (planeBytes % FieldKernels.PLANE_QUANTUM != 0
        || Integer.bitCount(rows) != 1
        || rows < 4
        || (long) rows * rowBytes != work.byteSize()) {
      throw new IllegalArgumentException(
          "work set: got %s bytes in rows of %s".formatted(work.byteSize(), rowBytes));
    }
  }

  /** Goes once over all rows. */
  public void run(Pass pass) {
    switch (pass) {
      case FORWARD -> kernels.forward(work, 0, rows / 2, planeBytes, SUBFIELD);
      case FORWARD_GENERAL -> kernels.forward(work, 0, rows / 2, planeBytes, GENERAL);
      case FORWARD4 -> forward4(0, rows / 4, SUBFIELD);
      case FORWARD4_GENERAL -> forward4(0, rows / 4, GENERAL);
      case FORWARD4_LOWEST -> {
        for (int row = 0; row < rows; row += 4) {
          forward4(at(row), 1, SUBFIELD);
        }
      }
      case INVERSE4 ->
          kernels.inverse4(work, 0, rows / 4, planeBytes, SUBFIELD, SUBFIELD ^ 1, SUBFIELD ^ 2);
      case MULTIPLY, MULTIPLY_GENERAL -> {
        int factor = pass == Pass.MULTIPLY ? SUBFIELD : GENERAL;
        for (int row = 0; row < rows; row++) {
          kernels.multiply(work, at(row), planeBytes, factor);
        }
      }
      case ENTER -> {
        for (int row = 0; row < rows; row++) {
          kernels.enter(work, at(row), planeBytes);
        }
      }
      case LEAVE -> {
        for (int row = 0; row < rows; row++) {
          kernels.leave(work, at(row), planeBytes);
        }
      }
    }
  }

  private void forward4(long block, int distance, int factor) {
    kernels.forward4(work, block, distance, planeBytes, factor, factor ^ 1, factor ^ 2);
  }

  private long at(int row) {
    return 2L * row * planeBytes;
  }
}
