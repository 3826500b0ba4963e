package io.redstuff.bench.peer;

import io.redstuff.bench.CodeShape;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.io.erasurecode.ErasureCoderOptions;
import org.apache.hadoop.io.erasurecode.rawcoder.RSRawErasureCoderFactory;
import org.apache.hadoop.io.erasurecode.rawcoder.RawErasureEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * The plain Java Reed-Solomon encoder of Hadoop, over GF(2^8): all parity blocks from all data
 * blocks. Microseconds per codeword; data and parity blocks together divided by them are the rate.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HadoopBenchmark extends PeerBenchmark {
  /** Data blocks, parity blocks, bytes of a block. */
  @Param({"10:4:1024", "10:4:65536", "10:4:1048576", "6:3:1048576"})
  String shape;

  private RawErasureEncoder encoder;
  private byte[][] data;
  private byte[][] parity;

  /** Makes the data blocks. */
  @Setup
  public void setUp() {
    CodeShape blocks = CodeShape.parse(shape);
    data = data(blocks);
    parity = new byte[blocks.code().recovery()][blocks.symbolBytes()];
    var options = new ErasureCoderOptions(data.length, parity.length);
    encoder = new RSRawErasureCoderFactory().createEncoder(options);
  }

  /** Returns the parity blocks. */
  @Benchmark
  public byte[][] encode() throws IOException {
    encoder.encode(data, parity);
    return parity;
  }
}
