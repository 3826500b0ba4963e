package io.redstuff.oracle;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Says every few seconds how far a campaign is. */
final class CampaignProgress {
  private static final long EACH_NANOS = Duration.ofSeconds(5).toNanos();

  private final long to;
  private final PrintStream out;
  private final long start = System.nanoTime();
  private long last = start;
  private long ran;

  CampaignProgress(long to, PrintStream out) {
    this.to = to;
    this.out = out;
  }

  /** To be called before each case that is run. */
  void at(long next, int shards) {
    long now = System.nanoTime();
    if (now - last >= EACH_NANOS) {
      last = now;
      double pace = ran / seconds(now);
      String left =
          to == Long.MAX_VALUE
              ? ""
              : String.format(
                  Locale.ROOT,
                  " of %,d, at most %.0f min left",
                  to,
                  Math.ceil((to - next) / pace / 60));
      out.printf(Locale.ROOT, "case %,d%s, %.1f/s, now n = %s%n", next, left, pace, shards);
    }
    ran++;
  }

  void end() {
    out.printf(Locale.ROOT, "%,d cases agreed in %.0f s%n", ran, seconds(System.nanoTime()));
  }

  private double seconds(long now) {
    return (now - start) / 1e9;
  }
}
