package io.redstuff.certify.bls;

/**
 * A finite point of the subgroup of G2, for what is built on the groups themselves: see {@link
 * PairingGroups}. Points with the same bytes are equal, whichever engine read them. Immutable.
 *
 * @since 0.1.0
 */
public final class G2Point extends CheckedPoint {
  /** The length of the compressed form, in bytes. */
  public static final int BYTES = 96;

  <S> G2Point(Pairings<?, S> owner, S point, byte[] bytes) {
    super(owner, point, bytes);
  }

  /** Returns the point as {@code pairings} has it. */
  <S> S point(Pairings<?, S> pairings) {
    return point(pairings, pairings::decodeSignature);
  }
}
