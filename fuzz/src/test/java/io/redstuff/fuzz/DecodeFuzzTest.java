package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.ConsistencyCheck;
import io.redstuff.Sliver;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * A blob is encoded, damaged and decoded: the same blob comes out or a typed error, and with enough
 * good slivers the blob, whatever else is among them. A sliver is verified just if it is good.
 */
class DecodeFuzzTest {
  private static final int MOST_SHARDS = 16;
  private static final int MOST_SYMBOL_BYTES = 12;

  @FuzzTest
  void decode(byte[] input) {
    Draws draws = new Draws(input);
    Encoding encoding = Encoding.draw(draws, MOST_SHARDS, MOST_SYMBOL_BYTES);
    ConsistencyCheck check = draws.of(ConsistencyCheck.values());
    try (Arena arena = Arena.ofConfined()) {
      List<Sliver> survivors = Damage.survivors(draws, encoding, arena);
      for (Sliver sliver : survivors) {
        assertEquals(encoding.isTrue(sliver), isVerified(encoding, sliver), sliver::toString);
      }
      try {
        byte[] decoded = encoding.codec().decode(encoding.metadata(), survivors, check);
        assertArrayEquals(encoding.blob(), decoded, encoding::toString);
      } catch (RedStuffException e) {
        assertFalse(encoding.isEnough(survivors), () -> encoding + ": " + e.getMessage());
      }
    }
  }

  private static boolean isVerified(Encoding encoding, Sliver sliver) {
    try {
      return encoding
          .codec()
          .verify(encoding.metadata(), sliver)
          .blobId()
          .equals(encoding.metadata().blobId());
    } catch (VerificationException e) {
      assertFalse(e.getMessage().isBlank(), () -> "a message for " + e.reason());
      return false;
    }
  }
}
