package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AuditPlanCommandTest {

  private static Cli plan(Object... options) {
    List<Object> args = new ArrayList<>(List.of("audit", "plan"));
    args.addAll(List.of(options));
    return Cli.run(args.toArray());
  }

  @Test
  void tellsChallengesBytesAndTime() {
    Cli run = plan("--missing", "1%", "--confidence", "2^-40", "--slivers", 20_000, "--rate", 5000);
    assertEquals("", run.err());
    assertEquals(
        """
        aim        1% missing goes unnoticed with probability 2^-40 at most
        shards     1000, symbols of 2 bytes
        misses     0 tolerated, parallel
        secondary  4143 challenges, some 3148680 bytes (3.0 MiB), some 0.8 s
        primary    8288 challenges, some 6298880 bytes (6.0 MiB), some 1.7 s
        both       8288 challenges, some 6298880 bytes (6.0 MiB), some 1.7 s
        slivers    2759 whole ones fetched, each drawn from all
                   2577 whole ones fetched, none twice
        """,
        run.out());
    assertEquals(0, run.exitCode());
  }

  @Test
  void json() {
    Cli run = plan("-n", 4, "--missing=50%", "--confidence=2^-10", "--misses=1", "--json");
    assertEquals("", run.err());
    assertEquals(
        "{\"shards\":4,\"missing\":0.5,\"confidenceBits\":10.0,\"misses\":1,\"mode\":\"parallel\",\"symbolSize\":2,"
            + "\"secondary\":{\"chanceWithoutSliver\":0.25,\"challenges\":21,\"bytes\":4872,"
            + "\"seconds\":null},"
            + "\"primary\":{\"chanceWithoutSliver\":0.5,\"challenges\":33,\"bytes\":7656,"
            + "\"seconds\":null},"
            + "\"both\":{\"chanceWithoutSliver\":0.5,\"challenges\":33,\"bytes\":7656,"
            + "\"seconds\":null},\"wholeSlivers\":14,\"distinctSlivers\":null}",
        JsonMapper.shared().readTree(run.out()).toString());
  }

  /** Longer blobs have longer symbols: one byte over what fits 2 bytes makes 4 of them. */
  @Test
  void longerSymbols() {
    Cli run =
        plan("--missing=0.1", "--confidence=10^-6", "--size", 334 * 667 * 2 + 1, "--slivers=10");
    assertTrue(run.out().contains("shards     1000, symbols of 4 bytes\n"), run.out());
    assertTrue(run.out().contains("10% missing"), run.out());
    assertTrue(run.out().contains("\n           10 whole ones fetched, none twice"), run.out());
  }

  /** A node that chooses what to miss has to be asked more often. */
  @Test
  void sequentialWithMisses() {
    Cli run = plan("--missing=10%", "--confidence=2^-40", "--misses=3", "--sequential");
    assertTrue(run.out().contains("\nmisses     3 tolerated, sequential\n"), run.out());
    assertTrue(run.out().contains("\nsecondary  661 challenges, "), run.out());
    run = plan("--missing=10%", "--confidence=2^-40", "--misses=3");
    assertTrue(run.out().contains("\nsecondary  536 challenges, "), run.out());
  }

  @Test
  void refusals() {
    assertFails(
        "invalid value for option '--missing': got '1', expected a part above 0 and up to 100%,"
            + " such as 1%, 0.5% or 0.01 - see 'redstuff audit plan --help'",
        "--missing=1", "--confidence=2^-40");
    assertFails(
        "invalid value for option '--confidence': got '40', expected a probability of being wrong"
            + " such as 2^-40 or 10^-12 - see 'redstuff audit plan --help'",
        "--missing=1%",
        "--confidence=40");
    assertFails(
        "missing required options: '--missing=P', '--confidence=2^-K'"
            + " - see 'redstuff audit plan --help'");
    assertFails(
        "misses: got -1, expected 0 to 1099511627775",
        "--missing=1%",
        "--confidence=2^-40",
        "--misses=-1");
    assertFails(
        "slivers: got 0, expected 1 to 1099511627776",
        "--missing=1%",
        "--confidence=2^-40",
        "--slivers=0");
    assertFails(
        "challenges per second: got 0.0, expected a rate by which 4143 take 2147483647 seconds at"
            + " most",
        "--missing=1%",
        "--confidence=2^-40",
        "--rate=0");
  }

  private static void assertFails(String message, Object... options) {
    Cli run = plan(options);
    assertEquals(List.of("redstuff: " + message), run.errLines());
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
  }

  @Test
  void withoutCommandNamesTheCommands() {
    Cli run = Cli.run("audit");
    assertEquals(2, run.exitCode());
    assertTrue(run.err().startsWith("redstuff: a command is needed: plan"), run.err());
  }

  @Test
  void help() {
    Cli run = Cli.run("audit", "plan", "--help");
    assertEquals(0, run.exitCode());
    assertTrue(run.out().contains("Usage: redstuff audit plan"), run.out());
    assertTrue(run.out().contains("Example:\n  redstuff audit plan --missing 1% "), run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 90), run.out());
  }
}
