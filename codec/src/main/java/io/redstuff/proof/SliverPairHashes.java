package io.redstuff.proof;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The Merkle roots of the two slivers of a pair: what the metadata says about them. Each is the
 * root over the {@code n} symbols of the <em>expanded</em> row or column.
 *
 * <p>Immutable: arrays are copied on the way in and out, and compared by content.
 */
public final class SliverPairHashes {

  private final byte[] primary;
  private final byte[] secondary;

  /**
   * Makes a pair of hashes.
   *
   * @param primary the 32 bytes for the primary sliver; copied
   * @param secondary the 32 bytes for the secondary sliver; copied
   * @throws IllegalArgumentException if one of them has not 32 bytes
   */
  public SliverPairHashes(byte[] primary, byte[] secondary) {
    this.primary = copy("primary hash", primary);
    this.secondary = copy("secondary hash", secondary);
  }

  private static byte[] copy(String what, byte[] hash) {
    if (Objects.requireNonNull(hash, what).length != Node.DIGEST_BYTES) {
      throw new IllegalArgumentException(
          what + ": got " + hash.length + " bytes, expected " + Node.DIGEST_BYTES);
    }
    return hash.clone();
  }

  /**
   * Returns the hash of the primary sliver.
   *
   * @return a fresh copy of its 32 bytes
   */
  public byte[] primary() {
    return primary.clone();
  }

  /**
   * Returns the hash of the secondary sliver.
   *
   * @return a fresh copy of its 32 bytes
   */
  public byte[] secondary() {
    return secondary.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SliverPairHashes that
        && Arrays.equals(primary, that.primary)
        && Arrays.equals(secondary, that.secondary);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(primary) + Arrays.hashCode(secondary);
  }

  /**
   * Returns both hashes in hexadecimal.
   *
   * @return the text
   */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return "primary " + hex.formatHex(primary) + ", secondary " + hex.formatHex(secondary);
  }
}
