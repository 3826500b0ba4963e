package io.redstuff;

import java.util.Objects;

/**
 * The number of shards and every size that follows from it.
 *
 * <p>With {@code f = (n - 1) / 3} rounded down, a blob fills a matrix of {@code k1 = n - 2f} rows
 * and {@code k2 = n - f} columns of equally long symbols. Columns are extended to {@code n} symbols
 * and rows to {@code n} symbols, so there are {@code n} primary slivers (rows, cut after {@code k2}
 * symbols) and {@code n} secondary slivers (columns, cut after {@code k1} symbols).
 *
 * <p>Sizes are in bytes and {@code long} throughout: at 1000 shards a blob may have 14,599,533,452
 * bytes.
 *
 * @param shards the number of shards {@code n}, from {@value #MIN_SHARDS} to {@value #MAX_SHARDS}
 * @since 0.1.0
 */
public record EncodingParameters(int shards) {

  /** The fewest shards that leave a symbol to recover with. */
  public static final int MIN_SHARDS = 4;

  /** The most shards for which both codes fit the field of 65536 elements. */
  public static final int MAX_SHARDS = 49155;

  /** The longest symbol in bytes: the largest even number that fits 16 bits. */
  public static final int MAX_SYMBOL_SIZE = 65534;

  private static final int DIGEST_BYTES = 32;

  /**
   * Checks the number of shards.
   *
   * @param shards the number of shards
   * @throws IllegalArgumentException if it is below {@value #MIN_SHARDS} or above {@value
   *     #MAX_SHARDS}
   */
  public EncodingParameters {
    if (shards < MIN_SHARDS || shards > MAX_SHARDS) {
      throw new IllegalArgumentException(
          "shards: got " + shards + ", expected " + MIN_SHARDS + " to " + MAX_SHARDS);
    }
  }

  /**
   * Returns the parameters for a number of shards.
   *
   * @param shards the number of shards
   * @return the parameters
   * @throws IllegalArgumentException if there are fewer than {@value #MIN_SHARDS} or more than
   *     {@value #MAX_SHARDS} shards
   */
  public static EncodingParameters forShards(int shards) {
    return new EncodingParameters(shards);
  }

  /**
   * Checks a symbol size.
   *
   * @param symbolSize a symbol size in bytes
   * @throws IllegalArgumentException if it is not positive, not even, or above {@value
   *     #MAX_SYMBOL_SIZE}
   */
  public static void checkSymbolSize(int symbolSize) {
    if (!isSymbolSize(symbolSize)) {
      throw new IllegalArgumentException(symbolSizeMessage(symbolSize));
    }
  }

  static boolean isSymbolSize(int symbolSize) {
    return symbolSize > 0 && symbolSize <= MAX_SYMBOL_SIZE && (symbolSize & 1) == 0;
  }

  static String symbolSizeMessage(int symbolSize) {
    return "symbol size: got "
        + symbolSize
        + ", expected an even number from 2 to "
        + MAX_SYMBOL_SIZE;
  }

  /**
   * Returns how many faulty shards are tolerated, {@code f}.
   *
   * @return {@code (n - 1) / 3} rounded down
   */
  public int maxFaulty() {
    return (shards - 1) / 3;
  }

  /**
   * Returns the number of rows a blob fills, {@code k1}: the symbols of a secondary sliver.
   *
   * @return {@code n - 2f}
   */
  public int primarySourceSymbols() {
    return shards - 2 * maxFaulty();
  }

  /**
   * Returns the number of columns a blob fills, {@code k2}: the symbols of a primary sliver.
   *
   * @return {@code n - f}
   */
  public int secondarySourceSymbols() {
    return shards - maxFaulty();
  }

  /**
   * Returns whether so many good slivers of each axis give the blob.
   *
   * @param primaries how many different primary slivers
   * @param secondaries how many different secondary slivers
   * @return true for {@code k1} primary or {@code k2} secondary slivers, or more
   */
  public boolean isDecodable(long primaries, long secondaries) {
    return primaries >= primarySourceSymbols() || secondaries >= secondarySourceSymbols();
  }

