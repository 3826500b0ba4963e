package io.redstuff.cli.show;

import io.redstuff.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A map laid out in pixels, for whatever draws rectangles and text. */
final class MapDrawing {
  /** The color of the paper, as 0xrrggbb. */
  static final int PAPER = 0xffffff;

  private static final int INK = 0x222222;
  private static final int FAINT = 0x6b6b6b;
  private static final int OUTLINE = 0x9a9a9a;
  private static final int MARGIN = 24;
  private static final int ROW_LABELS = 44;
  private static final int LINE = 24;
  private static final int TEXT = 13;
  private static final int TITLE = 15;

  /** Room for the name of an axis, and for each state that is explained beside it. */
  private static final int NAME = 96;

  private static final int STATE = 110;

  /** So many cells stand close together, with a gap to the next ones. */
  private static final int GROUP = 10;

  private static final int GAP = 4;

  /** Up to so many slivers, cells are large. */
  private static final int MANY = 2500;

  private final List<Box> boxes = new ArrayList<>();
  private final List<Label> labels = new ArrayList<>();
  private final SliverMap map;
  private final int columns;
  private final int pitch;
  private int y = MARGIN + TITLE;

  /** A filled rectangle with a line of one pixel just inside it; colors are 0xrrggbb. */
  record Box(int x, int y, int width, int height, int fill, int outline) {}

  /** A line of text, standing on its baseline, that starts at {@code x}, or ends there. */
  record Label(int x, int baseline, int size, int color, boolean bold, boolean end, String text) {}

  /** Lays out {@code map}: the id, then for each axis its counts and its cells. */
  MapDrawing(SliverMap map) {
    this.map = map;
    this.columns = map.shards() <= MANY ? Math.min(map.shards(), 50) : 200;
    this.pitch = map.shards() <= MANY ? 14 : 7;
    label(MARGIN, TITLE, INK, true, "Blob " + map.blobId());
    y += LINE;
    label(MARGIN, TEXT, FAINT, false, map.shards() + " sliver pairs, " + columns + " to a row");
    for (Axis axis : Axis.values()) {
      y += LINE + LINE / 2;
      legend(axis);
      y += LINE / 2;
      cells(map.cells().get(axis));
    }
    y += MARGIN;
  }

  int width() {
    int cells = MARGIN + ROW_LABELS + columns * pitch + (columns - 1) / GROUP * GAP + MARGIN;
    return Math.max(MARGIN + NAME + map.states().size() * STATE, cells);
  }

  int height() {
    return y;
  }

  List<Box> boxes() {
    return boxes;
  }

  List<Label> labels() {
    return labels;
  }

  private void legend(Axis axis) {
    String name = axis.toString();
    label(
        MARGIN, TEXT, INK, true, name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1));
    int x = MARGIN + NAME;
    for (CellState state : map.states()) {
      cell(x, y - 11, 12, state);
      label(x + 18, TEXT, INK, false, map.count(axis, state) + " " + state.label);
      x += STATE;
    }
  }

  private void cells(List<CellState> cells) {
    int left = MARGIN + ROW_LABELS;
    for (int i = 0; i < cells.size(); i++) {
      int row = i / columns;
      int column = i % columns;
      // With small cells there is no room for a number at every row.
      if (column == 0 && (pitch > TEXT || row % 5 == 0)) {
        int baseline = y + row * pitch + (pitch + TEXT) / 2 - 3;
        labels.add(new Label(left - 8, baseline, TEXT - 2, FAINT, false, true, "" + i));
      }
      int x = left + column * pitch + column / GROUP * GAP;
      cell(x, y + row * pitch, pitch - 2, cells.get(i));
    }
    y += Math.ceilDiv(cells.size(), columns) * pitch;
  }

  private void cell(int x, int top, int size, CellState state) {
    int outline = state == CellState.MISSING ? OUTLINE : state.color;
    boxes.add(new Box(x, top, size, size, state.color, outline));
  }

  private void label(int x, int size, int color, boolean bold, String text) {
    labels.add(new Label(x, y, size, color, bold, false, text));
  }
}
