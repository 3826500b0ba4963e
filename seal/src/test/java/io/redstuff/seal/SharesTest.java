package io.redstuff.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Secrets shared and put together. */
class SharesTest {
  /** Any t of m shares give the secret; with fewer, every secret is as good a guess. */
  @Property(tries = 200)
  void thresholds(
      @ForAll @IntRange(min = 1, max = 12) int threshold,
      @ForAll @IntRange(max = 6) int more,
      @ForAll long seed) {
    Random random = new Random(seed);
    byte[] secret = new byte[32];
    random.nextBytes(secret);
    byte[][] coefficients = new byte[threshold - 1][32];
    for (byte[] each : coefficients) {
      random.nextBytes(each);
    }
    List<Integer> indices = new ArrayList<>();
    for (int index = 1; index <= 255; index++) {
      indices.add(index);
    }
    Collections.shuffle(indices, random);
    List<Shares.Share> all = new ArrayList<>();
    for (int index : indices.subList(0, threshold + more)) {
      all.add(new Shares.Share(index, Shares.at(index, secret, coefficients)));
    }
    assertArrayEquals(secret, Shares.interpolate(all.subList(0, threshold), 0));
    assertArrayEquals(secret, Shares.interpolate(all, 0));
    Shares.Share last = all.getLast();
    assertArrayEquals(last.value(), Shares.interpolate(all.subList(0, threshold), last.index()));
    // One less, and another secret fits: the shares say nothing of which it is.
    List<Shares.Share> fewer = new ArrayList<>(all.subList(0, threshold - 1));
    byte[] other = new byte[32];
    random.nextBytes(other);
    fewer.add(new Shares.Share(0, other));
    byte[] forged = Shares.interpolate(fewer, last.index());
    fewer.set(threshold - 1, new Shares.Share(last.index(), forged));
    assertArrayEquals(other, Shares.interpolate(fewer, 0));
  }

  /** The field by its definition: carry-less products, modulo the polynomial. */
  @Test
  void field() {
    for (int a = 0; a < 256; a++) {
      for (int b = 0; b < 256; b++) {
        int product = 0;
        for (int bit = 0; bit < 8; bit++) {
          product ^= ((b >> bit) & 1) == 1 ? a << bit : 0;
        }
        for (int bit = 14; bit >= 8; bit--) {
          product ^= ((product >> bit) & 1) == 1 ? 0x11b << (bit - 8) : 0;
        }
        assertEquals(product, Gf256.multiply(a, b));
        if (b != 0) {
          assertEquals(a, Gf256.divide(product, b));
        }
      }
    }
  }
}
