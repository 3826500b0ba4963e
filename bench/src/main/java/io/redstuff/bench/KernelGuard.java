package io.redstuff.bench;

import io.redstuff.codec.BlobEncoder;
import io.redstuff.codec.RedStuff;
import io.redstuff.simd.Engine;
import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.FieldWorkSet;
import io.redstuff.simd.FieldWorkSet.Pass;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.ReedSolomonDecoder;
import io.redstuff.simd.ReedSolomonEncoder;
import io.redstuff.simd.SymbolRows;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/**
 * Fails when a kernel fell off the cliff where the compiler keeps vectors as objects on the heap:
 * the results stay right, and all is 10 to 100 times slower.
 *
 * <p>No absolute times, so that it holds on any machine: each kernel must not allocate, and must
 * reach a multiple of the speed of a fixed loop in the same JVM. The floors are about a quarter of
 * what 128-bit vectors, or plain Java, reached when they were set.
 *
 * <pre>{@code
 * java --add-modules jdk.incubator.vector -cp bench/target/benchmarks.jar io.redstuff.bench.KernelGuard
 * }</pre>
 */
public final class KernelGuard {
  /** The columns of the table. */
  static final String ROW = "%-36s %10s %10s %14s %14s  %s%n";

  private static final int SEED = 1;
  private static final int WORK_BYTES = 512 << 10;
  private static final int MESSAGES = 128;
  private static final int BLOCK_BYTES = 128;

  /**
   * A blob id of 100 shards calls some kernels once or twice: until these are compiled, thousands
   * of ids have to be made. What has fallen out of vectors does not come back in any time.
   */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  /**
   * Bytes an id may allocate. One of 1 MiB needs 18 KB, and 370 KB more for each of the two hashes
   * it makes, of leaves and of nodes, where C2 does not inline the rounds of a hash alone, which
   * depends on what it compiled before: their working arrays, of sixteen words for six rounds, are
   * then objects. Seen: 18, 388 and 759 KB. Vectors kept as objects need more than six megabytes.
   */
  private static final long BLOB_ID_LIMIT = 1 << 20;

  private final List<GuardedKernel> kernels = new ArrayList<>();
  private final Engine engine;
  private final Arena arena;

  private KernelGuard(Engine engine, Arena arena) {
    this.engine = engine;
    this.arena = arena;
  }

  /**
   * Measures all kernels of the selected engine and the loops of the plain one, prints tables and
   * ends the JVM: with 0 when all are good, with 1 when one is not.
   */
  public static void main(String[] args) {
    boolean good = run(System.out);
    System.exit(PlainGuard.run(System.out) && good ? 0 : 1);
  }

  private static boolean run(PrintStream out) {
    Engine engine = EngineBenchmark.selected();
    out.println("engine " + engine);
    if (engine.vectorBits() == 0) {
      out.println("no vectors here: only the floors of plain Java are watched");
    }
    try (Arena arena = Arena.ofConfined()) {
      KernelGuard guard = new KernelGuard(engine, arena);
      guard.addFieldKernels();
      guard.addHashKernels();
      guard.addCode();
      guard.addBlobIds();
      return guard.measure(out);
    }
  }

  private void add(
      String name, long bytes, double vectorFloor, double scalarFloor, long limit, Runnable call) {
    double floor = engine.vectorBits() > 0 ? vectorFloor : scalarFloor;
    kernels.add(new GuardedKernel(name, bytes, floor, limit, call));
  }

  private void addFieldKernels() {
    MemorySegment work = SeededBytes.allocate(arena, WORK_BYTES, SEED);
    FieldWorkSet rows = new FieldWorkSet(engine, work, 1024);
    addPass("2 layers, factors in GF(2^8)", rows, Pass.FORWARD4, 1.5, 0.12);
    addPass("2 layers, general factors", rows, Pass.FORWARD4_GENERAL, 0.7, 0.05);
    addPass("2 layers back, factors in GF(2^8)", rows, Pass.INVERSE4, 1.5, 0.12);
    addPass("rows times a general factor", rows, Pass.MULTIPLY_GENERAL, 0.5, 0.025);
  }

  /** Bytes: those of the rows, for each layer. */
  private void addPass(
      String name, FieldWorkSet rows, Pass pass, double vectorFloor, double scalarFloor) {
    long bytes = (long) pass.layers() * WORK_BYTES;
    add(name, bytes, vectorFloor, scalarFloor, 0, () -> rows.run(pass));
  }

