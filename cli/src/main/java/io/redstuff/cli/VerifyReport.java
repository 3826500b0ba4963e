package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.proof.VerifiedMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
record VerifyReport(
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
   * The slivers of one axis.
   *
   * @param good how many are as they should be
   * @param missing how many are not there
   * @param bad how many are there but are not what they should be
   * @param needed how many good ones are enough to decode
   * @param missingPairs the pairs of the missing ones, in ascending order
   */
  record AxisReport(int good, int missing, int bad, int needed, List<Integer> missingPairs) {}

  /**
   * A sliver that is there but is not what it should be.
   *
   * @param file the file, relative to the directory
   * @param pair the pair whose sliver should be there
   * @param sliver the sliver that should be there
   * @param reason what is wrong
   */
  record BadSliver(String file, int pair, String sliver, String reason) {}

  /** Counts {@code states}, which hold every place of both axes once. */
  static VerifyReport of(VerifiedMetadata metadata, List<SliverState> states, List<String> strays) {
    EncodingParameters parameters = metadata.parameters();
    AxisReport primary = count(Axis.PRIMARY, parameters, states);
    AxisReport secondary = count(Axis.SECONDARY, parameters, states);
    List<BadSliver> bad = new ArrayList<>();
    for (SliverState state : states) {
      if (state instanceof SliverState.Bad(SliverFile file, String reason)) {
        bad.add(new BadSliver(file.name(), file.pair().value(), file.id().toString(), reason));
      }
    }
    return new VerifyReport(
        metadata.blobId().toString(),
        parameters.shards(),
        metadata.blobLength(),
        metadata.symbolSize(),
        primary,
        secondary,
        bad,
        strays,
        primary.good() >= primary.needed() || secondary.good() >= secondary.needed(),
        primary.good() == parameters.shards() && secondary.good() == parameters.shards());
  }

  private static AxisReport count(
      Axis axis, EncodingParameters parameters, List<SliverState> states) {
    int good = 0;
    int bad = 0;
    List<Integer> missingPairs = new ArrayList<>();
    for (SliverState state : states) {
      if (state.file().id().axis() != axis) {
        continue;
      }
      switch (state) {
        case SliverState.Good _ -> good++;
        case SliverState.Bad _ -> bad++;
        case SliverState.Missing(SliverFile file) -> missingPairs.add(file.pair().value());
      }
    }
    return new AxisReport(
        good, missingPairs.size(), bad, parameters.sourceSymbols(axis), missingPairs);
  }

  /** The report for people, in lines. */
  String toText() {
    StringBuilder text = new StringBuilder();
    line(text, "blob id", blobId);
    line(text, "blob", ByteSize.describe(blobLength));
    line(text, "encoding", shards + " shards, symbols of " + symbolSize + " bytes");
    line(text, "primary", counts(primary));
    line(text, "secondary", counts(secondary));
    for (BadSliver sliver : bad) {
      line(text, "bad", sliver.file() + ": " + sliver.reason());
    }
    for (String stray : strays) {
      line(text, "stray", stray + ": not the name of a sliver");
    }
    line(text, "decodable", decodable ? "yes" : "no");
    return text.toString();
  }

  private static String counts(AxisReport axis) {
    return axis.good()
        + " good, "
        + axis.missing()
        + " missing, "
        + axis.bad()
        + " bad ("
        + axis.needed()
        + " good ones are enough)";
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-10s %s%n", name, ErrorText.oneLine(value)));
  }
}
