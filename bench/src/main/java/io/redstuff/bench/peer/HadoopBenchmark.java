package io.redstuff.bench.peer;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.io.erasurecode.ErasureCoderOptions;
import org.apache.hadoop.io.erasurecode.rawcoder.RSRawErasureCoderFactory;
import org.apache.hadoop.io.erasurecode.rawcoder.RawErasureEncoder;
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
 * The plain Java Reed-Solomon encoder of Hadoop, over GF(2^8): all parity blocks from all data
 * blocks. Microseconds per codeword; data and parity blocks together divided by them are the rate.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class HadoopBenchmark {
  /** Data blocks, parity blocks, bytes of a block. */
  @Param({"10:4:1024", "10:4:65536", "10:4:1048576", "6:3:1048576"})
  String shape;

  private RawErasureEncoder encoder;
  private byte[][] data;
  private byte[][] parity;

  /** Fills the data blocks with bytes that are the same in every run. */
  @Setup
  public void setUp() {
    Blocks blocks = Blocks.parse(shape);
    encoder =
        new RSRawErasureCoderFactory()
            .createEncoder(new ErasureCoderOptions(blocks.data(), blocks.parity()));
    data = blocks.random();
    parity = new byte[blocks.parity()][blocks.length()];
  }

  /**
   * Encodes.
   *
   * @return the parity blocks
   * @throws IOException never
   */
  @Benchmark
  public byte[][] encode() throws IOException {
    encoder.encode(data, parity);
    return parity;
  }
}
