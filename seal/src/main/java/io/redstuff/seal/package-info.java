/**
 * Seal: data encrypted to an identity, with the key split among key servers, of which a threshold
 * is enough to open it. {@link io.redstuff.seal.Seal} is where to start.
 *
 * <p>The servers' public keys are all it takes to seal. To open, one asks each server for the key
 * of the identity ({@link io.redstuff.seal.UserKey}), which it gives out as its policy says. The
 * scheme is that of Boneh and Franklin over BLS12-381 with shares by Shamir over GF(256); the bytes
 * are those of {@code @mysten/seal}.
 *
 * <p>Secrets that are arrays here are wiped after use. Copies that the JDK's ciphers and the
 * pairing library make, and points, cannot be reached; they last until the garbage collector has
 * used their memory again.
 */
package io.redstuff.seal;
