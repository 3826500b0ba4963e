package io.redstuff.bench;

import io.redstuff.BlobId;
import io.redstuff.RedStuff;
import io.redstuff.simd.Engines;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long the id of a blob takes, from bytes in native memory, on one thread: encoding and hashing
 * without keeping slivers. Milliseconds per blob; {@link #blobBytes} divided by them is the rate in
 * blob bytes.
 *
 * <p>Other values come from the command line: {@code -p engine=scalar} an engine that the JVM would
 * not select, {@code -p shards=1000 -p blobBytes=33554432} a longer blob, for which 10 shards are
 * too few.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
@State(Scope.Thread)
public class BlobIdBenchmark {
  /** The engine that the JVM selects. */
  static final String SELECTED = "selected";

  private static final long SEED = 0x5EED;

  @Param({"10", "100", "1000"})
  int shards;

  @Param({"1024", "1048576"})
  int blobBytes;

  @Param(SELECTED)
  String engine;

  private Arena arena;
  private MemorySegment blob;
  private RedStuff codec;

  /** Fills a blob with bytes that are the same in every run. */
  @Setup
  public void setUp() {
    byte[] bytes = new byte[blobBytes];
    new Random(SEED).nextBytes(bytes);
    arena = Arena.ofConfined();
    blob = arena.allocate(blobBytes, 64);
    MemorySegment.copy(bytes, 0, blob, ValueLayout.JAVA_BYTE, 0, blobBytes);
    codec =
        engine.equals(SELECTED)
            ? RedStuff.forShards(shards)
            : RedStuff.forShards(shards, Engines.named(engine));
  }

  /** Frees the blob. */
  @TearDown
  public void tearDown() {
    arena.close();
  }

  /**
   * The one-liner, with all that it allocates.
   *
   * @return the id
   */
  @Benchmark
  public BlobId blobId() {
    return codec.blobId(blob);
  }
}
