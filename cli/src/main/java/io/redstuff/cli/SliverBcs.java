package io.redstuff.cli;

import io.redstuff.SliverId;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;

/**
 * What stands around the symbols in the BCS form of sliver data, so that a file can be written from
 * where the symbols lie: their length as ULEB128, the symbols, u16 symbol size, u16 sliver index.
 */
final class SliverBcs {

  private static final int TRAILER_BYTES = 4;

  private SliverBcs() {}

  /** What comes before {@code symbolsLength} bytes of symbols. */
  static MemorySegment header(long symbolsLength) {
    return MemorySegment.ofArray(uleb128(symbolsLength));
  }

  /** What comes after the symbols of {@code sliver}. */
  static MemorySegment trailer(SliverId sliver, int symbolSize) {
    int index = sliver.index();
    return MemorySegment.ofArray(
        new byte[] {
          (byte) symbolSize, (byte) (symbolSize >>> 8), (byte) index, (byte) (index >>> 8)
        });
  }

  /** How many bytes the BCS form of a sliver with {@code symbolsLength} bytes of symbols has. */
  static long length(long symbolsLength) {
    return uleb128(symbolsLength).length + symbolsLength + TRAILER_BYTES;
  }

  private static byte[] uleb128(long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(5);
    long rest = value;
    while (rest >= 0x80) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
    return bytes.toByteArray();
  }
}
