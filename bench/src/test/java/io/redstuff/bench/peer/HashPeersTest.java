package io.redstuff.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.redstuff.simd.hash.Blake2b;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The others hash the same messages to the same digests. */
class HashPeersTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 64, 127, 128, 1024, 4820})
  void bouncyCastle(int messageBytes) {
    BouncyCastleBenchmark benchmark = new BouncyCastleBenchmark();
    benchmark.messageBytes = messageBytes;
    benchmark.setUp();
    assertArrayEquals(ours(messageBytes), benchmark.hash());
    assertArrayEquals(ours(messageBytes), benchmark.hash(), "again");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 64, 127, 128, 1024, 4820})
  void libB2(int messageBytes) {
    Installed.orSkip(LibB2Benchmark.LIBRARY);
    LibB2Benchmark benchmark = new LibB2Benchmark();
    benchmark.messageBytes = messageBytes;
    benchmark.setUp();
    try {
      assertArrayEquals(ours(messageBytes), benchmark.hash().toArray(ValueLayout.JAVA_BYTE));
    } finally {
      benchmark.tearDown();
    }
  }

  private static byte[] ours(int messageBytes) {
    return Blake2b.hash(PeerBenchmark.message(messageBytes));
  }
}
