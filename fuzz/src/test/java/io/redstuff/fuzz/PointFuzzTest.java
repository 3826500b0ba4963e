package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.certify.DrandChain;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.error.RedStuffException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Any bytes read as keys and signatures: the engines refuse the same in the same words, and what
 * they read is written as it was.
 */
class PointFuzzTest {
  private static final byte[] QUICKNET = DrandChain.quicknet().publicKey();

  private static final byte[] SHORT_SIGNATURE =
      HexFormat.of()
          .parseHex(
              "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
                  + "e342b73a8dd2bacbe47e4b6b63ed5e39");

  private static byte[] verifyShort(BlsEngine engine, byte[] key, byte[] signature)
      throws RedStuffException {
    engine.verifyShort(key, new byte[0], signature);
    throw new AssertionError("good, but nobody has signed this");
  }

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
      // Never good: a message that nobody has signed.
      check(point, (engine, b) -> verifyShort(engine, QUICKNET, b));
      check(point, (engine, b) -> verifyShort(engine, b, SHORT_SIGNATURE));
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
