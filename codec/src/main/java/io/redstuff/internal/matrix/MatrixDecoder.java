package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.NativeMemory;
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
 * <p>Native memory is worked on where it lies. Heap memory passes through a small stage, some
 * codewords at a time, so that a large blob touches no pages but its own.
 *
 * <p>Reusable. For one thread at a time.
 */
public final class MatrixDecoder {
  /** Of every sliver, about so many bytes are staged at a time. */
  private static final int STAGED_BYTES = 4096;

  private final ReedSolomonDecoder decoder;
  private final Axis axis;
  private final Arena arena;
  private MemorySegment symbolStage = MemorySegment.NULL;
  private MemorySegment rowStage = MemorySegment.NULL;

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
    this.arena = arena;
    this.decoder = MatrixEncoder.sliverCode(parameters, axis.opposite()).newDecoder(engine, arena);
  }

  /**
   * Decodes.
   *
   * @param slivers by index, memory of a whole sliver each, null where there is none; at least as
   *     many as the axis needs
   * @param target gets all rows
   */
  public void decode(MemorySegment[] slivers, MessageMatrix target) {
    ReedSolomon code = decoder.code();
    BitSet present = new BitSet(slivers.length);
    boolean allNative = target.segment(0).isNative();
    for (int index = 0; index < slivers.length; index++) {
      present.set(index, slivers[index] != null);
      allNative &= slivers[index] == null || slivers[index].isNative();
    }
    ErasurePattern pattern = code.erasures(present);
    if (axis == Axis.PRIMARY) {
      decodeColumns(pattern, slivers, target, allNative);
    } else {
      decodeRows(pattern, slivers, target, allNative);
    }
  }

  private void decodeColumns(
      ErasurePattern pattern, MemorySegment[] slivers, MessageMatrix target, boolean allNative) {
    int symbolSize = target.symbolSize();
    int columns = target.parameters().secondarySourceSymbols();
    int[] missing = pattern.missing();
    if (allNative) {
      decoder.decode(
          pattern, new Slivers(slivers, 0, symbolSize), target.columns(0), symbolSize, columns);
    } else if (missing.length > 0) {
      int group = groupOf(symbolSize, columns);
      SymbolRows.Grid staged = stage(group, symbolSize);
      for (int first = 0; first < columns; first += group) {
        int lanes = Math.min(group, columns - first);
        long from = (long) first * symbolSize;
        long bytes = (long) lanes * symbolSize;
        collect(pattern, slivers, from, staged, bytes);
        decoder.decode(pattern, staged, staged, symbolSize, lanes);
        for (int index : missing) {
          MemorySegment.copy(
              staged.segment(),
              staged.offset(index),
              target.segment(index),
              target.offset(index) + from,
              bytes);
        }
      }
    }
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

  private void decodeRows(
      ErasurePattern pattern, MemorySegment[] slivers, MessageMatrix target, boolean allNative) {
    int symbolSize = target.symbolSize();
    int rows = target.parameters().primarySourceSymbols();
    int[] starts = {0, target.wholeRows(), rows};
    for (int part = 0; part < 2; part++) {
      int first = starts[part];
      int lanes = starts[part + 1] - first;
      if (lanes > 0 && allNative) {
        Slivers received = new Slivers(slivers, (long) first * symbolSize, symbolSize);
        SymbolRows.Grid restored = target.rows(first);
        decoder.decode(pattern, received, restored, symbolSize, lanes);
        copyOriginals(pattern, received, restored, symbolSize, lanes);
      } else if (lanes > 0) {
        decodeStagedRows(pattern, slivers, target, first, lanes);
      }
    }
  }

  private void decodeStagedRows(
      ErasurePattern pattern,
      MemorySegment[] slivers,
      MessageMatrix target,
      int firstRow,
      int rows) {
    int symbolSize = target.symbolSize();
    long rowBytes = (long) decoder.code().originals() * symbolSize;
    int group = groupOf(symbolSize, rows);
    SymbolRows.Grid staged = stage(group, symbolSize);
    rowStage = NativeMemory.atLeast(rowStage, group * rowBytes, arena);
    SymbolRows.Grid restored = new SymbolRows.Grid(rowStage, 0, 0, symbolSize, rowBytes);
    for (int first = firstRow; first < firstRow + rows; first += group) {
      int lanes = Math.min(group, firstRow + rows - first);
      collect(pattern, slivers, (long) first * symbolSize, staged, (long) lanes * symbolSize);
      decoder.decode(pattern, staged, restored, symbolSize, lanes);
      copyOriginals(pattern, staged, restored, symbolSize, lanes);
      MemorySegment.copy(
          rowStage, 0, target.segment(first), target.offset(first), lanes * rowBytes);
    }
  }

  private static int groupOf(int symbolSize, int lanes) {
    return Math.clamp(STAGED_BYTES / symbolSize, 1, lanes);
  }

  /** Memory for all symbols of some lanes. */
  private SymbolRows.Grid stage(int lanes, int symbolSize) {
    long stride = (long) lanes * symbolSize;
    symbolStage = NativeMemory.atLeast(symbolStage, decoder.code().length() * stride, arena);
    return new SymbolRows.Grid(symbolStage, 0, 0, stride, symbolSize);
  }

  /** Copies a range of all used slivers to the stage. */
  private static void collect(
      ErasurePattern pattern,
      MemorySegment[] slivers,
      long from,
      SymbolRows.Grid staged,
      long bytes) {
    for (int index : pattern.used()) {
      MemorySegment.copy(slivers[index], from, staged.segment(), staged.offset(index), bytes);
    }
  }

  /** Copies the originals that need no decoding, symbol by symbol. */
  private void copyOriginals(
      ErasurePattern pattern, SymbolRows from, SymbolRows to, int symbolSize, int lanes) {
    for (int index : pattern.used()) {
      if (index >= decoder.code().originals()) {
        return; // the indices ascend
      }
      MemorySegment source = from.segment(index);
      MemorySegment target = to.segment(index);
      long sourceAt = from.offset(index);
      long targetAt = to.offset(index);
      for (int lane = 0; lane < lanes; lane++) {
        MemorySegment.copy(source, sourceAt, target, targetAt, symbolSize);
        sourceAt += from.laneStride();
        targetAt += to.laneStride();
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
