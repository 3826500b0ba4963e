package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverPairIndex;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A picture of the slivers of a blob: a grid of cells for each axis, in order of the pairs, which
 * is how the files are named, so that a lost pair has the same place in both grids.
 *
 * @param blobId the id of the blob
 * @param cells what has become of the sliver of each pair, by axis
 */
record SliverMap(BlobId blobId, Map<Axis, List<CellState>> cells) {

  /** The state of things in {@code census}. */
  static SliverMap of(BlobId blobId, SliverCensus census) {
    EncodingParameters parameters = census.parameters();
    Map<Axis, List<CellState>> cells = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      List<CellState> states = new ArrayList<>(parameters.shards());
      for (int p = 0; p < parameters.shards(); p++) {
        SliverPairIndex pair = SliverPairIndex.of(p);
        states.add(census.cell(axis == Axis.PRIMARY ? pair.primary() : pair.secondary(parameters)));
      }
      cells.put(axis, states);
    }
    return new SliverMap(blobId, cells);
  }

  /** The number of pairs. */
  int shards() {
    return cells.get(Axis.PRIMARY).size();
  }

  /** How many cells of {@code axis} are in {@code state}. */
  int count(Axis axis, CellState state) {
    return (int) cells.get(axis).stream().filter(cell -> cell == state).count();
  }
}
