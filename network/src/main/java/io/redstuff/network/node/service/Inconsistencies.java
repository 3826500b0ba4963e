package io.redstuff.network.node.service;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.certify.ProvenInconsistency;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.SignedMessage;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.util.Objects;

/**
 * Judges proofs that blobs are inconsistent, and signs what they prove.
 *
 * @since 0.1.0
 */
public final class Inconsistencies {
  private final KeptBlobs blobs;

  /**
   * Judges by the metadata that are kept.
   *
   * @param blobs where they are kept
   */
  public Inconsistencies(KeptBlobs blobs) {
    this.blobs = Objects.requireNonNull(blobs, "blobs");
  }

  /**
   * Judges a proof.
   *
   * @param blob the blob
   * @param axis the kind of sliver that it is about
   * @param bcs the proof in BCS, without the axis
   * @return that the blob is invalid, signed
   * @throws RefusedException if the proof proves nothing, or the metadata are not here
   * @throws IOException if the store fails
   */
  public SignedMessage<InvalidBlobId> judge(BlobId blob, Axis axis, byte[] bcs)
      throws RefusedException, IOException {
    VerifiedMetadata metadata =
        blobs
            .metadata(blob)
            .orElseThrow(
                () ->
                    RefusedException.notNow(
                        ErrorReason.METADATA_NOT_FOUND, "blob %s: no metadata here", blob));
    try {
      InconsistencyProof proof = InconsistencyProof.parseWithoutAxis(axis, bcs);
      ProvenInconsistency proven = ProvenInconsistency.check(blobs.codec(), metadata, proof);
      return blobs.signer().callInvalid(proven, blobs.chain().duties().epoch());
    } catch (RedStuffException e) {
      throw RefusedException.wrong(ErrorReason.INVALID_PROOF, "%s", e.getMessage());
    }
  }
}
