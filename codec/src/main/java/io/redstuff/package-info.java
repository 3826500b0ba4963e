/**
 * The vocabulary of RedStuff: axes, ids, indices, sizes, slivers. {@link io.redstuff.codec} works
 * with them.
 *
 * <p>A blob fills a matrix of k1 rows and k2 columns of symbols. Columns and rows are both extended
 * to n: a row is a primary sliver, a column a secondary one, and each of n shards keeps one
 * {@linkplain io.redstuff.SliverPair pair} of them. Any k1 primary or any k2 secondary slivers give
 * the blob; {@link io.redstuff.EncodingParameters} has these numbers and every size that follows
 * from them. A {@link io.redstuff.BlobId} commits to the length of the blob and to all of its
 * slivers.
 *
 * <p>Bad data throws a checked {@link io.redstuff.error.RedStuffException} whose kinds carry the
 * numbers; a mistake of the caller's throws the JDK's unchecked exceptions.
 */
package io.redstuff;
