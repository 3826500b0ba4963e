package io.redstuff.bench;

import io.redstuff.EncodingParameters;
import io.redstuff.codec.BlobEncoder;
import io.redstuff.codec.RedStuff;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.ReedSolomonEncoder;
import io.redstuff.simd.SymbolRows;
import io.redstuff.simd.hash.LaneHasher;
import io.redstuff.simd.hash.TwoByteLeaves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where the time of a blob id goes: each phase alone, in the shapes and spacings it has within, on
 * one thread; what the whole takes beyond their sum is the rest (staging, page faults, waiting for
 * caches that a phase alone finds warm).
 *
 * <p>Prints JSON: milliseconds of each phase by blob. Arguments: sizes of blobs in bytes; the
 * number of shards is the system property {@code shards}, 1000 by default.
 */
public final class BlobBreakdown {
  /** Long enough for the compilers to be done; the best round of all counts. */
  private static final long NANOS_EACH = 4_000_000_000L;

  private static final int LEAST_ROUNDS = 5;

  private final EncodingParameters parameters;
  private final Engine engine;
  private final Arena arena;
  private final int symbolSize;
  private final MemorySegment matrix;
  private final MemorySegment extension;

  private BlobBreakdown(EncodingParameters parameters, Engine engine, Arena arena, int blobBytes) {
    this.parameters = parameters;
    this.engine = engine;
    this.arena = arena;
    this.symbolSize = parameters.symbolSize(blobBytes);
    this.matrix = SeededBytes.allocate(arena, parameters.paddedLength(blobBytes), 1);
    this.extension = arena.allocate((long) (n() - k2()) * k1() * symbolSize, 64);
  }

  /** Measures blobs of so many bytes and prints. */
  public static void main(String[] args) {
    RedStuff codec =
        RedStuff.forShards(Integer.getInteger("shards", 1000), EngineBenchmark.selected())
            .withParallelism(1);
    Map<String, Map<String, Double>> blobs = new LinkedHashMap<>();
    for (String arg : args) {
      int bytes = Integer.parseInt(arg);
      Map<String, Double> phases = measure(codec, bytes, NANOS_EACH);
      phases.replaceAll((_, millis) -> Math.rint(100 * millis) / 100);
      blobs.put(name(bytes), phases);
    }
    System.out.println(new JsonMapper().writeValueAsString(blobs));
  }

  /** Milliseconds by phase. */
  static Map<String, Double> measure(RedStuff codec, int bytes, long nanosEach) {
    Map<String, Double> phases = new LinkedHashMap<>();
    try (Arena arena = Arena.ofConfined()) {
      BlobBreakdown blob = new BlobBreakdown(codec.parameters(), codec.engine(), arena, bytes);
      phases.put("extend rows", best(blob.rows(), nanosEach));
      phases.put("extend columns", best(blob.columns(), nanosEach));
      phases.put("hash leaves", best(blob.leaves(), nanosEach));
      phases.put("hash inner nodes", best(blob.innerNodes(), nanosEach));
      BlobEncoder encoder = codec.newEncoder(arena);
      MemorySegment content = blob.matrix.asSlice(0, bytes);
      double whole = best(() -> encoder.metadata(content), nanosEach);
      double sum = phases.values().stream().mapToDouble(Double::doubleValue).sum();
      phases.put("rest", Math.max(0, whole - sum));
    }
    return phases;
  }

  private static String name(int bytes) {
    return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : bytes + " B";
  }

  private static double best(Runnable phase, long nanos) {
    double least = Double.MAX_VALUE;
    long end = System.nanoTime() + nanos;
    for (int round = 0; round < LEAST_ROUNDS || System.nanoTime() < end; round++) {
      long start = System.nanoTime();
      phase.run();
      least = Math.min(least, (System.nanoTime() - start) / 1e6);
    }
    return least;
  }

  private int n() {
    return parameters.shards();
  }

  private int k1() {
    return parameters.primarySourceSymbols();
  }

  private int k2() {
    return parameters.secondarySourceSymbols();
  }

  private Runnable rows() {
    ReedSolomonEncoder encoder = ReedSolomon.of(k2(), n() - k2()).newEncoder(engine, arena);
    long rowBytes = (long) k2() * symbolSize;
    long columnBytes = (long) k1() * symbolSize;
    SymbolRows source = new SymbolRows.Grid(matrix, 0, 0, symbolSize, rowBytes);
    SymbolRows target = new SymbolRows.Grid(extension, 0, k2(), columnBytes, symbolSize);
    return () -> encoder.encode(source, target, symbolSize, k1());
  }

  private int group() {
    return Math.clamp(engine.batchBytes() / symbolSize, 1, k2());
  }

  private Runnable columns() {
    ReedSolomonEncoder encoder = ReedSolomon.of(k1(), n() - k1()).newEncoder(engine, arena);
    int group = group();
    MemorySegment scratch = arena.allocate((long) (n() - k1()) * group * symbolSize, 64);
    SymbolRows target =
        new SymbolRows.Grid(scratch, 0, k1(), (long) group * symbolSize, symbolSize);
    long rowBytes = (long) k2() * symbolSize;
    long columnBytes = (long) k1() * symbolSize;
    return () -> {
      for (int column = 0; column < n(); ) {
        int limit = column < k2() ? k2() : n();
        int count = Math.min(group, limit - column);
        SymbolRows source =
            column < k2()
                ? new SymbolRows.Grid(matrix, (long) column * symbolSize, 0, rowBytes, symbolSize)
                : new SymbolRows.Grid(
                    extension, (column - k2()) * columnBytes, 0, symbolSize, columnBytes);
        encoder.encode(source, target, symbolSize, count);
        column += count;
      }
    };
  }

  private Runnable leaves() {
    LaneHasher hasher = new LaneHasher(engine.hash(), arena);
    MemorySegment groups = arena.allocate((n() / 8 + 1L) * LaneHasher.GROUP_BYTES, 64);
    long stride = (long) group() * symbolSize;
    MemorySegment symbols = SeededBytes.allocate(arena, n() * stride, 2);
    TwoByteLeaves table = symbolSize == 2 ? new TwoByteLeaves(engine.hash(), arena) : null;
    return () -> {
      for (int column = 0; column < n(); column++) {
        long at = (long) (column % group()) * symbolSize;
        if (table != null) {
          table.lookUp(symbols, at, stride, n(), groups, 0);
        } else {
          hasher.hashLeaves(symbols, at, stride, symbolSize, n(), groups, 0);
        }
      }
    };
  }

  private Runnable innerNodes() {
    LaneHasher hasher = new LaneHasher(engine.hash(), arena);
    int group = LaneHasher.GROUP_BYTES;
    MemorySegment rows = arena.allocate((n() + LaneHasher.LANES + 1L) * group, 64);
    MemorySegment columns = arena.allocate((n() + LaneHasher.LANES + 1L) * group, 64);
    return () -> {
      for (int column = 0; column < n(); column += LaneHasher.LANES) {
        for (int row = 0; row < n(); row += LaneHasher.LANES) {
          hasher.transpose(rows, (long) row * group, group, columns, (long) row * group);
        }
        for (MemorySegment nodes : List.of(rows, columns)) {
          for (int size = n(); size > 1; ) {
            size = Math.ceilDiv(size, 2);
            hasher.fold(nodes, 0, group, 2L * group, size, nodes, 0);
          }
        }
      }
    };
  }
}
