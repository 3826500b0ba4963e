/**
 * Encodings that are kept: metadata and slivers in a {@linkplain io.redstuff.store.DirectoryStore
 * directory}, in {@linkplain io.redstuff.store.MemoryStore memory}, or wherever else a {@link
 * io.redstuff.store.SliverStore} puts them.
 *
 * <p>{@link io.redstuff.store.StoredEncoding} is where to start: it makes an encoding, opens one,
 * says what is good, missing and bad, reads the blob or a range of it, and writes further pairs;
 * {@link io.redstuff.store.SliverRepair} heals it, and {@link
 * io.redstuff.store.InconsistencySearch} finds out whether its writer cheated. Nothing that is read
 * is trusted: what comes out was compared with the metadata, and what is written back as well.
 *
 * <p>All work runs until done or until its {@link io.redstuff.stream.WorkMonitor} or an interrupt
 * of its thread cancels it. What the monitor hears are bytes, of the blob or of what is worked on.
 */
package io.redstuff.store;
