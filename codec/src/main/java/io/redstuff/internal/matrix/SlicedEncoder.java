package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.WorkCrew;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.ReedSolomonEncoder;
import io.redstuff.simd.SymbolCombiner;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.util.BitSet;

/**
 * Extends a few slivers of long symbols to n symbols each. Threads share the bytes of the symbols:
 * every 64 of them, as the wire format arranges them, are coded without the others.
 *
 * <p>Reusable. For one thread at a time, which others help.
 */
public final class SlicedEncoder {
  /** Bytes of a symbol that are coded without the others. */
  private static final int CHUNK = 64;

  /** Parts for each thread, so that none waits long for the last. */
  private static final int PARTS = 4;

  /** So many symbols are made one by one in less time than all of them in a transform. */
  private static final int FEW = SymbolCombiner.MOST_SYMBOLS;

  private final ReedSolomon code;
  private final ReedSolomonEncoder[] encoders;
  private final SymbolCombiner[] combiners;
  private final ErasurePattern originals;

  /**
   * Allocates the memory.
   *
   * @param parameters the shape
   * @param axis which slivers to extend
   * @param engine does the arithmetic
   * @param arena gives the memory; for all threads if there are several
   * @param workers how many threads may encode
   */
  public SlicedEncoder(
      EncodingParameters parameters, Axis axis, Engine engine, Arena arena, int workers) {
    this.code = MatrixEncoder.sliverCode(parameters, axis);
    this.encoders = new ReedSolomonEncoder[workers];
    this.combiners = new SymbolCombiner[workers];
    BitSet present = new BitSet();
    present.set(0, code.originals());
    this.originals = code.erasures(present);
    for (int worker = 0; worker < workers; worker++) {
      encoders[worker] = code.newEncoder(engine, arena);
      combiners[worker] = new SymbolCombiner(engine, arena);
    }
  }

  /**
   * The memory of two of these, one for each axis.
   *
   * @param parameters the shape
   * @param workers how many threads may encode
   * @return bytes
   */
  public static long memory(EncodingParameters parameters, int workers) {
    long bytes = 0;
    for (Axis axis : Axis.values()) {
      bytes += MatrixEncoder.sliverCode(parameters, axis).encoderBytes() + SymbolCombiner.BYTES;
    }
    return workers * bytes;
  }

  /**
   * Extends slivers.
   *
   * @param slivers all n symbols of each, of which the first are there; a lane is a sliver
   * @param symbolSize bytes of a symbol
   * @param lanes number of slivers
   */
  public void extend(SymbolRows.Grid slivers, int symbolSize, int lanes) {
    run(
        symbolSize,
        (worker, from, bytes) -> {
          SymbolRows part = part(slivers, from);
          encoders[worker].encode(part, part, bytes, lanes);
        });
  }

  /**
   * Makes some symbols of slivers, and perhaps others too.
   *
   * @param slivers room for all n symbols of each, of which the first are there; a lane is a sliver
   * @param symbolSize bytes of a symbol
   * @param lanes number of slivers
   * @param wanted which symbols
   */
  public void extend(SymbolRows.Grid slivers, int symbolSize, int lanes, int[] wanted) {
    if (wanted.length > FEW) {
      extend(slivers, symbolSize, lanes);
      return;
    }
    if (wanted.length == 0) {
      return;
    }
    run(
        symbolSize,
        (worker, from, bytes) -> {
          SymbolRows part = part(slivers, from);
          combiners[worker].combine(originals, wanted, part, part, bytes, lanes);
        });
  }

  /** Works on some bytes of all symbols. */
  @FunctionalInterface
  private interface Slice {
    void run(int worker, int from, int bytes);
  }

  private void run(int symbolSize, Slice work) {
    int workers = encoders.length;
    int parts = workers == 1 ? 1 : workers * PARTS;
    int slice = CHUNK * Math.ceilDiv(Math.ceilDiv(symbolSize, CHUNK), parts);
    WorkCrew.run(
        workers,
        Math.ceilDiv(symbolSize, slice),
        (worker, task) -> {
          int from = task * slice;
          work.run(worker, from, Math.min(slice, symbolSize - from));
        });
  }

  private static SymbolRows part(SymbolRows.Grid slivers, int from) {
    return new SymbolRows.Grid(
        slivers.segment(),
        slivers.offset() + from,
        0,
        slivers.symbolStride(),
        slivers.laneStride());
  }
}
