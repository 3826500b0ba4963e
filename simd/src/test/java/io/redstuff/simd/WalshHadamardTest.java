package io.redstuff.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.simd.field.Gf16;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Locators against products of differences. */
class WalshHadamardTest {
  @ParameterizedTest
  @MethodSource("locatorSizes")
  void locatorIsTheProductOfDifferences(int size) {
    Random random = new Random(size);
    int[] erased = random.ints(size, 0, 2).toArray();
    int[] sums = WalshHadamard.logLocator(erased.clone());
    for (int x = 0; x < size; x++) {
      int product = 1;
      for (int e = 0; e < size; e++) {
        if (erased[e] == 1 && e != x) {
          product = Gf16.multiply(product, x ^ e);
        }
      }
      assertEquals(product, Gf16.power(sums[x]));
    }
  }

  static Stream<Integer> locatorSizes() {
    return Stream.of(1, 2, 4, 8, 16, 64, 512, 2048, 4096);
  }

  /** Sums grow with the set: the full one is where an overflow would show. */
  @Test
  void theWholeFieldIsNotTooMuch() {
    int[] all = new int[Gf16.ORDER];
    Arrays.fill(all, 1);
    // the derivative of x^65536 + x is 1, and so is the product of all non-zero elements
    for (int log : WalshHadamard.logLocator(all)) {
      assertEquals(0, log);
    }
    int[] lone = new int[Gf16.ORDER];
    lone[12345] = 1;
    int[] logs = WalshHadamard.logLocator(lone);
    for (int x = 0; x < logs.length; x++) {
      assertEquals(x == 12345 ? 0 : Gf16.log(x ^ 12345), logs[x]);
    }
    int[] most = new int[Gf16.ORDER];
    Arrays.fill(most, 1);
    most[54321] = 0;
    int[] rest = WalshHadamard.logLocator(most);
    for (int x = 0; x < rest.length; x++) {
      int expected = x == 54321 ? 0 : (Gf16.GROUP_ORDER - Gf16.log(x ^ 54321)) % Gf16.GROUP_ORDER;
      assertEquals(expected, rest[x]);
    }
  }
}
