package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.error.RedStuffException;
import io.redstuff.simd.hash.Blake2b;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashBenchmarkTest {
  @ParameterizedTest
  @CsvSource({"2, 128", "64, 128", "127, 128", "128, 256", "1024, 1152"})
  void everyDigestIsThatOfItsMessage(int messageBytes, int blockBytes) throws RedStuffException {
    HashBenchmark benchmark = new HashBenchmark();
    benchmark.messageBytes = messageBytes;
    benchmark.setUp();
    try {
      Bytes many = new Bytes();
      benchmark.manyMessages(many);
      for (int i = 0; i < HashBenchmark.MESSAGES; i++) {
        byte[] message =
            benchmark
                .messages()
                .asSlice((long) i * messageBytes, messageBytes)
                .toArray(ValueLayout.JAVA_BYTE);
        byte[] digest = benchmark.digests().asSlice(i * 32L, 32).toArray(ValueLayout.JAVA_BYTE);
        assertArrayEquals(Blake2b.hash(new byte[1], message), digest);
      }
      Bytes one = new Bytes();
      assertArrayEquals(
          benchmark.digests().asSlice(0, 32).toArray(ValueLayout.JAVA_BYTE),
          benchmark.oneMessage(one));
      assertEquals(blockBytes, one.bytes);
      assertEquals((long) HashBenchmark.MESSAGES * blockBytes, many.bytes);
    } finally {
      benchmark.tearDown();
    }
  }
}
