package io.redstuff.cli;

/** What has become of a sliver, and how pictures show it. */
enum CellState {
  /** It was there. */
  GOOD("good", '.', 0xa9d5b9),
  /** It is back. */
  HEALED("healed", '+', 0x1a4f9c),
  /** Something else is in its place. */
  BAD("bad", 'x', 0xe8590c),
  /** Nothing is in its place. */
  MISSING("missing", '_', 0xffffff);

  private final String label;
  private final char glyph;
  private final int color;

  CellState(String label, char glyph, int color) {
    this.label = label;
    this.glyph = glyph;
    this.color = color;
  }

  /** The word for it. */
  String label() {
    return label;
  }

  /** What stands for it where there are only characters. */
  char glyph() {
    return glyph;
  }

  /** What its cell is filled with, as 0xrrggbb. They differ in lightness too. */
  int color() {
    return color;
  }
}
