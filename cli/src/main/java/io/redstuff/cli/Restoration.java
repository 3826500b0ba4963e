package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.SliverPairIndex;
import io.redstuff.VerifiedSliver;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private final SliverHealer healer;
  private final List<RecoverReport.Unrestored> unrestored = new ArrayList<>();
  private long sliversRestored;
  private long bytesRestored;

  Restoration(
      Session session,
      SliverDirectory directory,
      VerifiedMetadata metadata,
      SliverCensus census,
      SliverHealer healer) {
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
      List<SliverFile> targets =
          census.lacking(axis).stream().filter(file -> wanted.test(file.pair())).toList();
      if (!targets.isEmpty()) {
        heal(axis, targets);
      }
    }
  }

  private void heal(Axis axis, List<SliverFile> targets) throws CommandException {
    boolean possible = healer.heal(axis, targets, this::restore);
    String reason =
        possible
            ? "proven symbols of " + axis + " slivers contradict the metadata"
            : axis + " slivers cannot be recovered: " + healer.shortage(axis);
    for (SliverFile file : targets) {
      if (!census.isGood(file.id())) {
        unrestored.add(new RecoverReport.Unrestored(file.name(), file.id().toString(), reason));
      }
    }
  }

  private void restore(SliverFile file, VerifiedSliver sliver) throws CommandException {
    createDirectory(directory.axisDirectory(file.id().axis()));
    file.write(session.files(), sliver.sliver());
    census.heal(file);
    sliversRestored++;
    bytesRestored += sliver.sliver().bcsLength();
  }

  private static void createDirectory(Path slivers) throws CommandException {
    try {
      Files.createDirectories(slivers);
    } catch (IOException e) {
      throw CommandException.io(slivers.toString(), e);
    }
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
        healer.inconsistency().isPresent(),
        unrestored.isEmpty());
  }

  private RecoverReport.BadSliver badSliver(SliverState.Bad bad) {
    return new RecoverReport.BadSliver(
        bad.file().name(), bad.reason(), census.isGood(bad.file().id()));
  }
}
