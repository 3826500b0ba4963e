package io.redstuff.simd.field;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Gf16Test {
  private static final int LAST = Gf16.ORDER - 1;

  /**
   * Multiplication from the definition: polynomials modulo 0x1002D, Cantor coordinates around it.
   */
  private static int multiplyByDefinition(int a, int b) {
    int[] basis = {
      0x0001, 0xACCA, 0x3C0E, 0x163E, 0xC582, 0xED2E, 0x914C, 0x4012,
      0x6C98, 0x10D8, 0x6A72, 0xB900, 0xFDB8, 0xFB34, 0xFF38, 0x991E
    };
    int left = 0;
    int right = 0;
    for (int i = 0; i < 16; i++) {
      left ^= (a >> i & 1) * basis[i];
      right ^= (b >> i & 1) * basis[i];
    }
    int product = 0;
    for (int i = 15; i >= 0; i--) {
      product <<= 1;
      if ((product & 0x10000) != 0) {
        product ^= 0x1002D;
      }
      product ^= (right >> i & 1) * left;
    }
    // back to coordinates: Gaussian elimination over the sixteen basis vectors
    int[] vectors = basis.clone();
    int[] combinations = new int[16];
    for (int i = 0; i < 16; i++) {
      combinations[i] = 1 << i;
    }
    int coordinates = 0;
    for (int bit = 15; bit >= 0; bit--) {
      int pivot = -1;
      for (int i = 0; i < 16; i++) {
        if (vectors[i] != 0 && 31 - Integer.numberOfLeadingZeros(vectors[i]) == bit) {
          if (pivot < 0) {
            pivot = i;
          } else {
            vectors[i] ^= vectors[pivot];
            combinations[i] ^= combinations[pivot];
          }
        }
      }
      if ((product >> bit & 1) != 0) {
        product ^= vectors[pivot];
        coordinates ^= combinations[pivot];
      }
    }
    return coordinates;
  }

  @Property(tries = 2000)
  void productsAreThoseOfTheDefinition(
      @ForAll @IntRange(max = LAST) int a, @ForAll @IntRange(max = LAST) int b) {
    assertEquals(multiplyByDefinition(a, b), Gf16.multiply(a, b));
  }

  @Property
  void multiplicationIsAssociativeCommutativeAndDistributive(
      @ForAll @IntRange(max = LAST) int a,
      @ForAll @IntRange(max = LAST) int b,
      @ForAll @IntRange(max = LAST) int c) {
    assertEquals(Gf16.multiply(a, b), Gf16.multiply(b, a));
    assertEquals(Gf16.multiply(Gf16.multiply(a, b), c), Gf16.multiply(a, Gf16.multiply(b, c)));
    assertEquals(
        Gf16.multiply(a, Gf16.add(b, c)), Gf16.add(Gf16.multiply(a, b), Gf16.multiply(a, c)));
  }

  @Property
  void everyElementIsItsOwnNegative(
      @ForAll @IntRange(max = LAST) int a, @ForAll @IntRange(max = LAST) int b) {
    assertEquals(a ^ b, Gf16.add(a, b));
    assertEquals(a, Gf16.add(Gf16.add(a, b), b));
  }

  @Test
  void everyNonZeroElementHasItsInverseAndItsLogarithm() {
    for (int a = 1; a < Gf16.ORDER; a++) {
      assertEquals(1, Gf16.multiply(a, Gf16.inverse(a)));
      assertEquals(a, Gf16.power(Gf16.log(a)));
      assertEquals(a, Gf16.multiply(a, 1));
      assertEquals(0, Gf16.multiply(a, 0));
    }
    assertThrows(ArithmeticException.class, () -> Gf16.inverse(0));
    assertThrows(ArithmeticException.class, () -> Gf16.log(0));
  }

  @Test
  void basisIsCantors() {
    for (int i = 0; i + 1 < 16; i++) {
      int next = 1 << (i + 1);
      assertEquals(1 << i, Gf16.multiply(next, next) ^ next);
    }
  }

  @Test
  void lowBytesAreASubfield() {
    for (int a = 0; a < 256; a++) {
      for (int b = 0; b < 256; b++) {
        assertTrue(Gf16.multiply(a, b) < 256);
        if (a < 16 && b < 16) {
          assertTrue(Gf16.multiply(a, b) < 16);
        }
      }
    }
  }

  @Test
  void basisChangeIsItsOwnInverseAndLinear() {
    for (int hi = 0; hi < 256; hi++) {
      for (int other = 0; other < 256; other++) {
        assertEquals(
            Tower.basisChange(hi) ^ Tower.basisChange(other), Tower.basisChange(hi ^ other));
      }
      assertTrue(Tower.basisChange(hi) < 256);
    }
  }

  @Property
  void towerCoordinatesMultiplyAsTheFieldDoes(
      @ForAll @IntRange(max = LAST) int constant, @ForAll @IntRange(max = LAST) int element) {
    towerMultipliesAsTheField(constant, element);
  }

  private static void towerMultipliesAsTheField(int constant, int element) {
    int hi = element >>> 8;
    int lo = (element & 0xFF) ^ Tower.basisChange(hi);
    int newLo =
        Gf16.multiply(Tower.low(constant), lo) ^ Gf16.multiply(Tower.highToLow(constant), hi);
    int newHi =
        Gf16.multiply(Tower.high(constant), lo) ^ Gf16.multiply(Tower.highToHigh(constant), hi);
    assertEquals(Gf16.multiply(constant, element), newHi << 8 | (newLo ^ Tower.basisChange(newHi)));
  }

  /** All of them: 16 million triples. */
  @Test
  void subfieldOf256ElementsIsAField() {
    int[][] product = new int[256][256];
    for (int a = 0; a < 256; a++) {
      for (int b = 0; b < 256; b++) {
        product[a][b] = Gf16.multiply(a, b);
      }
    }
    for (int a = 0; a < 256; a++) {
      boolean inverted = false;
      for (int b = 0; b < 256; b++) {
        inverted |= product[a][b] == 1;
        assertEquals(product[a][b], product[b][a]);
        assertEquals(a == 0 || b == 0, product[a][b] == 0);
        for (int c = 0; c < 256; c++) {
          if (product[product[a][b]][c] != product[a][product[b][c]]
              || product[a][b ^ c] != (product[a][b] ^ product[a][c])) {
            fail("%s, %s, %s".formatted(a, b, c));
          }
        }
      }
      assertEquals(a != 0, inverted);
    }
  }

  /** Products with a basis are those of the definition, for every element. */
  @Test
  void everyElementTimesEveryBasisElement() {
    for (int a = 0; a < Gf16.ORDER; a++) {
      for (int bit = 0; bit < 16; bit++) {
        int product = multiplyByDefinition(a, 1 << bit);
        if (product != Gf16.multiply(a, 1 << bit) || product != Gf16.multiply(1 << bit, a)) {
          fail("%04x times basis element %s".formatted(a, bit));
        }
      }
    }
  }

  /** With the products of the basis elements this leaves nothing open for these factors. */
  @Property(tries = 300)
  void multiplicationIsLinearInEveryElement(@ForAll @IntRange(max = LAST) int factor) {
    for (int b = 1; b < Gf16.ORDER; b++) {
      int top = Integer.highestOneBit(b);
      if (Gf16.multiply(factor, b)
          != (Gf16.multiply(factor, top) ^ Gf16.multiply(factor, b ^ top))) {
        fail("%04x times %04x".formatted(factor, b));
      }
    }
  }

  @Test
  void everyConstantMultipliesABasisInTheTowerAsInTheField() {
    for (int constant = 0; constant < Gf16.ORDER; constant++) {
      for (int bit = 0; bit < 16; bit++) {
        towerMultipliesAsTheField(constant, 1 << bit);
      }
    }
  }
}
