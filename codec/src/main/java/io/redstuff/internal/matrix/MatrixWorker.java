package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ReedSolomonEncoder;
import io.redstuff.simd.SymbolRows;
import io.redstuff.simd.hash.LaneHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * One thread of {@link MatrixEncoder}: extends rows, extends and hashes columns.
 *
 * <p>Symbols that stand in rows at one distance in one memory are hashed in one go, eight rows at a
 * time. Where that is not so (the message ends in a padded row; recovery symbols are kept elsewhere
 * than the source) the rows from a multiple of eight on are copied to the front of the scratch
 * memory of the recovery symbols.
 *
 * <p>Not thread-safe.
 */
final class MatrixWorker {
  /** Rows that must be brought to native memory first are so in pieces of about this size. */
  private static final int STAGED_BYTES = 256 << 10;

  private final EncodingParameters parameters;
  private final int k1;
  private final int k2;
  private final Arena arena;
  private final int batchBytes;
  private final ReedSolomonEncoder rowEncoder;
  private final ReedSolomonEncoder columnEncoder;
  private final LaneHasher hasher;
  private final BlockTrees trees;

  /** Rows of a group of columns that are not hashed in place; grows with the symbol size. */
  private MemorySegment groupScratch = MemorySegment.NULL;

  /** Rows of the message; used for heap memory and padded rows only. */
  private MemorySegment rowScratch = MemorySegment.NULL;

  MatrixWorker(EncodingParameters parameters, Engine engine, MatrixTrees trees, Arena arena) {
    this.parameters = parameters;
    this.k1 = parameters.primarySourceSymbols();
    this.k2 = parameters.secondarySourceSymbols();
    this.arena = arena;
    this.batchBytes = engine.batchBytes();
    this.rowEncoder = MatrixEncoder.sliverCode(parameters, Axis.PRIMARY).newEncoder(engine, arena);
    this.columnEncoder =
        MatrixEncoder.sliverCode(parameters, Axis.SECONDARY).newEncoder(engine, arena);
    this.hasher = new LaneHasher(engine.hash(), arena);
    this.trees = new BlockTrees(trees, hasher, arena);
  }

  /** Returns the most memory that the scratches grow to. */
  static long scratchBytes(int shards, int symbolSize, long rowBytes) {
    return (long) shards * Math.max(Engine.MOST_BATCH_BYTES, symbolSize)
        + Math.max(STAGED_BYTES, rowBytes);
  }

  LaneHasher hasher() {
    return hasher;
  }

  /** Extends source rows {@code [first, limit)} to the columns k2..n-1. */
  void extendRows(MatrixRun run, int first, int limit) {
    MessageMatrix source = run.source();
    int inPlace =
        source.segment(0).isNative() ? Math.clamp(source.wholeRows(), first, limit) : first;
    if (inPlace > first) {
      rowEncoder.encode(
          source.rows(first), run.extensionRows(first), run.symbolSize(), inPlace - first);
    }
    int step = Math.clamp(STAGED_BYTES / run.rowBytes(), 1, k1);
    for (int row = inPlace; row < limit; row += step) {
      int rows = Math.min(step, limit - row);
      rowScratch = NativeMemory.atLeast(rowScratch, rows * run.rowBytes(), arena);
      for (int i = 0; i < rows; i++) {
        MemorySegment.copy(
            source.segment(row + i),
            source.offset(row + i),
            rowScratch,
            i * run.rowBytes(),
            run.rowBytes());
      }
      rowEncoder.encode(
          new SymbolRows.Grid(rowScratch, 0, 0, run.symbolSize(), run.rowBytes()),
          run.extensionRows(row),
          run.symbolSize(),
          rows);
    }
  }

  /** Extends and hashes the columns of some blocks, {@code [first, limit)}. */
  void columns(MatrixRun run, int first, int limit) {
    int group = Math.max(1, batchBytes / run.symbolSize());
    for (int column = first; column < limit; ) {
      int end = Math.min(limit, column + group);
      if (column < k2 && end > k2) {
        end = k2; // sources lie elsewhere from here on
      }
      hash(run, column, end - column, extend(run, column, end - column));
      column = end;
    }
  }

