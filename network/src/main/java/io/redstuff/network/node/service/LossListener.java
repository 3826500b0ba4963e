package io.redstuff.network.node.service;

import io.redstuff.BlobId;

/**
 * Hears of blobs of which something that was kept turned out to be bad, and was thrown away.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LossListener {
  /**
   * Something of a blob is lost.
   *
   * @param blob the blob
   */
  void lost(BlobId blob);
}
