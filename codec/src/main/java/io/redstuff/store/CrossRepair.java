package io.redstuff.store;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.internal.matrix.CrossDecoder;
import io.redstuff.internal.matrix.Crossing;
import io.redstuff.internal.matrix.HashCrew;
import io.redstuff.internal.matrix.SymbolCutter;
import io.redstuff.internal.matrix.Symbols;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.internal.work.Workers;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.simd.SymbolRows;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * Restores slivers of one axis from the symbols where slivers of the other axis cross them, and
 * hashes them. Of a source no more is read than these symbols, if they are among the ones it holds.
 */
final class CrossRepair {
  /** Short sources are read and expanded together up to so many bytes of a symbol of each. */
  private static final int GROUP_BYTES = 1024;

  /** What lies between two symbols that are read is read too if it is no longer. */
  private static final long GAP_BYTES = 4096;

  /** How often the monitor hears: each thread has read so many groups of sources. */
  private static final int GROUPS_PER_THREAD = 4;

  /** Gets what was restored. */
  @FunctionalInterface
  interface Results {
    /** Symbols are native memory, valid during the call; their hash is the right one or not. */
    void accept(SliverId sliver, MemorySegment symbols, boolean matches) throws IOException;
  }

  private final StoredEncoding stored;
  private final RedStuff codec;
  private final EncodingParameters parameters;
  private final StoredSlivers slivers;
  private final Axis axis;
  private final int symbolSize;
  private final int most;
  private final CrossDecoder decoder;
  private final HashCrew hashers;
  private final Workers<Reader> readers;

  /**
   * For slivers of an axis.
   *
   * @param memory bytes that it may take; takes what one sliver needs in any case
   * @param arena gives what does not depend on how many slivers are restored
   */
  CrossRepair(StoredEncoding stored, StoredSlivers slivers, Axis axis, long memory, Arena arena) {
    this.stored = stored;
    this.codec = stored.codec();
    this.parameters = codec.parameters();
    this.slivers = slivers;
    this.axis = axis;
    this.symbolSize = stored.metadata().symbolSize();
    Axis sources = axis.opposite();
    // A reader has a group of sources, copies them, and expands them.
    int sourceBytes = Math.max(symbolSize, GROUP_BYTES);
    long perThread =
        2L * parameters.symbolsPerSliver(sources) * sourceBytes
            + HashCrew.workerBytes(parameters, sources, symbolSize)
            + HashCrew.workerBytes(parameters, axis, symbolSize)
            + CrossDecoder.workerBytes(parameters, sources);
    int threads = Math.clamp(memory / 2 / perThread, 1, codec.parallelism());
    long laneBytes = (long) parameters.shards() * symbolSize;
    this.most = Math.clamp((memory - threads * perThread) / laneBytes, 1, parameters.shards());
    this.decoder = new CrossDecoder(parameters, sources, codec.engine(), arena, threads);
    this.hashers = new HashCrew(parameters, axis, codec.engine(), arena, threads);
    this.readers = new Workers<>(threads, arena, Reader::new);
  }

  /** Returns how many slivers there is room for at a time. */
  int most() {
    return most;
  }

  /** Returns which of the sources are read if these can be. */
  Crossing crossing(BitSet usable) {
    return decoder.crossing(usable);
  }

  /**
   * Restores slivers.
   *
   * @param targets slivers of the axis, at most {@link #most}
   * @param crossing what to read
   * @param proven symbols of the one target, by source, that take the place of what would be read
   * @return false if a source could not be read; it is left out now, and there are no results
   */
  boolean restore(
      List<SliverId> targets,
      Crossing crossing,
      Map<Integer, GeneralRecoverySymbol> proven,
      WorkMonitor monitor,
      Results results)
      throws IOException {
    int[] wanted = targets.stream().mapToInt(SliverId::index).toArray();
    long laneBytes = crossing.laneBytes(symbolSize);
    try (Arena arena = stored.newArena()) {
      MemorySegment memory = arena.allocate(targets.size() * laneBytes, 64);
      SymbolRows block = crossing.laneByLane(memory, symbolSize);
      boolean read = read(crossing, wanted, proven, block, monitor);
      if (read) {
        decoder.restore(crossing, block, symbolSize, wanted.length);
        boolean[] matches = hashers.matches(stored.metadata(), targets, memory, laneBytes);
        long length = parameters.sliverLength(axis, symbolSize);
        for (int lane = 0; lane < matches.length; lane++) {
          results.accept(
              targets.get(lane), memory.asSlice(lane * laneBytes, length), matches[lane]);
        }
      }
      return read;
    }
  }

