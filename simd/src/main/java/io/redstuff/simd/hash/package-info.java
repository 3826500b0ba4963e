/**
 * BLAKE2b-256: of one message, in the kernels of the engines, and for the Merkle trees of the
 * codec, to which alone this package is exported. Everybody else has {@code
 * io.redstuff.simd.LeafHasher}.
 */
package io.redstuff.simd.hash;