  /**
   * Returns how many slivers of an axis determine the blob.
   *
   * @param axis the axis of the slivers
   * @return {@code k1} for primary, {@code k2} for secondary
   */
  public int sourceSymbols(Axis axis) {
    return Objects.requireNonNull(axis, "axis") == Axis.PRIMARY
        ? primarySourceSymbols()
        : secondarySourceSymbols();
  }

  /**
   * Returns how many symbols a sliver of an axis holds.
   *
   * @param axis the axis of the sliver
   * @return {@code k2} for primary, {@code k1} for secondary
   */
  public int symbolsPerSliver(Axis axis) {
    return sourceSymbols(axis.opposite());
  }

  /**
   * Returns the length of the longest blob.
   *
   * @return {@code k1 * k2 * 65534} bytes
   */
  public long maxBlobLength() {
    return sourceMatrixSymbols() * MAX_SYMBOL_SIZE;
  }

  /**
   * Returns the symbol size for a blob: the least even size with which the blob fits the matrix.
   * The empty blob is treated as one of a single byte.
   *
   * @param blobLength the length of the blob in bytes
   * @return the symbol size in bytes, even, from 2 to {@value #MAX_SYMBOL_SIZE}
   * @throws IllegalArgumentException if {@code blobLength} is negative or above {@link
   *     #maxBlobLength()}
   */
  public int symbolSize(long blobLength) {
    if (blobLength < 0 || blobLength > maxBlobLength()) {
      throw new IllegalArgumentException(
          "blob length: got "
              + blobLength
              + ", expected 0 to "
              + maxBlobLength()
              + " with "
              + shards
              + " shards");
    }
    long bytes = Math.ceilDiv(Math.max(blobLength, 1L), sourceMatrixSymbols());
    return Math.toIntExact(bytes + (bytes & 1));
  }

  /**
   * Returns the length of the symbols of one sliver.
   *
   * @param axis the axis of the sliver
   * @param symbolSize the symbol size in bytes
   * @return {@code symbolsPerSliver(axis) * symbolSize} bytes
   * @throws IllegalArgumentException if {@code symbolSize} is not positive, not even, or too large
   */
  public long sliverLength(Axis axis, int symbolSize) {
    checkSymbolSize(symbolSize);
    return (long) symbolsPerSliver(axis) * symbolSize;
  }

  /**
   * Returns the length of the blob with its zero padding.
   *
   * @param blobLength the length of the blob in bytes
   * @return {@code k1 * k2 * symbolSize} bytes
   * @throws IllegalArgumentException if {@code blobLength} is negative or above {@link
   *     #maxBlobLength()}
   */
  public long paddedLength(long blobLength) {
    return sourceMatrixSymbols() * symbolSize(blobLength);
  }

  /**
   * Returns the length of the symbols of all slivers of both axes.
   *
   * @param blobLength the length of the blob in bytes
   * @return {@code n * (k1 + k2) * symbolSize} bytes
   * @throws IllegalArgumentException if {@code blobLength} is negative or above {@link
   *     #maxBlobLength()}
   */
  public long sliversLength(long blobLength) {
    long symbolsPerPair = (long) primarySourceSymbols() + secondarySourceSymbols();
    return shards * symbolsPerPair * symbolSize(blobLength);
  }

  /**
   * Returns the length of the metadata as the network accounts for it: two digests for each pair of
   * slivers, and the blob id. The BCS form is slightly longer.
   *
   * @return {@code 64n + 32} bytes
   */
  public long metadataLength() {
    return 2L * DIGEST_BYTES * shards + DIGEST_BYTES;
  }

  /**
   * Returns the length of everything stored for a blob: all slivers, and the metadata on each
   * shard.
   *
   * @param blobLength the length of the blob in bytes
   * @return {@code n * metadataLength() + sliversLength(blobLength)} bytes
   * @throws IllegalArgumentException if {@code blobLength} is negative or above {@link
   *     #maxBlobLength()}
   */
  public long encodedLength(long blobLength) {
    return shards * metadataLength() + sliversLength(blobLength);
  }

  private long sourceMatrixSymbols() {
    return (long) primarySourceSymbols() * secondarySourceSymbols();
  }
}
