package io.redstuff.quilt;

import io.redstuff.EncodingParameters;
import java.util.Arrays;

/**
 * Where the parts of a quilt lie: the index first, then the files, each in whole columns of its
 * own.
 *
 * @param symbolSize bytes of a symbol
 * @param starts the first column of each part, and after them that of what is free
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares these
record QuiltLayout(int symbolSize, int[] starts) {
  /** The index may take so many columns. */
  static final int MAX_INDEX_COLUMNS = 10;

  /** Version and length of the index have to be in its first column. */
  static final int INDEX_PREFIX = 5;

  /**
   * Lays out a quilt.
   *
   * @param sizes bytes of the index and of each file, with all that belongs to them
   * @throws IllegalArgumentException if there are too many parts, or too many bytes
   */
  static QuiltLayout of(EncodingParameters parameters, long[] sizes) {
    int rows = parameters.primarySourceSymbols();
    int columns = parameters.secondarySourceSymbols();
    int symbolSize = symbolSize(sizes, rows, columns, MAX_INDEX_COLUMNS);
    int[] starts = new int[sizes.length + 1];
    for (int i = 0; i < sizes.length; i++) {
      long taken = Math.ceilDiv(sizes[i], (long) rows * symbolSize);
      starts[i + 1] = starts[i] + Math.toIntExact(taken);
    }
    return new QuiltLayout(symbolSize, starts);
  }

  /**
   * Returns the least size of a symbol with which all parts, the index first, find their columns:
   * an even number.
   */
  static int symbolSize(long[] sizes, int rows, int columns, int maxIndexColumns) {
    if (sizes.length > columns) {
      throw new IllegalArgumentException(
          "quilt: got %s files, expected at most %s".formatted(sizes.length - 1, columns - 1));
    }
    int low = 1;
    int high = EncodingParameters.MAX_SYMBOL_SIZE / 2;
    if (!fits(sizes, (long) rows * 2 * high, columns, maxIndexColumns)) {
      throw new IllegalArgumentException(
          "quilt: got %s bytes in %s files and an index of %s, expected what fits %s columns of %s bytes, the index %s of them"
              .formatted(
                  Arrays.stream(sizes).skip(1).sum(),
                  sizes.length - 1,
                  sizes[0],
                  columns,
                  (long) rows * 2 * high,
                  maxIndexColumns));
    }
    while (low < high) {
      int middle = (low + high) / 2;
      if (fits(sizes, (long) rows * 2 * middle, columns, maxIndexColumns)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return 2 * low;
  }

  /** Returns whether columns of so many bytes are long enough. Longer ones then are, too. */
  private static boolean fits(long[] sizes, long columnBytes, int columns, int maxIndexColumns) {
    return columnBytes >= INDEX_PREFIX
        && Math.ceilDiv(sizes[0], columnBytes) <= maxIndexColumns
        && Arrays.stream(sizes).map(size -> Math.ceilDiv(size, columnBytes)).sum() <= columns;
  }
}
