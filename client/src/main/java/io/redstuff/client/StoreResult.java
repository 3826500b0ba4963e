package io.redstuff.client;

import io.redstuff.BlobId;
import io.redstuff.certify.CertifiedBlob;
import io.redstuff.client.chain.Registration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * A blob that was stored and certified.
 *
 * @param registration what was registered
 * @param certificate what the nodes have signed, verified
 * @param rest completes when the slivers of all nodes are stored or given up, which closing the
 *     client does. It fails only if temporary files cannot be taken away
 * @since 0.1.0
 */
public record StoreResult(
    Registration registration, CertifiedBlob certificate, CompletableFuture<SpreadReport> rest) {
  /**
   * Checks that all is there.
   *
   * @throws NullPointerException if something is null
   */
  public StoreResult {
    Objects.requireNonNull(registration, "registration");
    Objects.requireNonNull(certificate, "certificate");
    Objects.requireNonNull(rest, "rest");
  }

  /** {@return the blob's id} */
  public BlobId blobId() {
    return registration.blobId();
  }
}
