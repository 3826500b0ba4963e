package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Gathers as many good slivers of one axis as decoding needs and no more, the systematic ones
 * (whose symbols are the blob's own) first: with all of them, decoding is copying.
 */
final class SliverCollector {

  private final Session session;
  private final SliverDirectory directory;
  private final SliverInspector inspector;
  private final EncodingParameters parameters;

  SliverCollector(
      Session session,
      SliverDirectory directory,
      SliverInspector inspector,
      VerifiedMetadata metadata) {
    this.session = session;
    this.directory = directory;
    this.inspector = inspector;
    this.parameters = metadata.parameters();
  }

  /**
   * Both axes, the one to try first before the other: one that can have enough slivers before one
   * that cannot, then the one that lacks fewer systematic slivers.
   */
  List<Axis> axesByPromise() throws CommandException {
    List<Candidates> axes = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      axes.add(candidates(axis));
    }
    axes.sort(
        Comparator.comparing((Candidates c) -> c.files().size() < c.needed())
            .thenComparingInt(Candidates::systematicMissing));
    return axes.stream().map(Candidates::axis).toList();
  }

  /**
   * Reads and proves slivers of {@code axis} into memory that lives as long as {@code arena}, until
   * there are enough or no more. Names what is bad or out of place on standard error.
   *
   * @param arena shared between threads
   */
  Collected collect(Axis axis, Arena arena) throws CommandException {
    complainOfStrays(axis);
    Candidates candidates = candidates(axis);
    int needed = candidates.needed();
    List<VerifiedSliver> good = new ArrayList<>(needed);
    List<SliverState.Bad> bad = new ArrayList<>();
    List<SliverFile> files = candidates.files();
    try (Progress progress = session.startProgress("checking " + axis, needed, "slivers")) {
      int next = 0;
      // Each round reads just what is lacking, so no sliver is read that a good one made needless.
      while (good.size() < needed && next < files.size()) {
        int end = Math.min(files.size(), next + needed - good.size());
        for (SliverState state : inspector.load(files.subList(next, end), arena, progress)) {
          switch (state) {
            case SliverState.Good g -> good.add(g.sliver());
            case SliverState.Bad b -> bad.add(b);
            case SliverState.Missing _ -> {}
          }
        }
        next = end;
      }
    }
    bad.forEach(b -> session.complain(b.skipped()));
    return new Collected(axis, needed, good);
  }

  /** Names what is out of place on standard error. */
  void complainOfStrays(Axis axis) throws CommandException {
    for (String stray : candidates(axis).strays()) {
      session.complain(
          directory.root().resolve(stray)
              + ": skipped: "
              + SliverDirectory.Listing.strayReason(parameters));
    }
  }

  private Candidates candidates(Axis axis) throws CommandException {
    SliverDirectory.Listing listing = directory.list(axis, parameters);
    BitSet present = listing.present();
    List<SliverFile> files = new ArrayList<>(present.cardinality());
    present.stream()
        .mapToObj(p -> directory.file(axis, SliverPairIndex.of(p), parameters))
        .forEach(files::add);
    files.sort(Comparator.comparingInt(file -> file.id().index()));
    return new Candidates(axis, parameters.sourceSymbols(axis), files, listing.strays());
  }

  /** The files of one axis by sliver index, which puts the systematic slivers first. */
  private record Candidates(Axis axis, int needed, List<SliverFile> files, List<String> strays) {

    int systematicMissing() {
      return needed - (int) files.stream().filter(f -> f.id().index() < needed).count();
    }
  }

  /**
   * Good slivers of one axis.
   *
   * @param axis the axis
   * @param needed how many decoding needs
   * @param slivers at most {@code needed} slivers
   */
  record Collected(Axis axis, int needed, List<VerifiedSliver> slivers) {

    boolean isEnough() {
      return slivers.size() >= needed;
    }

    /** {@code got 3 primary, needed 4}. */
    String describe() {
      return "got " + slivers.size() + " " + axis + ", needed " + needed;
    }
  }
}
