package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.error.RedStuffException;
import java.util.Arrays;

/**
 * Any bytes read as keys and signatures: the engines refuse the same in the same words, and what
 * they read is written as it was.
 */
class PointFuzzTest {
  /** Reads a point and writes it again. */
  @FunctionalInterface
  private interface Point {
    byte[] copy(BlsEngine engine, byte[] bytes) throws RedStuffException;
  }

  @FuzzTest
  void parse(byte[] bytes) {
    for (int length : new int[] {bytes.length, 48, 96}) {
      byte[] point = Arrays.copyOf(bytes, length);
      check(point, (engine, b) -> engine.publicKey(b).toBytes());
      check(point, (engine, b) -> engine.signature(b).toBytes());
      check(point, (engine, b) -> engine.uncompressedPublicKey(b).toUncompressedBytes());
    }
  }

  private static void check(byte[] bytes, Point point) {
    String first = null;
    for (BlsEngine engine : BlsEngine.available()) {
      String verdict;
      try {
        assertArrayEquals(bytes, point.copy(engine, bytes));
        verdict = "good";
      } catch (RedStuffException e) {
        verdict = e.getMessage();
      }
      assertEquals(first == null ? verdict : first, verdict, engine.name());
      first = verdict;
    }
  }
}
