package io.redstuff.client.api;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;

/**
 * How long bodies can be: whoever sends more is refused before it is read. All in bytes.
 *
 * @since 0.1.0
 */
public final class ApiLimits {
  /** An answer in JSON, but one about a node's health. */
  public static final int JSON = 64 << 10;

  /** A node's health with all of 65,535 shards. */
  public static final int HEALTH_JSON = 4 << 20;

  /** More than a proof's path has: its length, and 17 nodes of 33 bytes. */
  private static final int LONGEST_PROOF = 1 + 17 * 33;

  private ApiLimits() {}

  /**
   * {@return the length of metadata with its blob id}
   *
   * @param parameters the number of shards
   */
  public static int metadata(EncodingParameters parameters) {
    // id, version, encoding, length, number of pairs, two digests with a variant each
    return BlobId.BYTES + 1 + 1 + 8 + 3 + 66 * parameters.shards();
  }

  /**
   * {@return the length of the longest sliver's data}
   *
   * @param parameters the number of shards
   * @param axis the kind of sliver
   */
  public static long sliver(EncodingParameters parameters, Axis axis) {
    return sliver(parameters, axis, EncodingParameters.MAX_SYMBOL_SIZE);
  }

  /**
   * {@return the length of a sliver's data}
   *
   * @param parameters the number of shards
   * @param axis the kind of sliver
   * @param symbolSize the symbol size in bytes
   */
  public static long sliver(EncodingParameters parameters, Axis axis, int symbolSize) {
    return Sliver.bcsLength(parameters.sliverLength(axis, symbolSize));
  }

  /**
   * {@return the length of so many recovery symbols, or decoding symbols, which are shorter}
   *
   * @param count how many
   * @param symbolSize the symbol size in bytes
   */
  public static long symbols(long count, int symbolSize) {
    // axis, source, length of the symbol, symbol, target, proof; the number of all
    return 5 + count * (1 + 2 + 3 + symbolSize + 2 + LONGEST_PROOF);
  }

  /**
   * {@return the length of an inconsistency proof}
   *
   * @param parameters the number of shards
   */
  public static long inconsistencyProof(EncodingParameters parameters) {
    return 2 + symbols(parameters.shards(), EncodingParameters.MAX_SYMBOL_SIZE);
  }
}
