package io.redstuff.certify;

import io.redstuff.BlobId;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.ProtocolMessage;

/** Says in what a message is not the one that was expected. */
final class Messages {
  private Messages() {}

  /** Returns if both are the same. */
  static void checkSame(ProtocolMessage got, ProtocolMessage expected)
      throws VerificationException {
    if (got.type() != expected.type()) {
      throw new VerificationException(
          Reason.WRONG_MESSAGE,
          "message: got %s, expected %s".formatted(got.type(), expected.type()));
    }
    SignedMessages.checkEpoch(got.epoch(), expected.epoch());
    switch (got) {
      case BlobConfirmation confirmation -> {
        BlobConfirmation other = (BlobConfirmation) expected;
        checkBlob(confirmation.blobId(), other.blobId());
        if (!confirmation.persistence().equals(other.persistence())) {
          throw new VerificationException(
              Reason.WRONG_PERSISTENCE,
              "persistence: got %s, expected %s"
                  .formatted(confirmation.persistence(), other.persistence()));
        }
      }
      case InvalidBlobId invalid ->
          checkBlob(invalid.blobId(), ((InvalidBlobId) expected).blobId());
      default -> {
        if (!got.equals(expected)) {
          throw new VerificationException(
              Reason.WRONG_MESSAGE, "message: got %s, expected %s".formatted(got, expected));
        }
      }
    }
  }

  static void checkBlob(BlobId got, BlobId expected) throws VerificationException {
    if (!got.equals(expected)) {
      throw new VerificationException(
          Reason.BLOB_ID_MISMATCH, "blob id: got %s, expected %s".formatted(got, expected));
    }
  }
}
