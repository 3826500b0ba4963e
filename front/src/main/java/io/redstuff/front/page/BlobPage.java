package io.redstuff.front.page;

import java.util.List;

/**
 * A part of the list of blobs.
 *
 * @param total how many the list has
 * @param offset the position of the first
 * @param blobs the blobs, those first that were registered last
 */
record BlobPage(int total, int offset, List<Blob> blobs) {

  /**
   * A blob that was registered; the same one may be, several times.
   *
   * @param blobId the blob
   * @param objectId the object on the ledger
   * @param owner the account that it belongs to
   * @param size its length in bytes
   * @param encodedSize how many bytes all its slivers and metadata have
   * @param registeredEpoch since when
   * @param endEpoch the first epoch that is not paid for
   * @param deletable whether the owner may delete it before
   * @param standing {@code available}, {@code registered} (and not certified), {@code expired},
   *     {@code invalid} or {@code denied}
   */
  record Blob(
      String blobId,
      String objectId,
      String owner,
      long size,
      long encodedSize,
      long registeredEpoch,
      long endEpoch,
      boolean deletable,
      String standing) {}
}
