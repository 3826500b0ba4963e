package io.redstuff.daemon.chain;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.chain.PriceQuote;
import io.redstuff.client.api.EventId;
import io.redstuff.client.chain.BlobRegistry;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.proof.VerifiedMetadata;
import java.util.Optional;

/**
 * The chain, as far as a publisher needs it. Beyond what every client needs: what a blob costs,
 * whether somebody has stored it already, and what becomes of the blob object. Thread-safe, as
 * implementations must be.
 *
 * @since 0.1.0
 */
public interface PublisherChain extends BlobRegistry {
  /**
   * Tells what storing a blob costs that reuses nothing.
   *
   * @param blobLength how many bytes it has
   * @param epochs how many epochs to pay for, the current one counted
   * @return the price
   * @throws RegistryException if the chain does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  PriceQuote quote(long blobLength, int epochs) throws RegistryException, InterruptedException;

  /**
   * Asks whether a blob is certified as it is wanted.
   *
   * @param blobId the blob
   * @param terms how it is wanted. One that is wanted permanent is found whoever has stored it; one
   *     that may be deleted only if the account of this chain has, since others could delete it
   * @return where it is certified, if it is
   * @throws RegistryException if the chain does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<Certified> certified(BlobId blobId, StoreTerms terms)
      throws RegistryException, InterruptedException;

  /**
   * Asks whether a blob was found to be inconsistent.
   *
   * @param blobId the blob
   * @return the event that says so, if there is one
   * @throws RegistryException if the chain does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<EventId> invalid(BlobId blobId) throws RegistryException, InterruptedException;

  /**
   * Pays for room and registers a blob, with what the account has already if the terms say so and
   * the chain can. When this returns, the registration stands.
   *
   * @param metadata of the blob
   * @param terms how it is wanted
   * @return what was registered, how, and what it has cost
   * @throws RegistryException if the chain refuses it or does not answer
   * @throws InterruptedException if the thread is interrupted; it may be registered nevertheless
   */
  Reserved reserve(VerifiedMetadata metadata, StoreTerms terms)
      throws RegistryException, InterruptedException;

  /**
   * Finds a blob object.
   *
   * @param objectId its id, or that of a shared blob
   * @return the object with its attributes; nothing if there is no object of that id, or it is no
   *     blob
   * @throws RegistryException if the chain does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  Optional<AttributedBlob> blob(ObjectId objectId) throws RegistryException, InterruptedException;

  /**
   * Sets an attribute of a blob object.
   *
   * @param objectId a blob object of the account
   * @param key the attribute
   * @param value its value
   * @throws RegistryException if the chain refuses it or does not answer
   * @throws InterruptedException if the thread is interrupted; it may be set nevertheless
   */
  void setAttribute(ObjectId objectId, String key, String value)
      throws RegistryException, InterruptedException;

  /**
   * Gives a blob object away.
   *
   * @param objectId a blob object of the account
   * @param recipient who gets it
   * @throws RegistryException if the chain refuses it or does not answer
   * @throws InterruptedException if the thread is interrupted; it may be sent nevertheless
   */
  void send(ObjectId objectId, SuiAddress recipient) throws RegistryException, InterruptedException;

  /** {@return whether this chain has shared blobs, which nobody owns and everybody may extend} */
  boolean canShare();

  /**
   * Makes a shared blob of a blob object.
   *
   * @param objectId a blob object of the account
   * @return the id of the shared blob
   * @throws RegistryException if the chain refuses it or does not answer
   * @throws InterruptedException if the thread is interrupted; it may be shared nevertheless
   * @throws UnsupportedOperationException if this chain {@linkplain #canShare cannot}
   */
  ObjectId share(ObjectId objectId) throws RegistryException, InterruptedException;
}
