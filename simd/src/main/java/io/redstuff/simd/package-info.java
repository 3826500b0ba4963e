/**
 * Bytes and field elements: the arithmetic that RedStuff is made of, usable on its own. Nothing
 * here knows what a blob is.
 *
 * <p>{@link io.redstuff.simd.ReedSolomon} encodes and decodes one-dimensional Reed-Solomon codes
 * over GF(2^16) in memory of the caller's. {@link io.redstuff.simd.LeafHasher} hashes many messages
 * of one length. The work is done by an {@link io.redstuff.simd.Engine}: {@link
 * io.redstuff.simd.Engines} knows those that can run in this JVM, chooses one and says why. All
 * engines give the same bytes; the one called {@code reference} is written to be read and is what
 * the others are compared with.
 *
 * <p>Memory is native {@link java.lang.foreign.MemorySegment}s with {@code long} offsets. Engines
 * are thread-safe; what holds work memory belongs to one thread at a time and says so.
 */
package io.redstuff.simd;
