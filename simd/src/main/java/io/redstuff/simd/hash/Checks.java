package io.redstuff.simd.hash;

import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** What hashers check before they read or write memory. */
public final class Checks {
  private Checks() {}

  /** A number is not too small. */
  public static void atLeast(String what, long got, long expected) {
    if (got < expected) {
      throw new IllegalArgumentException(what + ": got " + got + ", expected at least " + expected);
    }
  }

  /** Both segments are native and the second is writable. */
  public static void nativeMemory(MemorySegment in, MemorySegment out) {
    nativeMemory("in", in);
    nativeMemory("out", out);
    if (out.isReadOnly()) {
      throw new IllegalArgumentException("out: got a read-only segment, expected a writable one");
    }
  }

  private static void nativeMemory(String what, MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException(what + ": got a heap segment, expected a native one");
    }
  }

  /** The first piece lies in {@code [0, size)}, and so do the {@code count - 1} after it. */
  public static void range(
      String what, long offset, long stride, long length, long count, long size) {
    Objects.checkFromIndexSize(offset, length, size);
    long room = size - length - offset;
    if (stride != 0 && count - 1 > room / stride) {
      throw new IndexOutOfBoundsException(
          what
              + ": got "
              + count
              + " of "
              + length
              + " bytes, stride "
              + stride
              + ", from offset "
              + offset
              + ", expected them to lie within "
              + size
              + " bytes");
    }
  }
}
