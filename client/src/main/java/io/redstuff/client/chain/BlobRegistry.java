package io.redstuff.client.chain;

import io.redstuff.BlobId;
import io.redstuff.certify.CertifiedBlob;
import io.redstuff.proof.VerifiedMetadata;
import java.util.Optional;

/**
 * The chain, as far as a client needs it: who the nodes are, and which blobs they owe. Thread-safe,
 * as implementations must be.
 *
 * @since 0.1.0
 */
public interface BlobRegistry {

  /**
   * Asks for the nodes of the current epoch, and for those that still hand shards over to them.
   *
   * @return the committees, of one time
   * @throws RegistryException if the chain does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  NetworkCommittees committees() throws RegistryException, InterruptedException;

  /**
   * Pays for room and registers a blob. When this returns, the registration stands.
   *
   * @param metadata of the blob, from which its id, length and root hash follow
   * @param epochs how many epochs to pay for, the current one counted
   * @param deletable whether the blob may be deleted before
   * @return what was registered
   * @throws RegistryException if the chain refuses it or does not answer
   * @throws InterruptedException if the thread is interrupted; it may be registered nevertheless
   */
  Registration register(VerifiedMetadata metadata, int epochs, boolean deletable)
      throws RegistryException, InterruptedException;

  /**
   * Shows that the nodes have a registered blob.
   *
   * @param registration what was registered
   * @param blob the certificate, verified
   * @throws RegistryException if the chain refuses it or does not answer
   * @throws InterruptedException if the thread is interrupted; it may be certified nevertheless
   */
  void certify(Registration registration, CertifiedBlob blob)
      throws RegistryException, InterruptedException;

  /**
   * Asks what the chain knows of a blob.
   *
   * @param blobId the blob
   * @return what it knows; nothing if this registry cannot tell, and nodes have to be asked
   * @throws RegistryException if the chain does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<BlobStanding> standing(BlobId blobId) throws RegistryException, InterruptedException;
}
