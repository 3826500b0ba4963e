package io.redstuff.bench.peer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.redstuff.bench.CodeShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
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
    assertArrayEquals(parity(CodeShape.parse(shape)), benchmark.encode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10:4:1024", "6:3:1000", "2:1:64"})
  void isaL(String shape) {
    Installed.orSkip(IsaLBenchmark.LIBRARY);
    IsaLBenchmark benchmark = new IsaLBenchmark();
    benchmark.shape = shape;
    benchmark.setUp();
    try {
      var flat = new ByteArrayOutputStream();
      for (byte[] block : parity(CodeShape.parse(shape))) {
        flat.writeBytes(block);
      }
      assertArrayEquals(flat.toByteArray(), benchmark.encode().toArray(ValueLayout.JAVA_BYTE));
    } finally {
      benchmark.tearDown();
    }
  }

  private static byte[][] parity(CodeShape shape) {
    byte[][] data = PeerBenchmark.data(shape);
    byte[][] parity = new byte[shape.code().recovery()][shape.symbolBytes()];
    for (int row = 0; row < parity.length; row++) {
      for (int column = 0; column < data.length; column++) {
        int coefficient = inverse((data.length + row) ^ column);
        for (int i = 0; i < shape.symbolBytes(); i++) {
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
