package io.redstuff.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The record of the campaign: what the official encoder once gave must still come out. Here some
 * blocks; {@code fuzz/differential --replay} takes all.
 */
class RecordTest {
  private static final Path FILE =
      Path.of("src/test/resources/io/redstuff/oracle/differential-record.tsv");
  private static final int LEAST_BLOCKS = 100;
  private static final int REPLAYED = 3;

  private static List<BlockRecord> lines;

  @BeforeAll
  static void read() throws IOException {
    lines =
        BlockRecord.read(FILE).stream()
            .sorted(Comparator.comparingLong(BlockRecord::block))
            .toList();
  }

  @Test
  void holdsBlocksOfOneCampaign() {
    assertTrue(lines.size() >= LEAST_BLOCKS, lines.size() + " blocks");
    for (int block = 0; block < lines.size(); block++) {
      assertEquals(block, lines.get(block).block());
    }
    assertEquals(1, lines.stream().map(BlockRecord::seed).distinct().count());
  }

  @Test
  void someBlocksComeOutAgain() {
    for (int i = 0; i < REPLAYED; i++) {
      BlockRecord line = lines.get(i * (lines.size() - 1) / (REPLAYED - 1));
      assertEquals(
          line.digest(),
          BlockDigest.replay(new CasePlan(line.seed()), line.block()),
          "block " + line.block());
    }
  }
}
