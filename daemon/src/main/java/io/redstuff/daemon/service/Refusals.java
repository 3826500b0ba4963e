package io.redstuff.daemon.service;

import io.redstuff.client.BlobUnavailableException;
import io.redstuff.client.SpreadException;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.daemon.api.ErrorReason;
import io.redstuff.daemon.api.ErrorStatus;
import io.redstuff.daemon.api.RefusedException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.RedStuffException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What goes wrong on the way to the network, as answers. */
public final class Refusals {
  private Refusals() {}

  /** Returns the answer where a blob cannot be read. */
  static RefusedException of(BlobUnavailableException e) {
    return switch (e.reason()) {
      case NOT_FOUND, NOT_CERTIFIED, EXPIRED ->
          notFound(
              "the requested blob ID does not exist on Walrus, ensure that it was entered"
                  + " correctly");
      case INVALID -> notFound("the requested blob is inconsistent: no bytes belong to its ID");
      case DENIED ->
          new RefusedException(
              ErrorStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
              ErrorReason.FORBIDDEN_BLOB,
              "the requested blob is blocked");
      case TOO_FEW_NODES ->
          new RefusedException(
              ErrorStatus.UNAVAILABLE,
              ErrorReason.BLOB_UNAVAILABLE,
              "the requested blob is unavailable at the moment: " + e.getMessage());
    };
  }

  private static RefusedException notFound(String message) {
    return new RefusedException(ErrorStatus.NOT_FOUND, ErrorReason.BLOB_NOT_FOUND, message);
  }

  /** Returns the answer where a blob is no quilt, or has no such file, or slivers are missing. */
  static RefusedException ofQuilt(RedStuffException e) {
    return e instanceof MalformedDataException
        ? noPatch(e.getMessage())
        : new RefusedException(
            ErrorStatus.UNAVAILABLE, ErrorReason.BLOB_UNAVAILABLE, "quilt: " + e.getMessage());
  }

  static RefusedException noPatch(String details) {
    return new RefusedException(
        ErrorStatus.NOT_FOUND,
        ErrorReason.QUILT_PATCH_NOT_FOUND,
        "the requested quilt patch does not exist on Walrus: " + details);
  }

  /** Returns the answer where the chain has refused something or does not answer. */
  public static RefusedException of(RegistryException e) {
    boolean isSilent =
        e.getCause() instanceof IOException || e.getCause() instanceof UncheckedIOException;
    return isSilent
        ? new RefusedException(
            ErrorStatus.UNAVAILABLE, ErrorReason.CHAIN_UNAVAILABLE, "the chain does not answer")
        : new RefusedException(
            ErrorStatus.FAILED_PRECONDITION,
            ErrorReason.CHAIN_REFUSED,
            "the chain has refused it: " + e.getMessage());
  }

  /** Returns the answer where too few nodes have confirmed. */
  static RefusedException of(SpreadException e) {
    return new RefusedException(
        ErrorStatus.DEADLINE_EXCEEDED,
        ErrorReason.INSUFFICIENT_CONFIRMATIONS,
        "the service timed-out while waiting for confirmations, please try again: "
            + e.getMessage());
  }
}
