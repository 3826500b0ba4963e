package io.redstuff.certify.bls;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A signature, or a sum of some, that was checked to be a finite point of the subgroup of G2. Whose
 * it is, and for which message, is for {@link BlsEngine#verify} to say. Signatures with the same
 * bytes are equal, whichever engine read them. Immutable.
 */
public final class Signature {
  /** The length of the compressed form, in bytes. */
  public static final int BYTES = 96;

  private final byte[] bytes;

  /** Whose the point is. */
  private final Pairings<?, ?> owner;

  private final Object point;

  <S> Signature(Pairings<?, S> owner, S point, byte[] bytes) {
    this.owner = owner;
    this.point = point;
    this.bytes = bytes;
  }

  /** Returns the point as {@code pairings} has it. */
  @SuppressWarnings({"unchecked", "ReferenceEquality"}) // the point is its owner's alone
  <S> S point(Pairings<?, S> pairings) {
    return owner == pairings ? (S) point : pairings.decodeSignature(bytes).orElseThrow();
  }

  /** {@return the compressed form, a fresh array of 96 bytes} */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Signature that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** {@return the compressed form in hexadecimal, after {@code 0x}} */
  @Override
  public String toString() {
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
