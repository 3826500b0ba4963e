package io.redstuff.cli;

import io.redstuff.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A map laid out in pixels, for whatever draws rectangles and text.
 *
 * @param width pixels
 * @param height pixels
 * @param boxes filled rectangles
 * @param labels lines of text
 */
record MapDrawing(int width, int height, List<Box> boxes, List<Label> labels) {

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

  /** Less would not hold the title. */
  private static final int MIN_WIDTH = 560;

  /** So many cells stand close together, with a gap to the next ones. */
  private static final int GROUP = 10;

  private static final int GAP = 4;

  /** Up to so many slivers, cells are large. */
  private static final int MANY = 2500;

  /**
   * A filled rectangle.
   *
   * @param x left edge
   * @param y upper edge
   * @param width pixels
   * @param height pixels
   * @param fill its color, as 0xrrggbb
   * @param outline the color of a line of one pixel just inside it
   */
  record Box(int x, int y, int width, int height, int fill, int outline) {}

  /**
   * A line of text.
   *
   * @param x where it starts, or where it ends if {@code atEnd}
   * @param baseline what its letters stand on
   * @param size of the font in pixels
   * @param color as 0xrrggbb
   * @param bold whether it is
   * @param atEnd whether it is set against its right end
   * @param text what it says
   */
  record Label(
      int x, int baseline, int size, int color, boolean bold, boolean atEnd, String text) {}

  /** Lays out {@code map}: the id, then for each axis its counts and its cells. */
  static MapDrawing of(SliverMap map) {
    int shards = map.shards();
    int columns = shards <= MANY ? Math.min(shards, 50) : 200;
    int pitch = shards <= MANY ? 14 : 7;
    int rows = (shards + columns - 1) / columns;
    List<Box> boxes = new ArrayList<>();
    List<Label> labels = new ArrayList<>();
    int left = MARGIN + ROW_LABELS;
    int y = MARGIN + TITLE;
    labels.add(label(MARGIN, y, TITLE, INK, true, "Blob " + map.blobId()));
    y += LINE;
    labels.add(
        label(MARGIN, y, TEXT, FAINT, false, shards + " sliver pairs, " + columns + " to a row"));
    for (Axis axis : Axis.values()) {
      y += LINE + LINE / 2;
      legend(map, axis, y, boxes, labels);
      y += LINE / 2;
      List<CellState> cells = map.cells().get(axis);
      for (int row = 0; row < rows; row++) {
        // With small cells there is no room for a number at every row.
        if (pitch > TEXT || row % 5 == 0) {
          int baseline = y + row * pitch + (pitch + TEXT) / 2 - 3;
          String first = Integer.toString(row * columns);
          labels.add(new Label(left - 8, baseline, TEXT - 2, FAINT, false, true, first));
        }
      }
      for (int i = 0; i < shards; i++) {
        int column = i % columns;
        int x = left + column * pitch + column / GROUP * GAP;
        boxes.add(cell(x, y + i / columns * pitch, pitch - 2, cells.get(i)));
      }
      y += rows * pitch;
    }
    int width = Math.max(MIN_WIDTH, left + columns * pitch + (columns - 1) / GROUP * GAP + MARGIN);
    return new MapDrawing(width, y + MARGIN, boxes, labels);
  }

  private static void legend(
      SliverMap map, Axis axis, int baseline, List<Box> boxes, List<Label> labels) {
    String name = axis.toString();
    labels.add(
        label(
            MARGIN,
            baseline,
            TEXT,
            INK,
            true,
            name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)));
    int x = MARGIN + 100;
    for (CellState state : CellState.values()) {
      boxes.add(cell(x, baseline - 11, 12, state));
      labels.add(
          label(x + 18, baseline, TEXT, INK, false, map.count(axis, state) + " " + state.label()));
      x += 110;
    }
  }

  private static Box cell(int x, int y, int size, CellState state) {
    int outline = state == CellState.MISSING ? OUTLINE : state.color();
    return new Box(x, y, size, size, state.color(), outline);
  }

  private static Label label(int x, int baseline, int size, int color, boolean bold, String text) {
    return new Label(x, baseline, size, color, bold, false, text);
  }
}
