package io.redstuff.cli.show;

import io.redstuff.store.SliverState.Condition;

/** What has become of a sliver, and how pictures show it. */
public enum CellState {
  GOOD(Condition.GOOD, "good", '.', 0xa9d5b9),
  HEALED(Condition.RESTORED, "healed", '+', 0x1a4f9c),
  BAD(Condition.BAD, "bad", 'x', 0xe8590c),
  MISSING(Condition.MISSING, "missing", '_', 0xffffff),
  UNCHECKED(Condition.UNCHECKED, "not looked at", '?', 0x9e9e9e);

  final Condition condition;

  /** The word for it. */
  final String label;

  /** What stands for it where there are only characters. */
  final char glyph;

  /** What its cell is filled with, as 0xrrggbb. They differ in lightness too. */
  final int color;

  CellState(Condition condition, String label, char glyph, int color) {
    this.condition = condition;
    this.label = label;
    this.glyph = glyph;
    this.color = color;
  }

  static CellState of(Condition condition) {
    for (CellState state : values()) {
      if (state.condition == condition) {
        return state;
      }
    }
    throw new IllegalArgumentException("" + condition);
  }
}
