package io.redstuff.audit;

import io.redstuff.BlobId;
import io.redstuff.error.RedStuffException;
import io.redstuff.store.StoredEncoding;
import java.io.IOException;
import java.util.Map;

/**
 * Where a node finds the encodings that it keeps parts of. Safe for use by several threads.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BlobEncodings {

  /**
   * Opens what there is of a blob.
   *
   * @param blob the id of the blob
   * @return its metadata and what is left of its slivers
   * @throws IOException if there is nothing of it, or it cannot be read
   * @throws RedStuffException if its metadata are not those of the blob
   */
  StoredEncoding open(BlobId blob) throws IOException, RedStuffException;

  /**
   * Returns encodings that are open already.
   *
   * @param encodings the encodings by blob; copied
   * @return these encodings
   */
  static BlobEncodings of(Map<BlobId, StoredEncoding> encodings) {
    Map<BlobId, StoredEncoding> copy = Map.copyOf(encodings);
    return blob -> {
      StoredEncoding found = copy.get(blob);
      if (found == null) {
        throw new IOException("blob " + blob + ": nothing of it is there");
      }
      return found;
    };
  }
}
