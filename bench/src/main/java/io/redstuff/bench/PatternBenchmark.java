package io.redstuff.bench;

import io.redstuff.simd.ErasurePattern;
import io.redstuff.simd.ReedSolomon;
import java.util.BitSet;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What is paid once for all codewords that lack the same symbols. Microseconds per pattern; no
 * engine takes part.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class PatternBenchmark {
  /** Original symbols, recovery symbols, bytes of a symbol, which do not matter here. */
  @Param({"334:666:2", "667:333:2", "32:32:2", "512:512:2", "10:4:2"})
  String shape;

  private ReedSolomon code;
  private BitSet present;
  private ErasurePattern pattern;

  /** Loses as many originals as the code can restore, the first ones. */
  @Setup
  public void setUp() {
    CodeShape parsed = CodeShape.parse(shape);
    code = parsed.code();
    present = new BitSet();
    present.set(parsed.mostLost(), code.length());
    pattern = code.erasures(present);
  }

  /** The error locator. */
  @Benchmark
  public ErasurePattern prepare() {
    return code.erasures(present);
  }

  /** Symbol 0 as a combination of the symbols at hand. */
  @Benchmark
  public int[] coefficients() {
    return pattern.coefficients(0);
  }
}
