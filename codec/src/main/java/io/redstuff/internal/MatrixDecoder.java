package io.redstuff.internal;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.ReedSolomonDecoder;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * Fills a message matrix from slivers of one axis. It only computes: whether the slivers were right
 * is for the caller to check.
 *
 * <p>Primary slivers are symbols of the columns, which are codewords of k1 originals; all k2 source
 * columns lack the same symbols, so one locator serves them. Secondary slivers are symbols of the
 * rows, likewise.
 *
 * <p>Reusable. For one thread at a time.
 */
public final class MatrixDecoder {
  private final ReedSolomonDecoder decoder;
  private final Axis axis;

  /**
   * Allocates the work memory.
   *
   * @param parameters the shape of the matrix
   * @param axis the axis of the slivers to decode from
   * @param engine does the arithmetic
   * @param arena gives the memory
   */
  public MatrixDecoder(EncodingParameters parameters, Axis axis, Engine engine, Arena arena) {
    this.axis = axis;
    this.decoder = MatrixEncoder.sliverCode(parameters, axis.opposite()).newDecoder(engine, arena);
  }

  /**
   * Decodes.
   *
   * @param slivers by index, native memory of a whole sliver each, null where there is none; at
   *     least as many as the axis needs
   * @param target gets all rows
   */
  public void decode(MemorySegment[] slivers, MessageMatrix target) {
    ReedSolomon code = decoder.code();
    BitSet present = new BitSet(slivers.length);
    for (int index = 0; index < slivers.length; index++) {
      present.set(index, slivers[index] != null);
    }
    ErasurePattern pattern = code.erasures(present);
    if (axis == Axis.PRIMARY) {
      decodeColumns(pattern, slivers, target);
    } else {
      decodeRows(pattern, slivers, target);
    }
  }

  private void decodeColumns(
      ErasurePattern pattern, MemorySegment[] slivers, MessageMatrix target) {
    int symbolSize = target.symbolSize();
    int columns = target.parameters().secondarySourceSymbols();
    decoder.decode(
        pattern, new Slivers(slivers, 0, symbolSize), target.columns(0), symbolSize, columns);
    for (int index : pattern.used()) {
      if (index < decoder.code().originals()) {
        MemorySegment.copy(
            slivers[index],
            0,
            target.segment(index),
            target.offset(index),
            (long) columns * symbolSize);
      }
    }
  }

  private void decodeRows(ErasurePattern pattern, MemorySegment[] slivers, MessageMatrix target) {
    int symbolSize = target.symbolSize();
    int rows = target.parameters().primarySourceSymbols();
    int[] starts = {0, target.wholeRows(), rows};
    for (int part = 0; part < 2; part++) {
      int first = starts[part];
      int lanes = starts[part + 1] - first;
      if (lanes > 0) {
        Slivers received = new Slivers(slivers, (long) first * symbolSize, symbolSize);
        decoder.decode(pattern, received, target.rows(first), symbolSize, lanes);
      }
    }
    for (int index : pattern.used()) {
      if (index < decoder.code().originals()) {
        for (int row = 0; row < rows; row++) {
          MemorySegment.copy(
              slivers[index],
              (long) row * symbolSize,
              target.segment(row),
              target.offset(row) + (long) index * symbolSize,
              symbolSize);
        }
      }
    }
  }

  /** Slivers as symbols of the codewords across them: a lane is a position in the sliver. */
  private static final class Slivers implements SymbolRows {
    private final MemorySegment[] slivers;
    private final long firstByte;
    private final int symbolSize;

    Slivers(MemorySegment[] slivers, long firstByte, int symbolSize) {
      this.slivers = slivers;
      this.firstByte = firstByte;
      this.symbolSize = symbolSize;
    }

    @Override
    public MemorySegment segment(int index) {
      return slivers[index];
    }

    @Override
    public long offset(int index) {
      return firstByte;
    }

    @Override
    public long laneStride() {
      return symbolSize;
    }
  }
}
