package io.redstuff.certify.bls;

/**
 * A finite point of the subgroup of G1, for what is built on the groups themselves: see {@link
 * PairingGroups}. Points with the same bytes are equal, whichever engine read them. Immutable.
 *
 * @since 0.1.0
 */
public final class G1Point extends CheckedPoint {
  /** The length of the compressed form, in bytes. */
  public static final int BYTES = 48;

  <K> G1Point(Pairings<K, ?> owner, K point, byte[] bytes) {
    super(owner, point, bytes);
  }

  /** Returns the point as {@code pairings} has it. */
  <K> K point(Pairings<K, ?> pairings) {
    return point(pairings, pairings::decodeKey);
  }
}
