package io.redstuff.client;

import io.redstuff.client.chain.Registration;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.proof.VerifiedMetadata;
import java.util.Optional;

/**
 * Registers a blob that is to be stored, or finds that it need not be.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Registering {
  /**
   * Registers a blob.
   *
   * @param metadata of the blob
   * @return what was registered; nothing if the blob shall not be stored
   * @throws RegistryException if the chain refuses it or does not answer
   * @throws InterruptedException if the thread is interrupted; it may be registered nevertheless
   */
  Optional<Registration> register(VerifiedMetadata metadata)
      throws RegistryException, InterruptedException;
}
