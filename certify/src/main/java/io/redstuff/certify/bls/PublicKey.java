package io.redstuff.certify.bls;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * A public key that was checked: a finite point of the subgroup of G1. Keys with the same bytes are
 * equal, whichever engine read them. Immutable.
 */
public final class PublicKey {
  /** The length of the compressed form, in bytes. */
  public static final int BYTES = 48;

  /** The length of the uncompressed form, in bytes. */
  public static final int UNCOMPRESSED_BYTES = 2 * BYTES;

  private final byte[] bytes;

  /** Whose the point is. */
  private final Pairings<?, ?> owner;

  private final Object point;

  <K> PublicKey(Pairings<K, ?> owner, K point, byte[] bytes) {
    this.owner = owner;
    this.point = point;
    this.bytes = bytes;
  }

  /** Returns the point as {@code pairings} has it. */
  @SuppressWarnings({"unchecked", "ReferenceEquality"}) // the point is its owner's alone
  <K> K point(Pairings<K, ?> pairings) {
    return owner == pairings ? (K) point : pairings.decodeKey(bytes).orElseThrow();
  }

  /** {@return the compressed form, a fresh array of 48 bytes} */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** {@return x and y, each a big-endian number of 48 bytes, in a fresh array} */
  public byte[] toUncompressedBytes() {
    return uncompressed(owner);
  }

  private <K> byte[] uncompressed(Pairings<K, ?> pairings) {
    return pairings.uncompressKey(point(pairings));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey that && Arrays.equals(bytes, that.bytes);
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
