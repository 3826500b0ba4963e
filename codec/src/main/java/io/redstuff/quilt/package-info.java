/**
 * Quilts: many small files in one blob, each readable from a few secondary slivers.
 *
 * <p>A {@link io.redstuff.quilt.Quilt} is made of {@linkplain io.redstuff.quilt.QuiltFile files}
 * and is a blob like any other: a {@link io.redstuff.stream.BlobSource} to encode. Each file lies
 * in whole columns of the blob's matrix, which are secondary slivers, and so does the {@linkplain
 * io.redstuff.quilt.QuiltIndex index} in front of them. docs/quilts.md has the layout.
 *
 * <p>A {@link io.redstuff.quilt.QuiltBlob} reads files of a blob whose bytes are at hand and proves
 * nothing. A {@link io.redstuff.quilt.QuiltReader} gives {@linkplain
 * io.redstuff.quilt.VerifiedQuiltFile verified files} and nothing else.
 */
package io.redstuff.quilt;
