package io.redstuff.cli.show;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.store.Inspection;
import io.redstuff.store.RepairReport;
import io.redstuff.store.SliverState.Condition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code redstuff recover} did; its components are the JSON it prints. Bytes are those of
 * symbols.
 *
 * @param blobId the id that the metadata proves
 * @param shards number of shards
 * @param primary the primary slivers, afterwards
 * @param secondary the secondary slivers, afterwards
 * @param sliversChecked how many slivers were checked before
 * @param bytesChecked how many bytes were read for that
 * @param sliversRead of how many slivers something was read to restore others
 * @param bytesRead how many bytes that was; what was read twice counts twice
 * @param sliversRestored how many slivers were written
 * @param bytesRestored the bytes of these slivers
 * @param bad slivers that were found and were not what they should be
 * @param unrestored slivers that were to be restored and were not
 * @param inconsistent whether proven symbols contradict the metadata: the writer cheated
 * @param whole whether all slivers that were asked for are now good
 */
public record RecoverReport(
    String blobId,
    int shards,
    AxisReport primary,
    AxisReport secondary,
    long sliversChecked,
    long bytesChecked,
    long sliversRead,
    long bytesRead,
    long sliversRestored,
    long bytesRestored,
    List<BadSliver> bad,
    List<Unrestored> unrestored,
    boolean inconsistent,
    boolean whole) {

  /** How many slivers of one axis were good and are back, and how it stands with the others. */
  public record AxisReport(int good, int healed, int bad, int missing, int notLookedAt) {
    static AxisReport of(Axis axis, Inspection found) {
      return new AxisReport(
          found.count(axis, Condition.GOOD),
          found.count(axis, Condition.RESTORED),
          found.count(axis, Condition.BAD),
          found.count(axis, Condition.MISSING),
          found.count(axis, Condition.UNCHECKED));
    }

    @Override
    public String toString() {
      String counts =
          "%s good, %s healed, %s bad, %s missing".formatted(good, healed, bad, missing);
      return notLookedAt == 0 ? counts : counts + ", " + notLookedAt + " not looked at";
    }
  }

  /** A sliver that was not what it should be: its file, what was wrong, whether it is good now. */
  public record BadSliver(String file, String reason, boolean healed) {}

  /** A sliver that was not restored: its file, which sliver should be there, and why it is not. */
  public record Unrestored(String file, String sliver, String reason) {}

  /** Returns the report on a repair. */
  public static RecoverReport of(RepairReport repair) {
    Inspection after = repair.after();
    var metadata = after.metadata();
    List<SliverId> restored = repair.restored();
    // What was found bad at first, and what turned out to be while it was used.
    Map<SliverId, BadSliver> bad = new LinkedHashMap<>();
    for (Inspection found : List.of(repair.before(), after)) {
      found
          .bad()
          .forEach(
              state ->
                  bad.put(
                      state.sliver(),
                      new BadSliver(
                          state.name(), state.reason(), restored.contains(state.sliver()))));
    }
    return new RecoverReport(
        metadata.blobId().toString(),
        metadata.parameters().shards(),
        AxisReport.of(Axis.PRIMARY, after),
        AxisReport.of(Axis.SECONDARY, after),
        repair.before().checked().size(),
        repair.before().bytesRead(),
        repair.sliversRead(),
        repair.bytesRead(),
        restored.size(),
        restored.stream()
            .mapToLong(id -> metadata.parameters().sliverLength(id.axis(), metadata.symbolSize()))
            .sum(),
        List.copyOf(bad.values()),
        repair.unrestored().entrySet().stream()
            .map(
                lost ->
                    new Unrestored(
                        after.state(lost.getKey()).name(),
                        lost.getKey().toString(),
                        lost.getValue()))
            .toList(),
        repair.isInconsistent(),
        repair.unrestored().isEmpty());
  }

  /** Returns the report for people, in lines. */
  public String toText() {
    Text text =
        new Text(10)
            .line("blob id", blobId)
            .line("primary", primary.toString())
            .line("secondary", secondary.toString());
    bad.forEach(b -> text.line(b.healed() ? "was bad" : "bad", b.file() + ": " + b.reason()));
    text.line("checked", Text.bytes(bytesChecked) + " of " + Text.slivers(sliversChecked))
        .line("read", Text.bytes(bytesRead) + " of " + Text.slivers(sliversRead))
        .line("restored", Text.bytes(bytesRestored) + " of " + Text.slivers(sliversRestored));
    // A reason mostly holds for many slivers, so they come together.
    Map<String, Long> reasons = new LinkedHashMap<>();
    unrestored.forEach(sliver -> reasons.merge(sliver.reason(), 1L, Long::sum));
    reasons.forEach((reason, count) -> text.line("lost", Text.slivers(count) + ": " + reason));
    return text.line("whole", whole ? "yes" : "no").toString();
  }
}
