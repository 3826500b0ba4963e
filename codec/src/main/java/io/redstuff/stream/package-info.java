/**
 * Blobs of any size on the memory there is: what {@link io.redstuff.codec.RedStuff} does in memory
 * is done here piece by piece, from a {@linkplain io.redstuff.stream.BlobSource source} to a
 * {@linkplain io.redstuff.stream.SliverSink sink}, within a {@linkplain
 * io.redstuff.stream.Workspace budget}. The bytes are the same.
 *
 * <p>All work here runs until done, or until its {@link io.redstuff.stream.WorkMonitor} cancels it,
 * and throws what sources, sinks and targets throw.
 */
package io.redstuff.stream;
