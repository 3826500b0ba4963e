package io.redstuff.codec;

import io.redstuff.BlobId;
import io.redstuff.Sliver;
import java.util.Objects;

/**
 * A sliver that was expanded, re-hashed and found equal to what a blob's metadata commits to. Only
 * {@link SliverVerifier} makes one, so holding it is the proof that the check was done.
 *
 * <p>Immutable, as long as the memory that the sliver views is left alone.
 *
 * @since 0.1.0
 */
public final class VerifiedSliver {
  private final Sliver sliver;
  private final BlobId blobId;

  VerifiedSliver(Sliver sliver, BlobId blobId) {
    this.sliver = Objects.requireNonNull(sliver);
    this.blobId = Objects.requireNonNull(blobId);
  }

  /** {@return the sliver that was checked} */
  public Sliver sliver() {
    return sliver;
  }

  /** {@return the id of the blob it belongs to, against whose metadata it was checked} */
  public BlobId blobId() {
    return blobId;
  }

  @Override
  public String toString() {
    return sliver.id() + " of " + blobId;
  }
}
