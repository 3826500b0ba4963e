package io.redstuff.certify;

import io.redstuff.BlobId;
import io.redstuff.message.Certificate;
import io.redstuff.message.InvalidBlobId;

/**
 * A blob that more than a third of a committee's shards have called inconsistent: among them an
 * honest one, which has checked a proof. Whoever has one has it from a check.
 *
 * @since 0.1.0
 */
public final class CertifiedInvalidBlob {
  private final Certificate<InvalidBlobId> certificate;
  private final int weight;
  private final int shards;

  CertifiedInvalidBlob(Certificate<InvalidBlobId> certificate, int weight, int shards) {
    this.certificate = certificate;
    this.weight = weight;
    this.shards = shards;
  }

  /** {@return the blob} */
  public BlobId blobId() {
    return certificate.message().blobId();
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
  public Certificate<InvalidBlobId> certificate() {
    return certificate;
  }

  @Override
  public String toString() {
    return "certified invalid blob %s: %s of %s shards in epoch %s"
        .formatted(blobId(), weight, shards, epoch());
  }
}
