package io.redstuff.cli.show;

import io.redstuff.Axis;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws a map for a terminal: a character a cell, the pair of the first one before each row. */
public final class MapText {

  private static final int COLUMNS = 100;

  private MapText() {}

  /** Returns the lines of the picture. */
  public static String draw(SliverMap map) {
    StringBuilder text = new StringBuilder();
    String legend =
        map.states().stream()
            .map(state -> state.glyph + " " + state.label)
            .collect(Collectors.joining("   "));
    int width = Math.max(4, Integer.toString(map.shards() - 1).length());
    for (Axis axis : Axis.values()) {
      text.append(String.format("%s slivers by pair   %s%n", axis, legend));
      List<CellState> cells = map.cells().get(axis);
      for (int from = 0; from < cells.size(); from += COLUMNS) {
        text.append(String.format(Locale.ROOT, "%" + width + "d ", from));
        cells.subList(from, Math.min(cells.size(), from + COLUMNS)).stream()
            .map(cell -> cell.glyph)
            .forEachOrdered(text::append);
        text.append(System.lineSeparator());
      }
    }
    return text.toString();
  }
}
