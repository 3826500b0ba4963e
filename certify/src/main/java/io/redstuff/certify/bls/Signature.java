package io.redstuff.certify.bls;

/**
 * A signature, or a sum of some, that was checked to be a finite point of the subgroup of G2. Whose
 * it is, and for which message, is for {@link BlsEngine#verify} to say. Signatures with the same
 * bytes are equal, whichever engine read them. Immutable.
 *
 * @since 0.1.0
 */
public final class Signature extends CheckedPoint {
  /** The length of the compressed form, in bytes. */
  public static final int BYTES = 96;

  <S> Signature(Pairings<?, S> owner, S point, byte[] bytes) {
    super(owner, point, bytes);
  }

  /** Returns the point as {@code pairings} has it. */
  <S> S point(Pairings<?, S> pairings) {
    return point(pairings, pairings::decodeSignature);
  }
}
