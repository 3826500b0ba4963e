package io.redstuff.stream;

import io.redstuff.EncodingParameters;
import io.redstuff.internal.matrix.ColumnHasher;

/**
 * Cuts the n columns of a matrix into groups that are worked on together: never past what the
 * hasher takes at a time, nor past column k2, where another kind begins.
 */
record ColumnGroups(EncodingParameters parameters, int most) {
  /** The column after the group that begins with a column. */
  int end(int column) {
    int k2 = parameters.secondarySourceSymbols();
    int kind = column < k2 ? k2 : parameters.shards();
    int taken = (column / ColumnHasher.MOST_COLUMNS + 1) * ColumnHasher.MOST_COLUMNS;
    return Math.min(Math.min(kind, taken), column + most);
  }
}
