package io.redstuff.certify.bls;

/**
 * A public key that was checked: a finite point of the subgroup of G1. Keys with the same bytes are
 * equal, whichever engine read them. Immutable.
 *
 * @since 0.1.0
 */
public final class PublicKey extends CheckedPoint {
  /** The length of the compressed form, in bytes. */
  public static final int BYTES = 48;

  /** The length of the uncompressed form, in bytes. */
  public static final int UNCOMPRESSED_BYTES = 2 * BYTES;

  <K> PublicKey(Pairings<K, ?> owner, K point, byte[] bytes) {
    super(owner, point, bytes);
  }

  /** Returns the point as {@code pairings} has it. */
  <K> K point(Pairings<K, ?> pairings) {
    return point(pairings, pairings::decodeKey);
  }

  /** {@return x and y, each a big-endian number of 48 bytes, in a fresh array} */
  public byte[] toUncompressedBytes() {
    return uncompressed(owner());
  }

  private <K> byte[] uncompressed(Pairings<K, ?> pairings) {
    return pairings.uncompressKey(point(pairings));
  }
}
