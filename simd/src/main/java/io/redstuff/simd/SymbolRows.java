package io.redstuff.simd;

import java.lang.foreign.MemorySegment;

/**
 * Where the symbols of a batch of codewords lie in native memory.
 *
 * <p>A batch has some number of <em>lanes</em>, one codeword each. Symbol {@code index} of lane
 * {@code l} starts at {@code offset(index) + l * laneStride()} of {@code segment(index)}. Workers
 * ask only for the symbols that they read or write. Implementations must give the same answer each
 * time.
 *
 * @since 0.1.0
 */
public interface SymbolRows {
  /**
   * {@return the native memory that holds a symbol of every lane}
   *
   * @param index which symbol of the codeword
   */
  MemorySegment segment(int index);

  /**
   * {@return the offset in bytes into {@link #segment} where the symbol of lane 0 starts}
   *
   * @param index which symbol of the codeword
   */
  long offset(int index);

  /** {@return the distance between the same symbol of neighboring lanes, in bytes} */
  long laneStride();

  /**
   * Symbols at even distances in one segment.
   *
   * @param segment native memory
   * @param offset where symbol {@code firstIndex} of lane 0 starts, in bytes
   * @param firstIndex the symbol that lies at {@code offset}
   * @param symbolStride bytes from a symbol to the next of the same codeword
   * @param laneStride bytes from a symbol to the same symbol of the next codeword
   */
  record Grid(
      MemorySegment segment, long offset, int firstIndex, long symbolStride, long laneStride)
      implements SymbolRows {
    @Override
    public MemorySegment segment(int index) {
      return segment;
    }

    @Override
    public long offset(int index) {
      return offset + (index - firstIndex) * symbolStride;
    }
  }

  /**
   * Returns the rows of one codeword, or of the part of it from some symbol on, whose symbols lie
   * back to back.
   *
   * @param segment native memory
   * @param firstIndex the symbol that lies at offset 0
   * @param symbolBytes bytes of a symbol
   * @return the rows
   */
  static SymbolRows contiguous(MemorySegment segment, int firstIndex, int symbolBytes) {
    return new Grid(segment, 0, firstIndex, symbolBytes, 0);
  }
}
