package io.redstuff.bench.peer;

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
 * BLAKE2b-256 of libb2: one message, a prefix byte before it as before a leaf. Nanoseconds per
 * message, with the call from Java.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsPrepend = "--enable-native-access=ALL-UNNAMED")
@State(Scope.Thread)
public class LibB2Benchmark {
  /** Bytes after the prefix. */
  @Param({"2", "64", "1024", "4820"})
  int messageBytes;

  private Arena arena;
  private MemorySegment message;
  private MemorySegment digest;

  /** Fills a message with bytes that are the same in every run. */
  @Setup
  public void setUp() {
    byte[] bytes = new byte[1 + messageBytes];
    new Random(0x5EED).nextBytes(bytes);
    bytes[0] = 0;
    arena = Arena.ofConfined();
    message = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
    digest = arena.allocate(32);
  }

  /** Frees the message. */
  @TearDown
  public void tearDown() {
    arena.close();
  }

  /**
   * Hashes the message.
   *
   * @return the digest
   */
  @Benchmark
  public MemorySegment hash() {
    LibB2.hash(message, digest);
    return digest;
  }
}
