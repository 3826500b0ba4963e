package io.redstuff.cli.show;

import io.redstuff.Axis;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.Inspection;
import io.redstuff.store.SliverState;
import io.redstuff.store.SliverState.Condition;
import java.util.List;

/**
 * What {@code redstuff verify} found; its components are the JSON it prints.
 *
 * @param blobId the id that the metadata proves
 * @param shards number of shards
 * @param blobLength bytes of the blob
 * @param symbolSize bytes of a symbol
 * @param primary the primary slivers
 * @param secondary the secondary slivers
 * @param bad slivers that are there but are not what they should be
 * @param strays files that end as sliver files do, with names that no sliver has
 * @param decodable whether one axis has as many good slivers as decoding needs
 * @param complete whether all slivers of both axes are good
 */
public record VerifyReport(
    String blobId,
    int shards,
    long blobLength,
    int symbolSize,
    AxisReport primary,
    AxisReport secondary,
    List<BadSliver> bad,
    List<String> strays,
    boolean decodable,
    boolean complete) {

  /**
   * The slivers of one axis: how many are good, missing and bad, how many good ones are enough to
   * decode, and the pairs of the missing ones in ascending order.
   */
  public record AxisReport(int good, int missing, int bad, int needed, List<Integer> missingPairs) {
    static AxisReport of(Axis axis, Inspection found) {
      return new AxisReport(
          found.count(axis, Condition.GOOD),
          found.count(axis, Condition.MISSING),
          found.count(axis, Condition.BAD),
          found.metadata().parameters().sourceSymbols(axis),
          found.states().stream()
              .filter(s -> s.sliver().axis() == axis && s.condition() == Condition.MISSING)
              .map(state -> state.sliver().pair(found.metadata().parameters()).value())
              .sorted()
              .toList());
    }

    @Override
    public String toString() {
      return "%s good, %s missing, %s bad (%s good ones are enough)"
          .formatted(good, missing, bad, needed);
    }
  }

  /**
   * A sliver that is there but is not what it should be: its file, relative to the directory, the
   * pair and the sliver that should be there, and what is wrong.
   */
  public record BadSliver(String file, int pair, String sliver, String reason) {}

  /** Returns the report on what was found. */
  public static VerifyReport of(Inspection found) {
    VerifiedMetadata metadata = found.metadata();
    return new VerifyReport(
        metadata.blobId().toString(),
        metadata.parameters().shards(),
        metadata.blobLength(),
        metadata.symbolSize(),
        AxisReport.of(Axis.PRIMARY, found),
        AxisReport.of(Axis.SECONDARY, found),
        found.bad().stream().map(bad -> badSliver(bad, metadata)).toList(),
        found.strays(),
        found.isDecodable(),
        found.isWhole());
  }

  private static BadSliver badSliver(SliverState bad, VerifiedMetadata metadata) {
    int pair = bad.sliver().pair(metadata.parameters()).value();
    return new BadSliver(bad.name(), pair, bad.sliver().toString(), bad.reason());
  }

  /** Returns the report for people, in lines. */
  public String toText() {
    Text text =
        new Text(10)
            .line("blob id", blobId)
            .line("blob", Text.bytes(blobLength))
            .line("encoding", shards + " shards, symbols of " + symbolSize + " bytes")
            .line("primary", primary.toString())
            .line("secondary", secondary.toString());
    bad.forEach(sliver -> text.line("bad", sliver.file() + ": " + sliver.reason()));
    strays.forEach(stray -> text.line("stray", stray + ": not the name of a sliver"));
    return text.line("decodable", decodable ? "yes" : "no").toString();
  }
}
