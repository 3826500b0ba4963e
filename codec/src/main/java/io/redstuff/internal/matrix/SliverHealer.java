package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.ReedSolomonDecoder;
import io.redstuff.simd.ReedSolomonEncoder;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Computes slivers of one axis from symbols of slivers of the other. It only computes: whether the
 * symbols were right is for the caller to check, by hashing the result.
 *
 * <p>All targets of a call lack the same symbols, so one locator serves them and they are decoded
 * together. Reusable. For one thread at a time.
 */
public final class SliverHealer {
  private static final int GROUP_BYTES = 1024;

  private final EncodingParameters parameters;
  private final Axis axis;
  private final Arena arena;
  private final ReedSolomonDecoder decoder;
  private final Engine engine;

  /** Made when whole sources are first cut. */
  private ReedSolomonEncoder sourceEncoder;

  /** The sources of the last call: callers often come back with others of the same ones. */
  private int[] lastSources = {};

  private ErasurePattern lastPattern;

  /** By source, its place among {@link #lastSources}. */
  private final int[] rank;

  private MemorySegment sourceGroup = MemorySegment.NULL;
  private MemorySegment sourceRecovery = MemorySegment.NULL;

  /**
   * Allocates the work memory.
   *
   * @param parameters the shape of the matrix
   * @param axis the axis of the slivers to heal
   * @param engine does the arithmetic
   * @param arena gives the memory
   */
  public SliverHealer(EncodingParameters parameters, Axis axis, Engine engine, Arena arena) {
    this.parameters = parameters;
    this.axis = axis;
    this.arena = arena;
    this.engine = engine;
    this.rank = new int[parameters.shards()];
    this.decoder = MatrixEncoder.sliverCode(parameters, axis).newDecoder(engine, arena);
  }

  /**
   * Decodes targets from symbols.
   *
   * @param sources ascending indices of the source slivers, as many as a target has symbols
   * @param symbols native memory: for each source in order, one symbol for each target
   * @param targets number of targets
   * @param symbolSize bytes of a symbol
   * @param slivers gets the targets' slivers back to back, native
   */
  public void decode(
      int[] sources, MemorySegment symbols, int targets, int symbolSize, MemorySegment slivers) {
    ErasurePattern pattern = pattern(sources);
    long sliverBytes = parameters.sliverLength(axis, symbolSize);
    SymbolRows restored = new SymbolRows.Grid(slivers, 0, 0, symbolSize, sliverBytes);
    decoder.decode(
        pattern,
        new Collected(symbols, rank, (long) targets * symbolSize, symbolSize),
        restored,
        symbolSize,
        targets);
    for (int source : sources) {
      if (source < decoder.code().originals()) {
        for (int target = 0; target < targets; target++) {
          MemorySegment.copy(
              symbols,
              ((long) rank[source] * targets + target) * symbolSize,
              slivers,
              target * sliverBytes + (long) source * symbolSize,
              symbolSize);
        }
      }
    }
  }

  private ErasurePattern pattern(int[] sources) {
    if (!Arrays.equals(sources, lastSources)) {
      BitSet present = new BitSet();
      for (int i = 0; i < sources.length; i++) {
        present.set(sources[i]);
        rank[sources[i]] = i;
      }
      lastPattern = decoder.code().erasures(present);
      lastSources = sources.clone();
    }
    return lastPattern;
  }

  /** Collected symbols as codewords: a lane is a target. */
  private static final class Collected implements SymbolRows {
    private final MemorySegment symbols;
    private final int[] rank;
    private final long rowBytes;
    private final int symbolSize;

    Collected(MemorySegment symbols, int[] rank, long rowBytes, int symbolSize) {
      this.symbols = symbols;
      this.rank = rank;
      this.rowBytes = rowBytes;
      this.symbolSize = symbolSize;
    }

    @Override
    public MemorySegment segment(int index) {
      return symbols;
    }

    @Override
    public long offset(int index) {
      return rank[index] * rowBytes;
    }

    @Override
    public long laneStride() {
      return symbolSize;
    }
  }

  /**
   * Cuts symbols for targets from whole slivers of the other axis, which are expanded a few at a
   * time and not kept.
   *
   * @param sources source slivers, native or heap memory
   * @param targets indices of the targets
   * @param symbolSize bytes of a symbol
   * @param symbols gets for each source in order one symbol for each target, native
   */
  public void cut(MemorySegment[] sources, int[] targets, int symbolSize, MemorySegment symbols) {
    if (sourceEncoder == null) {
      sourceEncoder =
          MatrixEncoder.sliverCode(parameters, axis.opposite()).newEncoder(engine, arena);
    }
    int originals = sourceEncoder.code().originals();
    int recovery = sourceEncoder.code().recovery();
    long sourceBytes = (long) originals * symbolSize;
    int group = Math.max(1, GROUP_BYTES / symbolSize);
    sourceGroup = NativeMemory.atLeast(sourceGroup, group * sourceBytes, arena);
    long recoveryRow = (long) group * symbolSize;
    sourceRecovery = NativeMemory.atLeast(sourceRecovery, recovery * recoveryRow, arena);
    for (int first = 0; first < sources.length; first += group) {
      int count = Math.min(group, sources.length - first);
      for (int lane = 0; lane < count; lane++) {
        MemorySegment.copy(sources[first + lane], 0, sourceGroup, lane * sourceBytes, sourceBytes);
      }
      sourceEncoder.encode(
          new SymbolRows.Grid(sourceGroup, 0, 0, symbolSize, sourceBytes),
          new SymbolRows.Grid(sourceRecovery, 0, originals, recoveryRow, symbolSize),
          symbolSize,
          count);
      for (int lane = 0; lane < count; lane++) {
        long to = (long) (first + lane) * targets.length * symbolSize;
        for (int target : targets) {
          boolean original = target < originals;
          long at =
              original
                  ? lane * sourceBytes + (long) target * symbolSize
                  : (target - originals) * recoveryRow + (long) lane * symbolSize;
          MemorySegment from = original ? sourceGroup : sourceRecovery;
          MemorySegment.copy(from, at, symbols, to, symbolSize);
          to += symbolSize;
        }
      }
    }
  }
}