  /** Bytes: those of the 128-byte blocks. */
  private void addHashKernels() {
    addHash("hash of 65-byte messages", 64);
    addHash("hash of 1025-byte messages", 1024);
  }

  private void addHash(String name, int messageBytes) {
    long blocks = Math.ceilDiv(1 + messageBytes, BLOCK_BYTES);
    LeafHasher hasher = new LeafHasher(engine, arena);
    MemorySegment messages = SeededBytes.allocate(arena, (long) MESSAGES * messageBytes, SEED);
    MemorySegment digests = arena.allocate((long) MESSAGES * LeafHasher.DIGEST_BYTES);
    add(
        name,
        MESSAGES * blocks * BLOCK_BYTES,
        0.045,
        0.025,
        0,
        () ->
            hasher.hash(
                LeafHasher.LEAF_PREFIX,
                messages,
                0,
                messageBytes,
                messageBytes,
                MESSAGES,
                digests,
                0,
                LeafHasher.DIGEST_BYTES));
  }

  /** Bytes: those of the codewords. */
  private void addCode() {
    CodeShape shape = CodeShape.parse("67:33:1024");
    int size = shape.symbolBytes();
    int originals = shape.code().originals();
    long codewordBytes = (long) shape.code().length() * size;
    MemorySegment codeword = SeededBytes.allocate(arena, codewordBytes, SEED);
    SymbolRows rows = SymbolRows.contiguous(codeword, 0, size);
    ReedSolomonEncoder encoder = shape.code().newEncoder(engine, arena);
    add("encode 67:33", codewordBytes, 0.07, 0.012, 0, () -> encoder.encode(rows, rows, size, 1));

    BitSet present = new BitSet();
    present.set(shape.mostLost(), shape.code().length());
    ErasurePattern pattern = shape.code().erasures(present);
    ReedSolomonDecoder decoder = shape.code().newDecoder(engine, arena);
    MemorySegment restored = arena.allocate((long) originals * size, 64);
    SymbolRows lost = SymbolRows.contiguous(restored, 0, size);
    add(
        "decode 67:33",
        codewordBytes,
        0.03,
        0.005,
        0,
        () -> decoder.decode(pattern, rows, lost, size, 1));
  }

  /**
   * Bytes: those of the 128-byte blocks that are hashed, for each symbol of the n by n matrix its
   * leaf and one inner node in either direction.
   */
  private void addBlobIds() {
    addBlobId("blob id, 100 shards, 1 KiB", 1 << 10, 0.03, 0.015);
    addBlobId("blob id, 100 shards, 1 MiB", 1 << 20, 0.025, 0.009);
  }

  private void addBlobId(String name, int blobBytes, double vectorFloor, double scalarFloor) {
    int shards = 100;
    MemorySegment blob = SeededBytes.allocate(arena, blobBytes, SEED);
    RedStuff codec = RedStuff.forShards(shards, engine).withParallelism(1);
    BlobEncoder encoder = codec.newEncoder(arena);
    long leafBlocks = Math.ceilDiv(1 + codec.parameters().symbolSize(blobBytes), BLOCK_BYTES);
    long bytes = (leafBlocks + 2) * shards * shards * BLOCK_BYTES;
    add(name, bytes, vectorFloor, scalarFloor, BLOB_ID_LIMIT, () -> encoder.metadata(blob));
  }

  private boolean measure(PrintStream out) {
    CallMeter meter = new CallMeter();
    Yardstick yardstick = new Yardstick();
    List<String> complaints = new ArrayList<>();
    meter.settle(yardstick, cost -> true, 0);
    out.printf(Locale.ROOT, ROW, "kernel", "speed", "floor", "bytes/call", "limit", "");
    for (GuardedKernel kernel : kernels) {
      // anew beside each kernel: the clock of the processor changes
      double unit = meter.now(yardstick).nanos();
      CallMeter.Cost cost =
          meter.settle(kernel.call(), c -> kernel.complaint(c, unit).isEmpty(), PATIENCE_NANOS);
      out.print(kernel.line(cost, unit));
      kernel.complaint(cost, unit).ifPresent(complaints::add);
    }
    out.println("speed: bytes per byte of a chain of multiplications, both at their best");
    complaints.forEach(out::println);
    return complaints.isEmpty();
  }
}
