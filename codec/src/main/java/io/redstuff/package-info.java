/**
 * Encodes blobs to slivers and gets them back. {@link io.redstuff.RedStuff} is the entry; the rest
 * are the things it takes and gives.
 *
 * <p>A blob fills a matrix of k1 rows and k2 columns of symbols. Columns and rows are both extended
 * to n: a row is a primary sliver, a column a secondary one, and each of n shards keeps one
 * {@linkplain io.redstuff.SliverPair pair} of them. Any k1 primary or any k2 secondary slivers give
 * the blob; {@link io.redstuff.EncodingParameters} has these numbers and every size that follows
 * from them. A {@link io.redstuff.BlobId} commits to the length of the blob and to all of its
 * slivers.
 *
 * <p>Bad data throws a checked {@link io.redstuff.RedStuffException} whose kinds carry the numbers;
 * a mistake of the caller's throws the JDK's unchecked exceptions. Whoever uses a worker, or
 * memory, on a thread that its arena is not for gets a {@link WrongThreadException}; whoever uses
 * it when the arena is closed, or being closed by another thread, gets an {@link
 * IllegalStateException}.
 *
 * <p>A mapped file must not be shortened while it is read: what the JVM does then is unspecified,
 * and with vector instructions it may end.
 */
package io.redstuff;
