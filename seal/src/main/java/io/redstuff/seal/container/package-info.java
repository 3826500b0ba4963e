/**
 * Sealed blobs of any size. Seal's own objects have to be in memory whole, and open whole or not at
 * all. Here an object carries a key and nothing else, and what is sealed follows it in segments,
 * each of which is encrypted and authenticated by itself, with its place: the construction STREAM.
 * So it is written and read in little memory, and a range is opened with the segments it lies in.
 *
 * <p>{@link io.redstuff.seal.container.SealedSource} seals what a blob is encoded from, {@link
 * io.redstuff.seal.container.SealedHeader} reads what is needed to ask for keys, and {@link
 * io.redstuff.seal.container.SealedReader} opens.
 */
package io.redstuff.seal.container;
