package io.redstuff.oracle;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Runs cases in their order and records whole blocks. Blocks that a record has already are left
 * out, so that a campaign that was stopped goes on where it was.
 */
final class Campaign {
  private final CasePlan plan;
  private final OfficialEncoder official;
  private final Optional<Path> file;
  private final Set<Long> recorded = new HashSet<>();
  private final PrintStream out;

  Campaign(CasePlan plan, OfficialEncoder official, Optional<Path> file, PrintStream out)
      throws IOException {
    this.plan = plan;
    this.official = official;
    this.file = file;
    this.out = out;
    if (file.isPresent()) {
      for (BlockRecord line : BlockRecord.read(file.get())) {
        if (line.seed() == plan.seed()) {
          recorded.add(line.block());
        }
      }
    }
  }

  /**
   * Runs cases {@code from} to {@code to - 1}, or until the time is over.
   *
   * @throws DifferenceException at the first difference
   */
  void run(long from, long to, Duration limit) {
    Comparison comparison = new Comparison(official);
    CampaignProgress progress = new CampaignProgress(to, out);
    long start = System.nanoTime();
    Optional<BlockDigest> digest = Optional.empty();
    long i = from;
    while (i < to && System.nanoTime() - start < limit.toNanos()) {
      long block = i / BlockDigest.CASES;
      if (recorded.contains(block)) {
        i = (block + 1) * BlockDigest.CASES;
        continue;
      }
      if (i % BlockDigest.CASES == 0) {
        digest = Optional.of(new BlockDigest());
      }
      DifferentialCase one = plan.at(i);
      progress.at(i, one.shards());
      OfficialEncoding encoding = comparison.compare(one);
      digest.ifPresent(d -> d.add(encoding));
      i++;
      if (i % BlockDigest.CASES == 0 && digest.isPresent()) {
        record(new BlockRecord(plan.seed(), block, digest.get().hex()));
      }
    }
    progress.end();
  }

  private void record(BlockRecord line) {
    out.println("block " + line.block() + ": " + line.digest());
    if (file.isPresent()) {
      try {
        line.append(file.get());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
