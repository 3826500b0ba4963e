package io.redstuff.seal;

import java.util.List;

/**
 * Shamir's sharing of secrets, one polynomial over {@link Gf256} for each byte. The secret is its
 * value at 0, shares are those at other places.
 */
final class Shares {
  private Shares() {}

  /** A share, and where the polynomials have it: from 1 to 255. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Share(int index, byte[] value) {}

  /**
   * Returns the share at an index.
   *
   * @param secret the constant terms
   * @param coefficients those of x, then of x^2, each as long as the secret
   */
  static byte[] at(int index, byte[] secret, byte[][] coefficients) {
    byte[] value = new byte[secret.length];
    for (int i = coefficients.length - 1; i >= -1; i--) {
      byte[] terms = i < 0 ? secret : coefficients[i];
      for (int at = 0; at < value.length; at++) {
        value[at] = (byte) (Gf256.multiply(value[at] & 0xff, index) ^ terms[at]);
      }
    }
    return value;
  }

  /**
   * Returns the values at a place of the polynomials of the least degree through some shares.
   *
   * @param shares one or more, of distinct indices
   */
  static byte[] interpolate(List<Share> shares, int place) {
    byte[] value = new byte[shares.getFirst().value().length];
    for (Share share : shares) {
      int weight = weight(shares, share.index(), place);
      for (int at = 0; at < value.length; at++) {
        value[at] ^= (byte) Gf256.multiply(share.value()[at] & 0xff, weight);
      }
    }
    return value;
  }

  /** Returns the value of a Lagrange polynomial: 1 at its own index, 0 at the others. */
  private static int weight(List<Share> shares, int index, int place) {
    int weight = 1;
    for (Share other : shares) {
      if (other.index() != index) {
        weight = Gf256.divide(Gf256.multiply(weight, place ^ other.index()), index ^ other.index());
      }
    }
    return weight;
  }
}
