package io.redstuff.bench.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
 * The Reed-Solomon encoder of ISA-L, over GF(2^8): all parity blocks from all data blocks.
 * Microseconds per codeword; data and parity blocks together divided by them are the rate.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsPrepend = "--enable-native-access=ALL-UNNAMED")
@State(Scope.Thread)
public class IsaLBenchmark {
  /** Data blocks, parity blocks, bytes of a block. */
  @Param({"10:4:1024", "10:4:65536", "10:4:1048576"})
  String shape;

  private Arena arena;
  private MemorySegment parity;
  private IsaL code;

  /** Fills the data blocks with bytes that are the same in every run. */
  @Setup
  public void setUp() {
    Blocks blocks = Blocks.parse(shape);
    int length = blocks.length();
    arena = Arena.ofConfined();
    MemorySegment data = arena.allocate((long) blocks.data() * length, 64);
    parity = arena.allocate((long) blocks.parity() * length, 64);
    byte[][] bytes = blocks.random();
    for (int i = 0; i < bytes.length; i++) {
      MemorySegment.copy(bytes[i], 0, data, ValueLayout.JAVA_BYTE, (long) i * length, length);
    }
    code = new IsaL(arena, blocks.data(), blocks.parity(), data, parity, length);
  }

  /** Frees the blocks. */
  @TearDown
  public void tearDown() {
    arena.close();
  }

  /**
   * Encodes.
   *
   * @return the parity blocks, one after the other
   */
  @Benchmark
  public MemorySegment encode() {
    code.encode();
    return parity;
  }
}
