package io.redstuff.bench.peer;

import io.redstuff.bench.CodeShape;
import java.util.Random;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the benchmarks of others share: how long they run, and bytes that are always the same. */
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsPrepend = "--enable-native-access=ALL-UNNAMED")
@State(Scope.Thread)
public abstract class PeerBenchmark {
  /** A message to hash, of so many bytes after a prefix byte, as a leaf has it. */
  static byte[] message(int bytes) {
    byte[] message = new byte[1 + bytes];
    new Random(0x5EED).nextBytes(message);
    message[0] = 0;
    return message;
  }

  /** Data blocks to encode. */
  static byte[][] data(CodeShape shape) {
    Random random = new Random(0x5EED);
    byte[][] blocks = new byte[shape.code().originals()][shape.symbolBytes()];
    for (byte[] block : blocks) {
      random.nextBytes(block);
    }
    return blocks;
  }
}
