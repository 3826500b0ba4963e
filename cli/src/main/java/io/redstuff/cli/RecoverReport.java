package io.redstuff.cli;

import io.redstuff.Axis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code redstuff recover} did; its components are the JSON it prints.
 *
 * @param blobId the id that the metadata proves
 * @param shards number of shards
 * @param primary the primary slivers, afterwards
 * @param secondary the secondary slivers, afterwards
 * @param sliversRead how many slivers symbols were cut from; with little memory some are read again
 *     and count again
 * @param bytesRead the bytes of these slivers' files
 * @param sliversRestored how many slivers were written
 * @param bytesRestored the bytes of these slivers' files
 * @param bad slivers that were found and were not what they should be
 * @param unrestored slivers that were to be restored and were not
 * @param inconsistent whether proven symbols contradict the metadata: the writer cheated
 * @param whole whether all slivers that were asked for are now good
 */
record RecoverReport(
    String blobId,
    int shards,
    AxisReport primary,
    AxisReport secondary,
    long sliversRead,
    long bytesRead,
    long sliversRestored,
    long bytesRestored,
    List<BadSliver> bad,
    List<Unrestored> unrestored,
    boolean inconsistent,
    boolean whole) {

  /**
   * The slivers of one axis.
   *
   * @param good how many were good
   * @param healed how many were restored
   * @param bad how many are still there and not what they should be
   * @param missing how many are still not there
   */
  record AxisReport(int good, int healed, int bad, int missing) {

    static AxisReport of(Axis axis, SliverCensus census) {
      return new AxisReport(
          census.count(axis, CellState.GOOD),
          census.count(axis, CellState.HEALED),
          census.count(axis, CellState.BAD),
          census.count(axis, CellState.MISSING));
    }

    @Override
    public String toString() {
      return good + " good, " + healed + " healed, " + bad + " bad, " + missing + " missing";
    }
  }

  /**
   * A sliver that was there but was not what it should be.
   *
   * @param file the file, relative to the directory
   * @param reason what was wrong
   * @param healed whether it is good now
   */
  record BadSliver(String file, String reason, boolean healed) {}

  /**
   * A sliver that was not restored.
   *
   * @param file the file, relative to the directory
   * @param sliver the sliver that should be there
   * @param reason why not
   */
  record Unrestored(String file, String sliver, String reason) {}

  /** The report for people, in lines. */
  String toText() {
    StringBuilder text = new StringBuilder();
    line(text, "blob id", blobId);
    line(text, "primary", primary.toString());
    line(text, "secondary", secondary.toString());
    for (BadSliver sliver : bad) {
      line(text, sliver.healed() ? "was bad" : "bad", sliver.file() + ": " + sliver.reason());
    }
    line(text, "read", ByteSize.describe(bytesRead) + " of " + slivers(sliversRead));
    line(text, "restored", ByteSize.describe(bytesRestored) + " of " + slivers(sliversRestored));
    // A reason mostly holds for many slivers, so they come together.
    Map<String, Long> reasons = new LinkedHashMap<>();
    unrestored.forEach(sliver -> reasons.merge(sliver.reason(), 1L, Long::sum));
    reasons.forEach((reason, count) -> line(text, "lost", slivers(count) + ": " + reason));
    line(text, "whole", whole ? "yes" : "no");
    return text.toString();
  }

  private static String slivers(long count) {
    return count + (count == 1 ? " sliver" : " slivers");
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-10s %s%n", name, ErrorText.oneLine(value)));
  }
}
