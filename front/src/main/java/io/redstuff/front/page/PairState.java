package io.redstuff.front.page;

/** What a node says of a pair of slivers. */
enum PairState {
  /** Both are there. */
  GOOD('g'),
  /** Both are there again, and were not before. */
  HEALED('h'),
  /** One of both is there. */
  HALF('p'),
  /** None is there. */
  MISSING('m'),
  /** The node does not answer. */
  AWAY('a');

  private final char letter;

  PairState(char letter) {
    this.letter = letter;
  }

  /** Returns the letter that stands for it. */
  char letter() {
    return letter;
  }
}
