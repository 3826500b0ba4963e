package io.redstuff.stream;

/**
 * How a blob is going to be encoded within a {@link Workspace}. All ways give the same bytes.
 *
 * @param strategy where the extension of the source rows is kept: the symbols that they have in the
 *     columns from k2 on, half as long as the blob
 * @param memory native memory that it takes, in bytes
 * @param spillBytes length of the temporary file, 0 for none
 * @param sourceReads how often the blob is read from its first to its last byte
 * @param columnsAtOnce how many columns of the matrix are extended and hashed together; all, n, for
 *     {@link Strategy#IN_MEMORY}
 * @since 0.1.0
 */
public record EncodingPlan(
    Strategy strategy, long memory, long spillBytes, int sourceReads, int columnsAtOnce) {
  /** Where the extension of the source rows is kept. */
  public enum Strategy {
    /** The blob itself, its extension and, where they are wanted, all slivers are in memory. */
    IN_MEMORY,
    /**
     * The extension is in memory, a part of its columns at a time: the blob is read once for each
     * part, and once more, column by column.
     */
    PASSES,
    /** The extension is in a temporary file: the blob is read row by row, then column by column. */
    SPILL
  }

  /** {@return the plan in words, one line} */
  public String describe() {
    String some = columnsAtOnce + " columns at a time: " + mebibytes(memory) + " MiB of memory, ";
    return switch (strategy) {
      case IN_MEMORY -> "in memory: " + mebibytes(memory) + " MiB";
      case PASSES -> some + "source read " + sourceReads + " times, no temporary file";
      case SPILL -> some + "source read twice, temporary file of " + mebibytes(spillBytes) + " MiB";
    };
  }

  private static long mebibytes(long bytes) {
    return Math.ceilDiv(bytes, 1L << 20);
  }
}