  /** The symbols of some columns: first rows in place, then those from row {@code direct} on. */
  private record Columns(SymbolRows inPlace, int direct, SymbolRows rest) {}

  private Columns extend(MatrixRun run, int column, int count) {
    if (column >= k2) {
      SymbolRows originals = run.extensionColumns(column);
      return extendToScratch(run, originals, k1, count);
    }
    if (run.slivers() == null) {
      MessageMatrix source = run.source();
      int whole = source.segment(0).isNative() ? source.wholeRows() : 0;
      return extendToScratch(run, source.columns(column), whole, count);
    }
    run.copyToSecondaries(column, count);
    SymbolRows slivers = run.primarySlivers(column);
    columnEncoder.encode(slivers, slivers, run.symbolSize(), count);
    return new Columns(slivers, 0, slivers);
  }

  /**
   * Extends columns to scratch memory.
   *
   * @param originals the first k1 symbols
   * @param even how many of them, from the first, are native and at even distances
   */
  private Columns extendToScratch(MatrixRun run, SymbolRows originals, int even, int count) {
    int direct = even / LaneHasher.LANES * LaneHasher.LANES;
    int symbolSize = run.symbolSize();
    long rowBytes = (long) count * symbolSize;
    long rows = (long) parameters.shards() - direct;
    groupScratch = NativeMemory.atLeast(groupScratch, rows * rowBytes, arena);
    SymbolRows rest = new SymbolRows.Grid(groupScratch, 0, direct, rowBytes, symbolSize);
    for (int row = direct; row < k1; row++) {
      Symbols.copy(
          originals.segment(row),
          originals.offset(row),
          originals.laneStride(),
          groupScratch,
          rest.offset(row),
          symbolSize,
          symbolSize,
          count);
    }
    columnEncoder.encode(direct == 0 ? rest : originals, rest, symbolSize, count);
    return new Columns(originals, direct, rest);
  }

  private void hash(MatrixRun run, int firstColumn, int count, Columns columns) {
    for (int lane = 0; lane < count; lane++) {
      int column = firstColumn + lane;
      if (column % MatrixTrees.BLOCK == 0) {
        trees.begin(column / MatrixTrees.BLOCK, run.firstZeroRow(), k1);
      }
      int direct = columns.direct();
      hashNeeded(run, columns.inPlace(), 0, direct, lane);
      hashNeeded(run, columns.rest(), direct, parameters.shards(), lane);
      trees.column();
    }
  }

  /**
   * Hashes the symbols of rows {@code [first, limit)}, but those of which the trees know enough.
   */
  private void hashNeeded(MatrixRun run, SymbolRows rows, int first, int limit, int lane) {
    int knownFrom = Math.clamp(trees.firstKnownRow(), first, limit);
    int knownTo = Math.clamp(trees.limitOfKnownRows(), knownFrom, limit);
    if (knownFrom > first) {
      hash(run, rows, first, knownFrom - first, lane);
    }
    if (limit > knownTo) {
      hash(run, rows, knownTo, limit - knownTo, lane);
    }
  }

  private void hash(MatrixRun run, SymbolRows rows, int first, int count, int lane) {
    long at = rows.offset(first) + lane * rows.laneStride();
    long stride = rows.offset(first + 1) - rows.offset(first);
    long to = trees.leafOffset() + (long) first / LaneHasher.LANES * LaneHasher.GROUP_BYTES;
    MemorySegment leaves = trees.leaves();
    MemorySegment symbols = rows.segment(first);
    if (run.twoByteLeaves() != null) {
      run.twoByteLeaves().lookUp(symbols, at, stride, count, leaves, to);
    } else {
      hasher.hashLeaves(symbols, at, stride, run.symbolSize(), count, leaves, to);
    }
  }
}
