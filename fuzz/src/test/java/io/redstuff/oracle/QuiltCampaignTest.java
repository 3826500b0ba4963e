package io.redstuff.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuiltCampaignTest {
  private static final long SEED = 14;
  private static final long CASES = 400;

  @Test
  void quiltsAreThoseOfTheOfficialWriter() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (OfficialQuilts official = Oracle.quiltsOrSkip();
        PrintStream out = new PrintStream(printed, true, UTF_8)) {
      long refused = new QuiltCampaign(SEED, official, out).run(0, CASES, Duration.ofMinutes(5));
      assertTrue(refused > 0, "too many files, or one name twice");
    }
    assertTrue(printed.toString(UTF_8).contains(CASES + " cases agreed"), printed.toString(UTF_8));
  }

  @Test
  void aCaseFollowsFromItsNumber() {
    for (long i = 0; i < CASES; i++) {
      QuiltCase one = QuiltCase.of(SEED, i);
      QuiltCase again = QuiltCase.of(SEED, i);
      assertEquals(one.toString(), again.toString());
      int columns = EncodingParameters.forShards(one.shards()).secondarySourceSymbols();
      assertTrue(one.files().size() <= columns);
      for (int file = 0; file < one.files().size(); file++) {
        assertEquals(one.files().get(file).identifier(), again.files().get(file).identifier());
        assertEquals(one.files().get(file).tags(), again.files().get(file).tags());
      }
    }
  }
}
