/**
 * BLS signatures over the curve BLS12-381 as the Walrus network has them: keys in G1, signatures in
 * G2, both compressed, ciphersuite {@code BLS_SIG_BLS12381G2_XMD:SHA-256_SSWU_RO_NUL_}.
 *
 * <p>Of the other suite, with the groups in each other's place, signatures can be verified, since
 * beacons have it.
 *
 * <p>{@link io.redstuff.certify.bls.BlsEngine} is where to start. Keys and signatures are checked
 * when they are read: canonical and compressed, on the curve, in the subgroup, not infinite. What
 * is a {@link io.redstuff.certify.bls.PublicKey} or a {@link io.redstuff.certify.bls.Signature} may
 * be added and compared without further care, but for one thing: keys may be added only if each
 * owner has shown that it knows its secret, see {@link
 * io.redstuff.certify.bls.BlsEngine#aggregateKeys}.
 *
 * <p>Whether an operation on a secret key takes the same time for every key is up to the library
 * that computes it. blst promises that signing does. Bouncy Castle's multiplication does the same
 * steps for every key, but on {@link java.math.BigInteger}, whose time depends on the numbers: do
 * not sign with it where strangers can measure how long that takes.
 */
package io.redstuff.certify.bls;
