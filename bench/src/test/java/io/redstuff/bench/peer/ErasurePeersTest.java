package io.redstuff.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hadoop and ISA-L compute the code that their labels say: parity from a Cauchy matrix over GF(2^8)
 * modulo x^8 + x^4 + x^3 + x^2 + 1, computed here bit by bit.
 */
class ErasurePeersTest {
  @ParameterizedTest
  @ValueSource(strings = {"10:4:1024", "6:3:1000", "2:1:1"})
  void hadoop(String shape) throws IOException {
    HadoopBenchmark benchmark = new HadoopBenchmark();
    benchmark.shape = shape;
    benchmark.setUp();
    assertArrayEquals(parity(Blocks.parse(shape)), benchmark.encode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10:4:1024", "6:3:1000", "2:1:64"})
  void isaL(String shape) {
    Installed.orSkip(IsaL.LIBRARY);
    IsaLBenchmark benchmark = new IsaLBenchmark();
    benchmark.shape = shape;
    benchmark.setUp();
    try {
      ByteBuffer flat =
          ByteBuffer.allocate(Blocks.parse(shape).parity() * Blocks.parse(shape).length());
      for (byte[] block : parity(Blocks.parse(shape))) {
        flat.put(block);
      }
      assertArrayEquals(flat.array(), benchmark.encode().toArray(ValueLayout.JAVA_BYTE));
    } finally {
      benchmark.tearDown();
    }
  }

  private static byte[][] parity(Blocks blocks) {
    byte[][] data = blocks.random();
    byte[][] parity = new byte[blocks.parity()][blocks.length()];
    for (int row = 0; row < blocks.parity(); row++) {
      for (int column = 0; column < blocks.data(); column++) {
        int coefficient = inverse((blocks.data() + row) ^ column);
        for (int i = 0; i < blocks.length(); i++) {
          parity[row][i] ^= (byte) product(coefficient, data[column][i] & 0xFF);
        }
      }
    }
    return parity;
  }

  private static int inverse(int a) {
    int b = 1;
    while (product(a, b) != 1) {
      b++;
    }
    return b;
  }

  private static int product(int a, int b) {
    int sum = 0;
    for (int bit = 7; bit >= 0; bit--) {
      sum <<= 1;
      if ((sum & 0x100) != 0) {
        sum ^= 0x11D;
      }
      if ((b >> bit & 1) != 0) {
        sum ^= a;
      }
    }
    return sum;
  }
}
