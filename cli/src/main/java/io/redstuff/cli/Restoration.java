package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.SliverPairIndex;
import io.redstuff.proof.VerifiedMetadata;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Puts recovered slivers into their files and keeps account of it. */
final class Restoration {

  private final Session session;
  private final SliverDirectory directory;
  private final VerifiedMetadata metadata;
  private final SliverCensus census;
  private final Healer healer;
  private final List<RecoverReport.Unrestored> unrestored = new ArrayList<>();
  private long sliversRestored;
  private long bytesRestored;

  Restoration(
      Session session,
      SliverDirectory directory,
      VerifiedMetadata metadata,
      SliverCensus census,
      Healer healer) {
    this.session = session;
    this.directory = directory;
    this.metadata = metadata;
    this.census = census;
    this.healer = healer;
  }

  /** Restores what is missing or bad of the slivers of {@code axes} of {@code wanted} pairs. */
  void heal(List<Axis> axes, Predicate<SliverPairIndex> wanted) throws CommandException {
    // The axis that can be healed at once may give the sources that the other one lacks.
    List<Axis> order =
        axes.stream()
            .sorted(Comparator.comparing(axis -> !census.hasEnough(axis.opposite())))
            .toList();
    for (Axis axis : order) {
      List<SliverFile> targets = targets(census, axis, wanted);
      if (!targets.isEmpty()) {
        heal(axis, targets);
      }
    }
  }

  /** The slivers of {@code axis} of {@code wanted} pairs that are missing or bad. */
  static List<SliverFile> targets(
      SliverCensus census, Axis axis, Predicate<SliverPairIndex> wanted) {
    return census.lacking(axis).stream().filter(file -> wanted.test(file.pair())).toList();
  }

  private void heal(Axis axis, List<SliverFile> targets) throws CommandException {
    boolean possible = healer.heal(axis, targets, this::restore);
    String reason =
        possible
            ? "proven symbols of " + axis + " slivers contradict the metadata"
            : axis + " slivers cannot be recovered: " + census.shortage(axis);
    for (SliverFile file : targets) {
      if (!census.isGood(file.id())) {
        unrestored.add(new RecoverReport.Unrestored(file.name(), file.id().toString(), reason));
      }
    }
  }

  private void restore(SliverFile file, Healer.Restored sliver) throws CommandException {
    session.files().createDirectories(directory.axisDirectory(file.id().axis()));
    sliver.put();
    census.heal(file);
    sliversRestored++;
    bytesRestored +=
        SliverBcs.length(
            metadata.parameters().sliverLength(file.id().axis(), metadata.symbolSize()));
  }

  /** What was done so far. */
  RecoverReport report() {
    return new RecoverReport(
        metadata.blobId().toString(),
        metadata.parameters().shards(),
        RecoverReport.AxisReport.of(Axis.PRIMARY, census),
        RecoverReport.AxisReport.of(Axis.SECONDARY, census),
        healer.filesRead(),
        healer.bytesRead(),
        sliversRestored,
        bytesRestored,
        census.bad().stream().map(this::badSliver).toList(),
        List.copyOf(unrestored),
        healer.isInconsistent(),
        unrestored.isEmpty());
  }

  private RecoverReport.BadSliver badSliver(SliverState.Bad bad) {
    return new RecoverReport.BadSliver(
        bad.file().name(), bad.reason(), census.isGood(bad.file().id()));
  }
}
