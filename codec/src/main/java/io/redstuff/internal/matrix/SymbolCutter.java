package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.internal.work.WorkCrew;
import io.redstuff.internal.work.Workers;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.ReedSolomonEncoder;
import io.redstuff.simd.SymbolCombiner;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Cuts symbols from whole slivers of one axis. What a sliver does not hold is computed: a few
 * symbols as combinations of those that it holds, more of them by expanding it, which is not kept.
 *
 * <p>Reusable. For one thread at a time, which others help if the memory is for all.
 */
public final class SymbolCutter {
  /** Slivers are worked on together until their symbols make about this many bytes. */
  private static final int GROUP_BYTES = 1024;

  private final ReedSolomon code;
  private final Engine engine;
  private final ErasurePattern wholeSliver;
  private final Workers<Worker> workers;

  /** From slivers of an axis. */
  public SymbolCutter(
      EncodingParameters parameters, Axis axis, Engine engine, Arena arena, int parallelism) {
    this.code = MatrixEncoder.sliverCode(parameters, axis);
    this.engine = engine;
    BitSet originals = new BitSet();
    originals.set(0, code.originals());
    this.wholeSliver = code.erasures(originals);
    this.workers = new Workers<>(parallelism, arena, own -> new Worker(this, own));
  }

  /**
   * Cuts the same symbols from each sliver.
   *
   * @param slivers native or heap memory
   * @param wanted which symbols
   * @param rows for each sliver, which row of {@code target} is for it
   * @param target native or heap memory; a lane for each symbol
   */
  public void cut(
      List<MemorySegment> slivers, int[] wanted, int symbolSize, int[] rows, SymbolRows target) {
    List<Integer> computed =
        Arrays.stream(wanted).filter(i -> i >= code.originals()).distinct().boxed().toList();
    int group = Math.max(1, GROUP_BYTES / symbolSize);
    boolean shared =
        slivers.size() > group
            && slivers.stream().allMatch(WorkCrew::isShared)
            && WorkCrew.isShared(target.segment(rows[0]));
    workers.run(
        shared ? workers.most() : 1,
        Math.ceilDiv(slivers.size(), group),
        (worker, task) -> {
          int first = task * group;
          List<MemorySegment> some =
              slivers.subList(first, Math.min(slivers.size(), first + group));
          SymbolRows made = computed.isEmpty() ? null : worker.make(computed, some, symbolSize);
          for (int i = 0; i < some.size(); i++) {
            MemorySegment to = target.segment(rows[first + i]);
            long at = target.offset(rows[first + i]);
            for (int symbol : wanted) {
              if (symbol < code.originals()) {
                MemorySegment.copy(some.get(i), (long) symbol * symbolSize, to, at, symbolSize);
              } else {
                long from = made.offset(symbol) + i * made.laneStride();
                MemorySegment.copy(made.segment(symbol), from, to, at, symbolSize);
              }
              at += target.laneStride();
            }
          }
        });
  }

  /** One thread. */
  private static final class Worker {
    private final SymbolCutter cutter;
    private final Arena arena;
    private final SymbolCombiner combiner;
    private ReedSolomonEncoder encoder;
    private MemorySegment slivers = MemorySegment.NULL;
    private MemorySegment symbols = MemorySegment.NULL;

    Worker(SymbolCutter cutter, Arena arena) {
      this.cutter = cutter;
      this.arena = arena;
      this.combiner = new SymbolCombiner(cutter.engine, arena);
    }

    /** Computes symbols that slivers do not hold, and perhaps all of them: a lane for each. */
    SymbolRows make(List<Integer> wanted, List<MemorySegment> given, int symbolSize) {
      ReedSolomon code = cutter.code;
      long sliverBytes = (long) code.originals() * symbolSize;
      MemorySegment held = given.getFirst();
      if (given.size() > 1 || !held.isNative()) {
        slivers = NativeMemory.atLeast(slivers, given.size() * sliverBytes, arena);
        held = slivers;
        for (int i = 0; i < given.size(); i++) {
          MemorySegment.copy(given.get(i), 0, held, i * sliverBytes, sliverBytes);
        }
      }
      SymbolRows source = new SymbolRows.Grid(held, 0, 0, symbolSize, sliverBytes);
      long rowBytes = (long) given.size() * symbolSize;
      boolean few = wanted.size() <= SymbolCombiner.MOST_SYMBOLS;
      symbols =
          NativeMemory.atLeast(symbols, (few ? wanted.size() : code.recovery()) * rowBytes, arena);
      if (few) {
        SymbolRows some = new Few(symbols, wanted, rowBytes, symbolSize);
        int[] indices = wanted.stream().mapToInt(Integer::intValue).toArray();
        combiner.combine(cutter.wholeSliver, indices, source, some, symbolSize, given.size());
        return some;
      }
      if (encoder == null) {
        encoder = code.newEncoder(cutter.engine, arena);
      }
      SymbolRows all = new SymbolRows.Grid(symbols, 0, code.originals(), rowBytes, symbolSize);
      encoder.encode(source, all, symbolSize, given.size());
      return all;
    }
  }

  /** Some symbols, one after another. */
  private record Few(MemorySegment memory, List<Integer> symbols, long rowBytes, long laneStride)
      implements SymbolRows {
    @Override
    public MemorySegment segment(int index) {
      return memory;
    }

    @Override
    public long offset(int index) {
      return symbols.indexOf(index) * rowBytes;
    }
  }
}
