package io.redstuff.internal.matrix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Moves symbols from one spacing to another. */
public final class Symbols {
  /** From this size on, copying a symbol in a call of its own is not slower. */
  private static final int BULK_BYTES = 64;

  private Symbols() {}

  /**
   * Copies {@code count} symbols of an even number of bytes: those at {@code at} and every {@code
   * stride} bytes after it, to {@code toAt} and every {@code toStride} bytes after that.
   */
  public static void copy(
      MemorySegment from,
      long at,
      long stride,
      MemorySegment to,
      long toAt,
      long toStride,
      int symbolSize,
      int count) {
    if (stride == symbolSize && toStride == symbolSize) {
      MemorySegment.copy(from, at, to, toAt, (long) count * symbolSize);
    } else if (symbolSize >= BULK_BYTES) {
      for (int i = 0; i < count; i++) {
        MemorySegment.copy(from, at + i * stride, to, toAt + i * toStride, symbolSize);
      }
    } else {
      for (int i = 0; i < count; i++) {
        long source = at + i * stride;
        long target = toAt + i * toStride;
        for (int done = 0; done < symbolSize; done += Short.BYTES) {
          short element = from.get(ValueLayout.JAVA_SHORT_UNALIGNED, source + done);
          to.set(ValueLayout.JAVA_SHORT_UNALIGNED, target + done, element);
        }
      }
    }
  }
}
