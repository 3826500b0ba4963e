package io.redstuff.cli.show;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.Inspection;
import java.util.ArrayList;
import java.util.Arrays;
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
public record SliverMap(BlobId blobId, Map<Axis, List<CellState>> cells) {
  /** Returns the picture of what was found. */
  public static SliverMap of(Inspection found) {
    VerifiedMetadata metadata = found.metadata();
    Map<Axis, List<CellState>> cells = new EnumMap<>(Axis.class);
    for (int p = 0; p < metadata.parameters().shards(); p++) {
      SliverPairIndex pair = SliverPairIndex.of(p);
      for (SliverId id : List.of(pair.primary(), pair.secondary(metadata.parameters()))) {
        cells
            .computeIfAbsent(id.axis(), _ -> new ArrayList<>())
            .add(CellState.of(found.state(id).condition()));
      }
    }
    return new SliverMap(metadata.blobId(), cells);
  }

  /** Returns the states that are explained: that of slivers that were not looked at only if any. */
  List<CellState> states() {
    return Arrays.stream(CellState.values())
        .filter(
            state ->
                state != CellState.UNCHECKED
                    || cells.values().stream().anyMatch(ofAxis -> ofAxis.contains(state)))
        .toList();
  }

  int shards() {
    return cells.get(Axis.PRIMARY).size();
  }

  int count(Axis axis, CellState state) {
    return (int) cells.get(axis).stream().filter(cell -> cell == state).count();
  }
}
