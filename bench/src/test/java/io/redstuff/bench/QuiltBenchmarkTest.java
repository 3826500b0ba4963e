package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class QuiltBenchmarkTest {
  @Test
  void whatIsReadIsTheMiddleFile() throws Exception {
    QuiltBenchmark benchmark = new QuiltBenchmark();
    benchmark.shards = 31;
    benchmark.files = 12;
    benchmark.setUp();
    try {
      Bytes bytes = new Bytes();
      byte[] file = benchmark.wanted();
      assertEquals(1024 + 6 * 7919 % 19456, file.length);
      assertArrayEquals(file, benchmark.readByName(bytes));
      assertArrayEquals(file, benchmark.readById(bytes).toArray(ValueLayout.JAVA_BYTE));
      assertEquals(2L * file.length, bytes.bytes);
      assertArrayEquals(benchmark.pack(new Bytes()), benchmark.pack(new Bytes()));
    } finally {
      benchmark.tearDown();
    }
  }
}
