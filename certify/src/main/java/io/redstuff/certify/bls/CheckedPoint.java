package io.redstuff.certify.bls;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;

/** A finite point of a subgroup, as an engine has it, with its compressed form. Immutable. */
abstract class CheckedPoint {
  private final byte[] bytes;

  /** Whose the point is. */
  private final Pairings<?, ?> owner;

  private final Object point;

  CheckedPoint(Pairings<?, ?> owner, Object point, byte[] bytes) {
    this.owner = owner;
    this.point = point;
    this.bytes = bytes;
  }

  /** Returns whose the point is. */
  Pairings<?, ?> owner() {
    return owner;
  }

  /** Returns the point as {@code pairings} has it, which reads it by {@code decode}. */
  @SuppressWarnings({"unchecked", "ReferenceEquality"}) // the point is its owner's alone
  <P> P point(Pairings<?, ?> pairings, Function<byte[], Optional<P>> decode) {
    return owner == pairings ? (P) point : decode.apply(bytes).orElseThrow();
  }

  /** {@return the compressed form, a fresh array} */
  public byte[] toBytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CheckedPoint that && Arrays.equals(bytes, that.bytes);
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
