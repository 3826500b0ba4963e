package io.redstuff.cli.certify;

import io.redstuff.certify.CertifiedBlob;
import io.redstuff.certify.CertifiedInvalidBlob;
import io.redstuff.certify.CommitteeMember;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProtocolMessage;

/** Says in one line what was signed, once it was verified. */
final class MessageText {
  private MessageText() {}

  static String of(CertifiedBlob blob) {
    return "certificate: blob %s, %s, is available: %s of %s shards signed in epoch %s"
        .formatted(
            blob.blobId(), of(blob.persistence()), blob.weight(), blob.shards(), blob.epoch());
  }

  static String of(CertifiedInvalidBlob blob) {
    return "certificate: blob %s is invalid: %s of %s shards signed in epoch %s"
        .formatted(blob.blobId(), blob.weight(), blob.shards(), blob.epoch());
  }

  static String of(ProtocolMessage message, CommitteeMember signer, int shards) {
    return "%s, signed in epoch %s by node %s with %s of %s shards"
        .formatted(of(message), message.epoch(), signer.nodeId(), signer.weight(), shards);
  }

  static String of(ProtocolMessage message) {
    return switch (message) {
      case BlobConfirmation c ->
          "confirmation: blob %s, %s".formatted(c.blobId(), of(c.persistence()));
      case InvalidBlobId i -> "attestation: blob %s is invalid".formatted(i.blobId());
      default -> message.type().toString();
    };
  }

  static String of(BlobPersistence persistence) {
    return switch (persistence) {
      case BlobPersistence.Permanent _ -> "permanent";
      case BlobPersistence.Deletable(var object) -> "deletable as object " + object;
    };
  }
}
