package io.redstuff.front.page;

import io.redstuff.BlobId;
import io.redstuff.client.BlobUnavailableException;
import io.redstuff.client.RemoteBlob;
import io.redstuff.client.TransferMonitor;
import io.redstuff.client.WalrusClient;
import io.redstuff.error.RedStuffException;
import io.redstuff.quilt.QuiltReader;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out which blobs are quilts, by the slivers that would have the index. What a blob is never
 * changes, so each is looked at once. Thread-safe.
 */
final class QuiltProbe {
  private static final int MOST_KEPT = 10_000;

  private final WalrusClient client;
  private final Map<BlobId, Integer> files =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BlobId, Integer> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /**
   * What a blob is.
   *
   * @param blobId the blob
   * @param length its length in bytes
   * @param quilt whether it is a quilt
   * @param files how many files are in it, if so
   */
  record Kind(String blobId, long length, boolean quilt, int files) {}

  QuiltProbe(WalrusClient client) {
    this.client = client;
  }

  /** Looks at a blob. */
  Kind look(BlobId blob) throws IOException, InterruptedException {
    try (RemoteBlob open = client.open(blob, TransferMonitor.NONE)) {
      int count = known(blob);
      if (count < 0) {
        count = files(open);
        know(blob, count);
      }
      return new Kind(blob.toString(), open.length(), count > 0, count);
    }
  }

  private synchronized int known(BlobId blob) {
    return files.getOrDefault(blob, -1);
  }

  private synchronized void know(BlobId blob, int count) {
    files.put(blob, count);
  }

  private static int files(RemoteBlob blob) throws IOException {
    try (QuiltReader reader = blob.quilt()) {
      return reader.index().patches().size();
    } catch (RedStuffException _) {
      Optional<BlobUnavailableException> unavailable = blob.unavailable();
      if (unavailable.isPresent()) {
        throw unavailable.get(); // nobody knows what it is
      }
      return 0; // what is no quilt is a blob like any other
    }
  }
}
