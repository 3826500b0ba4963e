package io.redstuff.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopping, going on, recording and replaying, with {@link Mirror} for the other side. */
class CampaignTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final CasePlan PLAN = new TinyCases(3);

  /** Cases of the usual plan, but all for the fewest shards. */
  private static final class TinyCases extends CasePlan {
    TinyCases(long seed) {
      super(seed);
    }

    @Override
    DifferentialCase at(long index) {
      DifferentialCase usual = super.at(index);
      return new DifferentialCase(
          usual.seed(), index, SMALLEST, usual.blobLength() % 20, Check.DESCRIBE);
    }
  }

  @TempDir private Path directory;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, UTF_8);

  @Test
  void wholeBlocksAreRecordedOnceAndReplayed() throws IOException {
    Path file = directory.resolve("record.tsv");
    Files.writeString(file, "# a remark\n");
    int[] encoded = {0};
    Mirror counting =
        new Mirror() {
          @Override
          public OfficialEncoding encode(int shards, byte[] blob) {
            encoded[0]++;
            return super.encode(shards, blob);
          }
        };
    new Campaign(PLAN, counting, Optional.of(file), out).run(990, 2010, LONG);
    assertEquals(1020, encoded[0]);
    List<BlockRecord> lines = BlockRecord.read(file);
    assertEquals(
        List.of(new BlockRecord(3, 1, BlockDigest.replay(PLAN, 1))), lines, "only the whole block");

    new Campaign(PLAN, counting, Optional.of(file), out).run(990, 2010, LONG);
    assertEquals(1020 + 20, encoded[0], "what is recorded is not run again");
    assertEquals(lines, BlockRecord.read(file));

    assertTrue(Replay.of(file, TinyCases::new, out));
    new BlockRecord(3, 1, "0".repeat(64)).append(file);
    assertFalse(Replay.of(file, TinyCases::new, out));
    assertTrue(printed.toString(UTF_8).contains("1 of 2 blocks differ"), printed.toString(UTF_8));
  }

  @Test
  void endsWhenTimeIsOver() throws IOException {
    new Campaign(PLAN, new Mirror(), Optional.empty(), out)
        .run(0, Long.MAX_VALUE, Duration.ofMillis(200));
    assertTrue(printed.toString(UTF_8).contains("cases agreed"), printed.toString(UTF_8));
  }

  @Test
  void anEmptyRecordIsNoProof() throws IOException {
    assertFalse(Replay.of(directory.resolve("none.tsv"), TinyCases::new, out));
  }

  @Test
  void aBrokenRecordIsRefused() throws IOException {
    Path file = directory.resolve("broken.tsv");
    Files.writeString(file, "3\t1\t0123\n");
    assertThrows(IllegalArgumentException.class, () -> BlockRecord.read(file));
  }
}
