package io.redstuff.certify;

import io.redstuff.BlobId;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.Certificate;

/**
 * A blob for which two thirds of a committee's shards and more have vouched. Whoever has one has it
 * from a check: there is no other way to it.
 *
 * @since 0.1.0
 */
public final class CertifiedBlob {
  private final Certificate<BlobConfirmation> certificate;
  private final int weight;
  private final int shards;

  CertifiedBlob(Certificate<BlobConfirmation> certificate, int weight, int shards) {
    this.certificate = certificate;
    this.weight = weight;
    this.shards = shards;
  }

  /** {@return the blob} */
  public BlobId blobId() {
    return certificate.message().blobId();
  }

  /** {@return whether it may be deleted, and with which object} */
  public BlobPersistence persistence() {
    return certificate.message().persistence();
  }

  /** {@return the epoch in which the nodes vouched} */
  public long epoch() {
    return certificate.message().epoch();
  }

  /** {@return how many shards the signers have} */
  public int weight() {
    return weight;
  }

  /** {@return how many shards there are} */
  public int shards() {
    return shards;
  }

  /** {@return what was checked} */
  public Certificate<BlobConfirmation> certificate() {
    return certificate;
  }

  @Override
  public String toString() {
    return "certified blob %s: %s of %s shards in epoch %s"
        .formatted(blobId(), weight, shards, epoch());
  }
}
