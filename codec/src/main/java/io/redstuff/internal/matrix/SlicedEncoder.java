package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.Workers;
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

  private final ErasurePattern originals;
  private final Workers<Coder> coders;

  /** What one thread works with. */
  private record Coder(ReedSolomonEncoder encoder, SymbolCombiner combiner) {}

  /** Takes its part of {@link #memory} of an arena that is for all threads if there are several. */
  public SlicedEncoder(
      EncodingParameters parameters, Axis axis, Engine engine, Arena arena, int workers) {
    ReedSolomon code = MatrixEncoder.sliverCode(parameters, axis);
    BitSet present = new BitSet();
    present.set(0, code.originals());
    this.originals = code.erasures(present);
    this.coders =
        new Workers<>(
            workers,
            arena,
            own -> new Coder(code.newEncoder(engine, own), new SymbolCombiner(engine, own)));
  }

  /** Returns the memory of two of these, one for each axis, in bytes. */
  public static long memory(EncodingParameters parameters, int workers) {
    long bytes = 0;
    for (Axis axis : Axis.values()) {
      bytes += MatrixEncoder.sliverCode(parameters, axis).encoderBytes() + SymbolCombiner.BYTES;
    }
    return workers * bytes;
  }

  /** Extends slivers: all n symbols of each, of which the first are there; a lane is a sliver. */
  public void extend(SymbolRows.Grid slivers, int symbolSize, int lanes) {
    run(
        slivers,
        symbolSize,
        (coder, part, bytes) -> coder.encoder.encode(part, part, bytes, lanes));
  }

  /** Makes those symbols that are wanted, and perhaps others too. */
  public void extend(SymbolRows.Grid slivers, int symbolSize, int lanes, int[] wanted) {
    if (wanted.length > FEW) {
      extend(slivers, symbolSize, lanes);
    } else if (wanted.length > 0) {
      run(
          slivers,
          symbolSize,
          (coder, part, bytes) ->
              coder.combiner.combine(originals, wanted, part, part, bytes, lanes));
    }
  }

  /** Works on some bytes of all symbols. */
  @FunctionalInterface
  private interface Slice {
    void run(Coder coder, SymbolRows part, int bytes);
  }

  private void run(SymbolRows.Grid slivers, int symbolSize, Slice work) {
    int parts = coders.most() == 1 ? 1 : coders.most() * PARTS;
    int slice = CHUNK * Math.ceilDiv(Math.ceilDiv(symbolSize, CHUNK), parts);
    coders.run(
        coders.most(),
        Math.ceilDiv(symbolSize, slice),
        (coder, task) -> {
          int from = task * slice;
          SymbolRows part =
              new SymbolRows.Grid(
                  slivers.segment(),
                  slivers.offset() + from,
                  0,
                  slivers.symbolStride(),
                  slivers.laneStride());
          work.run(coder, part, Math.min(slice, symbolSize - from));
        });
  }
}
