package io.redstuff.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.PlainBlake2b;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers that are drawn from hashes: none is more likely than another. */
class UniformDrawsTest {
  private static byte[] words(long... words) {
    ByteBuffer block =
        ByteBuffer.allocate(Long.BYTES * words.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long word : words) {
      block.putLong(word);
    }
    return block.array();
  }

  @Test
  void leavesOutWhatWouldBeTooMany() {
    // 2^64 = 1 mod 3 and mod 5: one word too many, the zero. For powers of two there is none.
    UniformDraws draws = new UniformDraws(words(0, 1, 0, -1));
    assertEquals(1, draws.below(3));
    assertEquals(0, draws.below(5));
    draws = new UniformDraws(words(0, 0, 9, 0));
    assertEquals(0, draws.below(4));
    assertEquals(0, draws.below(1));
    assertEquals(2, draws.below(7));
    // 2^64 mod 10 = 6.
    draws = new UniformDraws(words(5, 6, 4, 17));
    assertEquals(6, draws.below(10));
    assertEquals(7, draws.below(10));
  }

  @Test
  void goesOnWithTheHashOfTheBlock() {
    byte[] block = words(0, 0, 0, 0);
    byte[] next = PlainBlake2b.hash(AuditTag.CHALLENGE.bytes(), block);
    long word = ByteBuffer.wrap(next).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertEquals(Long.remainderUnsigned(word, 1_000_003), new UniformDraws(block).below(1_000_003));
  }

  /** Each of 7 outcomes of 70,000 draws lies within 7 standard deviations: one in 10^10. */
  @Test
  void allAreAlike() {
    int[] counts = new int[7];
    Random random = new Random(1);
    for (int i = 0; i < 70_000 / 4; i++) {
      byte[] block = new byte[32];
      random.nextBytes(block);
      UniformDraws draws = new UniformDraws(block);
      for (int j = 0; j < 4; j++) {
        counts[draws.below(7)]++;
      }
    }
    for (int count : counts) {
      assertTrue(Math.abs(count - 10_000) < 7 * Math.sqrt(10_000), "seed 1: " + count);
    }
  }
}
