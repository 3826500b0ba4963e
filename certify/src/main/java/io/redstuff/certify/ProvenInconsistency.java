package io.redstuff.certify;

import io.redstuff.BlobId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.VerifiedMetadata;

/**
 * A blob whose inconsistency was shown by a proof that was checked. Nodes call no other blob
 * invalid.
 *
 * @since 0.1.0
 */
public final class ProvenInconsistency {
  private final BlobId blobId;
  private final InconsistencyProof proof;

  private ProvenInconsistency(BlobId blobId, InconsistencyProof proof) {
    this.blobId = blobId;
    this.proof = proof;
  }

  /**
   * Checks a proof.
   *
   * @param codec for the blob's number of shards
   * @param metadata the blob's
   * @param proof the claim
   * @return what the proof shows
   * @throws RedStuffException if it shows nothing about this blob, as {@link RedStuff#confirm} says
   */
  public static ProvenInconsistency check(
      RedStuff codec, VerifiedMetadata metadata, InconsistencyProof proof)
      throws RedStuffException {
    codec.confirm(metadata, proof);
    return new ProvenInconsistency(metadata.blobId(), proof);
  }

  /** {@return the blob} */
  public BlobId blobId() {
    return blobId;
  }

  /** {@return the proof} */
  public InconsistencyProof proof() {
    return proof;
  }

  @Override
  public String toString() {
    return "proven inconsistency of blob " + blobId;
  }
}
