package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.internal.work.WorkCrew;
import io.redstuff.internal.work.Workers;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.ReedSolomonDecoder;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;

/**
 * Restores slivers of one axis from the symbols where slivers of the other axis cross them. It only
 * computes: whether the symbols were right is for the caller to check.
 *
 * <p>All slivers of a call lack the same symbols, so one locator serves them (see {@link
 * Crossing}); they are shared among threads if that is worth it and their memory is for all.
 *
 * <p>Native memory is worked on where it lies. Heap memory passes through a small stage, some lanes
 * at a time, so that a large blob touches no pages but its own.
 *
 * <p>Reusable. For one thread at a time, which others help.
 */
public final class CrossDecoder {
  /** Of every sliver, about so many bytes are staged at a time. */
  private static final int STAGED_BYTES = 4096;

  /** Where the wire layout of symbols starts again. */
  private static final int CHUNK = 64;

  /** Tasks for each worker, so that none waits long for the last. */
  private static final int TASKS_PER_WORKER = 4;

  /** Fewer bytes are not worth the help of other threads. */
  private static final long WORTH_SHARING = 1L << 20;

  private final EncodingParameters parameters;
  private final Axis axis;
  private final Workers<Worker> workers;

  /** Callers often come back with others of the same slivers. */
  private Crossing last;

  /** From slivers of an axis; takes {@link #workerBytes} for each thread that is put to work. */
  public CrossDecoder(
      EncodingParameters parameters, Axis axis, Engine engine, Arena arena, int parallelism) {
    this.parameters = parameters;
    this.axis = axis;
    ReedSolomon code = Crossing.code(parameters, axis);
    this.workers = new Workers<>(parallelism, arena, own -> new Worker(code, engine, own));
  }

  /** Returns bytes of native memory that a thread takes, if no heap memory is staged. */
  public static long workerBytes(EncodingParameters parameters, Axis axis) {
    return Crossing.code(parameters, axis).decoderBytes();
  }

  /** Returns what to read if these slivers are usable: the last answer again if it still holds. */
  public Crossing crossing(BitSet usable) {
    if (last == null || !last.isFor(usable)) {
      last = Crossing.of(parameters, axis, usable);
    }
    return last;
  }

  /** Restores the missing source symbols of lanes in a block of {@code crossing}. */
  public void restore(Crossing crossing, SymbolRows block, int symbolSize, int lanes) {
    if (crossing.missing() > 0) {
      restore(crossing, block, block, symbolSize, lanes);
    }
  }

  /**
   * Restores all source symbols of lanes: those that were received are copied. Few lanes of long
   * symbols are cut at chunks, so that there is work for all threads.
   *
   * @param received where the symbols lie that are read, native or heap
   * @param restored where the source symbols go, native or heap
   */
  public void restore(
      Crossing crossing, SymbolRows received, SymbolRows restored, int symbolSize, int lanes) {
    boolean worthSharing =
        (long) parameters.sourceSymbols(axis) * lanes * symbolSize >= WORTH_SHARING;
    boolean shared =
        workers.most() > 1
            && worthSharing
            && crossing.allMatch(received, restored, WorkCrew::isShared);
    boolean inPlace = crossing.allMatch(received, restored, MemorySegment::isNative);
    int threads = shared ? workers.most() : 1;
    int tasks = shared ? TASKS_PER_WORKER * threads : 1;
    int lanesInTask = Math.ceilDiv(lanes, tasks);
    int laneTasks = Math.ceilDiv(lanes, lanesInTask);
    int chunks = Math.ceilDiv(symbolSize, CHUNK);
    int pieceBytes = CHUNK * Math.ceilDiv(chunks, Math.ceilDiv(tasks, laneTasks));
    int pieces = Math.ceilDiv(symbolSize, pieceBytes);
    workers.run(
        threads,
        laneTasks * pieces,
        (worker, task) -> {
          int lane = task / pieces * lanesInTask;
          int from = task % pieces * pieceBytes;
          int bytes = Math.min(pieceBytes, symbolSize - from);
          int count = Math.min(lanesInTask, lanes - lane);
          SymbolRows in = part(received, lane, from);
          SymbolRows out = part(restored, lane, from);
          if (inPlace) {
            worker.restore(crossing, in, out, bytes, count);
          } else {
            worker.restoreStaged(crossing, in, out, bytes, count);
          }
        });
  }

  private static SymbolRows part(SymbolRows rows, int lane, int symbolByte) {
    long from = lane * rows.laneStride() + symbolByte;
    return from == 0 ? rows : new Part(rows, from);
  }

  /** The same symbols from a lane and a byte on. */
  private record Part(SymbolRows rows, long from) implements SymbolRows {
    @Override
    public MemorySegment segment(int index) {
      return rows.segment(index);
    }

    @Override
    public long offset(int index) {
      return rows.offset(index) + from;
    }

    @Override
    public long laneStride() {
      return rows.laneStride();
    }
  }

  /** One thread. */
  private static final class Worker {
    private final ReedSolomonDecoder decoder;
    private final Arena arena;
    private MemorySegment stage = MemorySegment.NULL;

    Worker(ReedSolomon code, Engine engine, Arena arena) {
      this.decoder = code.newDecoder(engine, arena);
      this.arena = arena;
    }

    void restore(Crossing crossing, SymbolRows in, SymbolRows out, int bytes, int lanes) {
      decoder.decode(crossing.pattern(), in, out, bytes, lanes);
      if (!in.equals(out)) {
        crossing.copyOriginals(in, out, bytes, lanes);
      }
    }

    void restoreStaged(Crossing crossing, SymbolRows in, SymbolRows out, int bytes, int lanes) {
      crossing.copyOriginals(in, out, bytes, lanes);
      int group = crossing.missing() == 0 ? lanes : Math.clamp(STAGED_BYTES / bytes, 1, lanes);
      for (int first = 0; crossing.missing() > 0 && first < lanes; first += group) {
        int count = Math.min(group, lanes - first);
        stage = NativeMemory.atLeast(stage, count * crossing.laneBytes(bytes), arena);
        SymbolRows staged = crossing.symbolBySymbol(stage, bytes, count);
        crossing.copyUsed(part(in, first, 0), staged, bytes, count);
        decoder.decode(crossing.pattern(), staged, staged, bytes, count);
        crossing.copyMissing(staged, part(out, first, 0), bytes, count);
      }
    }
  }
}
