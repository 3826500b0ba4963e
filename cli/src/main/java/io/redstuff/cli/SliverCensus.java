package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.proof.VerifiedMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which slivers of a directory are good, in the course of healing them. */
final class SliverCensus {

  private final EncodingParameters parameters;
  private final Map<Axis, List<SliverFile>> good = new EnumMap<>(Axis.class);
  private final Map<Axis, List<SliverFile>> lacking = new EnumMap<>(Axis.class);
  private final Map<SliverId, CellState> cells = new TreeMap<>();
  private final List<SliverState.Bad> bad = new ArrayList<>();

  /** Takes {@code states}, which hold every place of both axes once. */
  SliverCensus(EncodingParameters parameters, Collection<SliverState> states) {
    this.parameters = parameters;
    for (Axis axis : Axis.values()) {
      good.put(axis, new ArrayList<>());
      lacking.put(axis, new ArrayList<>());
    }
    states.stream()
        .sorted(Comparator.comparing(state -> state.file().id()))
        .forEachOrdered(this::count);
  }

  /** Looks at all slivers of the blob of {@code metadata} that should be in {@code directory}. */
  static SliverCensus take(
      Session session, SliverDirectory directory, RedStuff codec, VerifiedMetadata metadata) {
    EncodingParameters parameters = metadata.parameters();
    List<SliverFile> files = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      files.addAll(directory.files(axis, parameters));
    }
    try (Progress progress = session.startProgress("checking", files.size(), "slivers")) {
      SliverInspector inspector = new SliverInspector(codec, metadata);
      return new SliverCensus(parameters, inspector.inspect(files, progress));
    }
  }

  private void count(SliverState state) {
    SliverFile file = state.file();
    CellState cell =
        switch (state) {
          case SliverState.Good _ -> CellState.GOOD;
          case SliverState.Missing _ -> CellState.MISSING;
          case SliverState.Bad found -> {
            bad.add(found);
            yield CellState.BAD;
          }
        };
    cells.put(file.id(), cell);
    (cell == CellState.GOOD ? good : lacking).get(file.id().axis()).add(file);
  }

  /** The shape of the encoding. */
  EncodingParameters parameters() {
    return parameters;
  }

  /** The good slivers of {@code axis} by index, then those that were healed. */
  List<SliverFile> good(Axis axis) {
    return List.copyOf(good.get(axis));
  }

  /** The slivers of {@code axis} that are missing or bad, by index. */
  List<SliverFile> lacking(Axis axis) {
    return List.copyOf(lacking.get(axis));
  }

  /** Whether there are enough good slivers of {@code axis} to recover those of the other. */
  boolean hasEnough(Axis axis) {
    return good.get(axis).size() >= parameters.sourceSymbols(axis);
  }

  /** Why slivers of {@code axis} cannot be recovered. */
  String shortage(Axis axis) {
    return "got "
        + good.get(axis.opposite()).size()
        + " good "
        + axis.opposite()
        + " slivers, needed "
        + parameters.symbolsPerSliver(axis);
  }

  /** How many slivers of {@code axis} there are in {@code state}. */
  int count(Axis axis, CellState state) {
    return (int)
        cells.entrySet().stream()
            .filter(cell -> cell.getKey().axis() == axis && cell.getValue() == state)
            .count();
  }

  /** What has become of a sliver. */
  CellState cell(SliverId sliver) {
    return cells.get(sliver);
  }

  /** Whether the right sliver was in its file at first. */
  boolean wasGood(SliverId sliver) {
    return cell(sliver) == CellState.GOOD;
  }

  /** Whether the right sliver is in its file. */
  boolean isGood(SliverId sliver) {
    CellState cell = cell(sliver);
    return cell == CellState.GOOD || cell == CellState.HEALED;
  }

  /** The places in which something else was found at first, in order. */
  List<SliverState.Bad> bad() {
    return List.copyOf(bad);
  }

  /** Notes that the right sliver is now in {@code file}. */
  void heal(SliverFile file) {
    Axis axis = file.id().axis();
    lacking.get(axis).remove(file);
    good.get(axis).add(file);
    cells.put(file.id(), CellState.HEALED);
  }
}
