package io.redstuff.oracle;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;

/** Computes the digests of a record again, by Redstuff alone. */
final class Replay {
  private Replay() {}

  /**
   * Replays all blocks of a record.
   *
   * @param plans the plan for a seed
   * @return whether all are equal to what the official encoder gave
   */
  static boolean of(Path record, LongFunction<CasePlan> plans, PrintStream out) throws IOException {
    List<BlockRecord> lines = BlockRecord.read(record);
    long start = System.nanoTime();
    int differ = 0;
    for (BlockRecord line : lines) {
      String digest = BlockDigest.replay(plans.apply(line.seed()), line.block());
      if (!digest.equals(line.digest())) {
        differ++;
        out.printf(
            "seed %s, block %s: got %s, expected %s%n",
            line.seed(), line.block(), digest, line.digest());
      }
    }
    out.printf(
        "%s of %s blocks differ, %.0f s%n",
        differ, lines.size(), (System.nanoTime() - start) / 1e9);
    return differ == 0 && !lines.isEmpty();
  }
}
