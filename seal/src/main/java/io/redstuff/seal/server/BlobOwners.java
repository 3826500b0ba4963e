package io.redstuff.seal.server;

import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import java.util.Optional;

/**
 * Knows to whom blobs belong: a ledger, say.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface BlobOwners {
  /**
   * {@return the address that owns a blob; nothing if there is no such blob}
   *
   * @param blob the object that stands for it on the chain
   */
  Optional<SuiAddress> ownerOf(ObjectId blob);
}
