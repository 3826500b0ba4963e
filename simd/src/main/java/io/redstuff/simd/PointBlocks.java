package io.redstuff.simd;

import java.util.Arrays;

/**
 * Some symbols of a code by ascending point, cut into the blocks of equal size that their points
 * fall into. Blocks without a symbol are left out.
 *
 * <p>Immutable.
 */
final class PointBlocks {
  private final int size;
  private final int[] symbols;
  private final int[] points;

  /** Ascending numbers of the blocks, block j holding the points from j * size on. */
  private final int[] numbers;

  /** By block, the position of its first symbol; after the last the number of symbols. */
  private final int[] starts;

  private PointBlocks(int size, int[] symbols, int[] points, int[] numbers, int[] starts) {
    this.size = size;
    this.symbols = symbols;
    this.points = points;
    this.numbers = numbers;
    this.starts = starts;
  }

  /** Returns blocks of one point each, for symbols of a code in ascending order. */
  static PointBlocks of(ReedSolomon code, int[] ascending) {
    int[] symbols = ascending;
    if (code.isHighRate()) {
      // the recovery symbols, which come last, have the lower points
      int originals = 0;
      while (originals < ascending.length && ascending[originals] < code.originals()) {
        originals++;
      }
      int recovery = ascending.length - originals;
      symbols = new int[ascending.length];
      System.arraycopy(ascending, originals, symbols, 0, recovery);
      System.arraycopy(ascending, 0, symbols, recovery, originals);
    }
    int[] points = new int[symbols.length];
    int[] starts = new int[symbols.length + 1];
    for (int i = 0; i < points.length; i++) {
      points[i] = code.point(symbols[i]);
      starts[i + 1] = i + 1;
    }
    return new PointBlocks(1, symbols, points, points, starts);
  }

  /** Returns the same symbols in blocks of twice the size. */
  PointBlocks coarser() {
    int[] coarseNumbers = new int[numbers.length];
    int[] coarseStarts = new int[numbers.length + 1];
    int blocks = 0;
    for (int block = 0; block < numbers.length; block++) {
      int number = numbers[block] >> 1;
      if (blocks == 0 || coarseNumbers[blocks - 1] != number) {
        coarseNumbers[blocks] = number;
        coarseStarts[blocks++] = starts[block];
      }
    }
    coarseStarts[blocks] = symbols.length;
    return new PointBlocks(
        2 * size,
        symbols,
        points,
        Arrays.copyOf(coarseNumbers, blocks),
        Arrays.copyOf(coarseStarts, blocks + 1));
  }

  /** Returns the number of points of a block. */
  int size() {
    return size;
  }

  /** Returns how many blocks hold a symbol. */
  int count() {
    return numbers.length;
  }

  /** Returns the number of a block, which times the size is its first point. */
  int number(int block) {
    return numbers[block];
  }

  /** Returns which of these blocks has a number; negative if none. */
  int find(int number) {
    return Arrays.binarySearch(numbers, number);
  }

  /** Returns the position of a block's first symbol; for {@code count()} how many there are. */
  int start(int block) {
    return starts[block];
  }

  /** Returns the symbol at a position. */
  int symbol(int position) {
    return symbols[position];
  }

  /** Returns the point of the symbol at a position. */
  int point(int position) {
    return points[position];
  }

  /** Returns the row, within its block, of the symbol at a position. */
  int row(int position) {
    return points[position] & (size - 1);
  }

  /** Returns the first row of a block that holds a symbol. */
  int from(int block) {
    return row(starts[block]);
  }

  /** Returns the row after the last one of a block that holds a symbol. */
  int to(int block) {
    return row(starts[block + 1] - 1) + 1;
  }
}
