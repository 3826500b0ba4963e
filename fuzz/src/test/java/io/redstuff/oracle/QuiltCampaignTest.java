package io.redstuff.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import io.redstuff.quilt.QuiltFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class QuiltCampaignTest {
  private static final long SEED = 14;
  private static final long CASES = 400;

  @Test
  void quiltsAreThoseOfTheOfficialWriter() {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (OfficialQuilts official = Oracle.quiltsOrSkip();
        PrintStream out = new PrintStream(printed, true, UTF_8)) {
      new QuiltCampaign(SEED, official, out).run(0, CASES, Duration.ofMinutes(5));
    }
    assertTrue(printed.toString(UTF_8).contains(CASES + " cases agreed"), printed.toString(UTF_8));
  }

  /** The other side has to notice: that is what the campaign relies on. */
  @Test
  void theOfficialWriterRefusesWhatIsNoQuilt() throws IOException {
    QuiltFile file = QuiltFile.of("a", new byte[] {1});
    QuiltFile other = QuiltFile.of("b", new byte[0]);
    QuiltCase good = new QuiltCase(4, List.of(file, other));
    QuiltCase twice = new QuiltCase(7, List.of(file, file));
    QuiltCase tooMany = new QuiltCase(4, List.of(file, other, QuiltFile.of("c", new byte[0])));
    assertEquals(List.of(false, true, true), refused(good, twice, tooMany));
    try (OfficialQuilts official = Oracle.quiltsOrSkip()) {
      assertEquals(2 * 2 * Short.BYTES, official.pack(4, good.files()).columns().length);
      assertThrows(OfficialEncoderException.class, () -> official.pack(7, twice.files()));
      assertThrows(OfficialEncoderException.class, () -> official.pack(4, tooMany.files()));
    }
  }

  private static List<Boolean> refused(QuiltCase... cases) {
    return List.of(cases).stream().map(QuiltCase::isRefused).toList();
  }

  @Test
  void casesFollowFromTheirNumbersAndAreOfEveryKind() throws IOException {
    TreeSet<String> kinds = new TreeSet<>();
    for (long i = 0; i < CASES; i++) {
      QuiltCase one = QuiltCase.of(SEED, i);
      QuiltCase again = QuiltCase.of(SEED, i);
      int columns = EncodingParameters.forShards(one.shards()).secondarySourceSymbols();
      kinds.add(one.files().isEmpty() ? "no files" : "files");
      if (one.isRefused()) {
        kinds.add(one.files().size() < columns ? "a name twice" : "one too many");
      }
      if (one.files().size() == columns - 1) {
        kinds.add("as many as fit");
      }
      assertEquals(one.files().size(), again.files().size());
      for (int file = 0; file < one.files().size(); file++) {
        QuiltFile first = one.files().get(file);
        QuiltFile second = again.files().get(file);
        assertEquals(first.identifier(), second.identifier());
        assertEquals(first.tags(), second.tags());
        byte[] contents = OfficialQuilts.bytes(first);
        assertArrayEquals(contents, OfficialQuilts.bytes(second));
        kinds.add(contents.length == 0 ? "empty" : "contents");
        kinds.add(first.tags().isEmpty() ? "no tags" : "tags");
        kinds.add(first.identifier().length() > 100 ? "long name" : "name");
      }
    }
    assertEquals(
        "[a name twice, as many as fit, contents, empty, files, long name, name, no files, no tags,"
            + " one too many, tags]",
        kinds.toString());
  }
}
