package io.redstuff.network.ledger.object;

import io.redstuff.ObjectId;
import io.redstuff.chain.BlobAttributes;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.StorageResource;
import java.util.Objects;

/**
 * An object that an account owns.
 *
 * @since 0.1.0
 */
public sealed interface LedgerObject
    permits LedgerObject.Storage, LedgerObject.Blob, StakedWal, StorageNodeCap {

  /** {@return the id of the object} */
  ObjectId id();

  /**
   * Storage that was bought.
   *
   * @param resource the object of the contract
   */
  record Storage(StorageResource resource) implements LedgerObject {
    /**
     * Holds storage.
     *
     * @throws NullPointerException if it is null
     */
    public Storage {
      Objects.requireNonNull(resource, "resource");
    }

    @Override
    public ObjectId id() {
      return resource.id();
    }
  }

  /**
   * A blob that was registered.
   *
   * @param blob the object of the contract
   * @param attributes what is noted with it
   */
  record Blob(BlobObject blob, BlobAttributes attributes) implements LedgerObject {
    /**
     * Holds a blob.
     *
     * @throws NullPointerException if something is null
     */
    public Blob {
      Objects.requireNonNull(blob, "blob");
      Objects.requireNonNull(attributes, "attributes");
    }

    @Override
    public ObjectId id() {
      return blob.id();
    }
  }
}
