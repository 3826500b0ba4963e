package io.redstuff.certify.bls;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * What a library computes for {@link BlsEngine}, on its own points. Bytes that come here are of the
 * right length and form. Points that {@code decode} gives need not be of the subgroup, those given
 * to other methods are. Thread-safe; points are never changed.
 *
 * <p>{@link #verifyShort} is for another suite, in which the groups are in each other's place.
 * There a point called key here is a signature, and one called signature is a key.
 *
 * @param <K> points of G1: keys
 * @param <S> points of G2: signatures
 */
interface Pairings<K, S> {
  /** The ciphersuite, which is hashed with each message. */
  String SUITE = "BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_";

  /** That of short signatures. */
  String SHORT_SUITE = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";

  /** Returns what the library is called. */
  String name();

  /** Returns the point of a compressed key; nothing if it is not on the curve. */
  Optional<K> decodeKey(byte[] compressed);

  /** Returns the point of a compressed signature; nothing if it is not on the curve. */
  Optional<S> decodeSignature(byte[] compressed);

  /** Returns whether a point of the curve is of the subgroup. */
  boolean isKeyInSubgroup(K key);

  /** Returns whether a point of the curve is of the subgroup. */
  boolean isSignatureInSubgroup(S signature);

  /** Returns the compressed form; nothing for the point at infinity. */
  Optional<byte[]> encodeKey(K key);

  /** Returns the compressed form; nothing for the point at infinity. */
  Optional<byte[]> encodeSignature(S signature);

  /** Returns x and y of a finite point, 48 bytes each. */
  byte[] uncompressKey(K key);

  /** Returns the key of a secret: 32 bytes, a big-endian number from 1 to r - 1. */
  K key(byte[] secret);

  /** Returns the signature of a secret, as above, for a message. */
  S sign(byte[] secret, byte[] message);

  /** Returns the sum of one point or more. */
  K addKeys(List<K> keys);

  /** Returns the sum of one point or more. */
  S addSignatures(List<S> signatures);

  /** Returns the hash of a message in G1, by {@link #SHORT_SUITE}. */
  K hashToG1(byte[] message);

  /** Returns a point times a secret, as above. */
  K multiplyG1(K point, byte[] secret);

  /** Returns the generator of G2 times a secret, as above. */
  S multiplyG2(byte[] secret);

  /** Returns the inverse of a point. */
  K negateG1(K point);

  /** Returns the pairing, cubed: the bytes that {@link PairingGroups#pair} describes. */
  byte[] pair(K left, S right);

  /** Returns whether {@code signature} is that of {@code key}'s secret for {@code message}. */
  boolean verify(K key, byte[] message, S signature);

  /**
   * Returns whether {@code signature}, a point of G1, is that of {@code key}'s secret for {@code
   * message} by {@link #SHORT_SUITE}.
   */
  boolean verifyShort(S key, byte[] message, K signature);

  /**
   * Returns whether the sums of all parts of this equation, each times its weight, are equal: true
   * if all signatures are good, and if one is not, true with a chance of one in the number of
   * weights.
   *
   * @param weights random numbers that nobody knew when the signatures were made
   */
  boolean verifySum(
      List<K> keys, List<byte[]> messages, List<S> signatures, List<BigInteger> weights);
}