  private boolean read(
      Crossing crossing,
      int[] wanted,
      Map<Integer, GeneralRecoverySymbol> proven,
      SymbolRows block,
      WorkMonitor monitor) {
    proven.forEach(
        (index, symbol) -> {
          if (IntStream.of(crossing.used()).anyMatch(used -> used == index)) {
            MemorySegment data = MemorySegment.ofArray(symbol.data());
            MemorySegment.copy(data, 0, block.segment(index), block.offset(index), symbolSize);
          }
        });
    int[] sources = IntStream.of(crossing.used()).filter(i -> !proven.containsKey(i)).toArray();
    int together = Math.max(1, GROUP_BYTES / symbolSize);
    int groups = Math.ceilDiv(sources.length, together);
    int round = readers.most() * GROUPS_PER_THREAD;
    AtomicBoolean failed = new AtomicBoolean();
    for (int first = 0; first < groups && !failed.get(); first += round) {
      int from = first;
      monitor.report(first, groups);
      readers.run(
          readers.most(),
          Math.min(round, groups - first),
          (reader, task) -> {
            int at = (from + task) * together;
            int count = Math.min(together, sources.length - at);
            if (!reader.read(sources, at, count, wanted, block)) {
              failed.set(true);
            }
          });
    }
    return !failed.get();
  }

  /** One thread. */
  private final class Reader {
    private final Arena arena;
    private final int held = parameters.symbolsPerSliver(axis.opposite());
    private SymbolCutter cutter;
    private MemorySegment memory = MemorySegment.NULL;

    Reader(Arena arena) {
      this.arena = arena;
    }

    boolean read(int[] sources, int first, int count, int[] wanted, SymbolRows block) {
      boolean whole = wanted[wanted.length - 1] >= held;
      long length = (long) held * symbolSize;
      memory = NativeMemory.atLeast(memory, (whole ? count : 1) * length, arena);
      List<MemorySegment> read = new ArrayList<>();
      int[] indices = new int[count];
      for (int i = 0; i < count; i++) {
        SliverId source = new SliverId(axis.opposite(), sources[first + i]);
        indices[i] = source.index();
        try {
          if (whole) {
            read.add(memory.asSlice(i * length, length));
            slivers.read(source, 0, read.getLast());
          } else {
            readSymbols(source, wanted, block);
          }
        } catch (IOException e) {
          slivers.leaveOut(source, StoredSlivers.unreadable(e));
          return false;
        }
      }
      if (whole) {
        if (cutter == null) {
          cutter = new SymbolCutter(parameters, axis.opposite(), codec.engine(), arena, 1);
        }
        cutter.cut(read, wanted, symbolSize, indices, block);
      }
      return true;
    }

    /** Reads symbols that lie in a sliver as they are. */
    private void readSymbols(SliverId source, int[] wanted, SymbolRows block) throws IOException {
      int lane = 0;
      while (lane < wanted.length) {
        int last = lane;
        while (last + 1 < wanted.length
            && (long) (wanted[last + 1] - wanted[last] - 1) * symbolSize <= GAP_BYTES) {
          last++;
        }
        long from = (long) wanted[lane] * symbolSize;
        long bytes = (long) (wanted[last] + 1) * symbolSize - from;
        slivers.read(source, from, memory.asSlice(0, bytes));
        for (; lane <= last; lane++) {
          Symbols.copy(
              memory,
              (long) wanted[lane] * symbolSize - from,
              symbolSize,
              block.segment(source.index()),
              block.offset(source.index()) + lane * block.laneStride(),
              symbolSize,
              symbolSize,
              1);
        }
      }
    }
  }
}
