package io.redstuff.front.chain;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.certify.CertifiedBlob;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.ChainEvent;
import io.redstuff.chain.Frost;
import io.redstuff.chain.PriceQuote;
import io.redstuff.chain.StorageResource;
import io.redstuff.chain.SystemCalls;
import io.redstuff.client.api.EventId;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.client.chain.NetworkCommittees;
import io.redstuff.client.chain.Registration;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.daemon.chain.AttributedBlob;
import io.redstuff.daemon.chain.Certified;
import io.redstuff.daemon.chain.PublisherChain;
import io.redstuff.daemon.chain.RegisterOperation;
import io.redstuff.daemon.chain.Reserved;
import io.redstuff.daemon.chain.StoreTerms;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.BlobState;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.LedgerObject;
import io.redstuff.network.ledger.object.OwnedObject;
import io.redstuff.network.ledger.transaction.Call;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.registry.LedgerRegistry;
import io.redstuff.proof.VerifiedMetadata;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A {@link Ledger} as a publisher sees it: an account of it pays, registers, and owns what it has
 * not given away. The ledger has no shared blobs. Thread-safe.
 *
 * @since 0.1.0
 */
public final class LedgerPublisherChain implements PublisherChain {
  private final Ledger ledger;
  private final AccountSession session;
  private final LedgerRegistry registry;
  private final LedgerEvents events;

  /** Held while something is looked for that is used up then: one room must not be used twice. */
  private final ReentrantLock reusing = new ReentrantLock();

  /**
   * Makes one.
   *
   * @param ledger the ledger; stays open
   * @param session the account that pays
   * @param engine for keys of nodes
   */
  public LedgerPublisherChain(Ledger ledger, AccountSession session, BlsEngine engine) {
    this.ledger = ledger;
    this.session = session;
    this.registry = new LedgerRegistry(ledger, session, engine);
    this.events = new LedgerEvents(ledger);
  }

  /** Asks the ledger something. */
  @FunctionalInterface
  private interface Asking<T> {
    T ask();
  }

  private static <T> T asked(Asking<T> asking) throws RegistryException {
    try {
      return asking.ask();
    } catch (UncheckedIOException e) {
      throw new RegistryException(e.getMessage(), e);
    }
  }

  // --- what every client needs ---

  @Override
  public NetworkCommittees committees() throws RegistryException {
    return registry.committees();
  }

  @Override
  public Registration register(VerifiedMetadata metadata, int epochs, boolean deletable)
      throws RegistryException, InterruptedException {
    return registry.register(metadata, epochs, deletable);
  }

  @Override
  public void certify(Registration registration, CertifiedBlob blob)
      throws RegistryException, InterruptedException {
    registry.certify(registration, blob);
  }

  @Override
  public Optional<BlobStanding> standing(BlobId blobId) throws RegistryException {
    return registry.standing(blobId);
  }

  // --- what a publisher needs ---

  @Override
  public PriceQuote quote(long blobLength, int epochs) throws RegistryException {
    SystemState system = asked(ledger::system);
    return system.prices().quote(EncodingParameters.forShards(system.shards()), blobLength, epochs);
  }

  @Override
  public Optional<Certified> certified(BlobId blobId, StoreTerms terms) throws RegistryException {
    BlobState state = asked(() -> ledger.blob(blobId));
    long end = state.epoch() + terms.epochs();
    if (!state.isAvailable()) {
      return Optional.empty();
    }
    for (BlobObject blob : state.live()) {
      boolean isAsWanted =
          blob.deletable() == terms.deletable()
              && blob.certifiedEpoch().isPresent()
              && blob.storage().endEpoch() >= end;
      if (isAsWanted) {
        Optional<Certified> found = terms.deletable() ? byObject(blob, terms) : byEvent(blob);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Certified> byEvent(BlobObject blob) throws RegistryException {
    return asked(
            () ->
                events.last(
                    event ->
                        event instanceof ChainEvent.BlobCertified certified
                            && certified.objectId().equals(blob.id())))
        .map(event -> new Certified.ByEvent(event, blob.storage().endEpoch()));
  }

  private Optional<Certified> byObject(BlobObject blob, StoreTerms terms) throws RegistryException {
    return terms.reuse() && isOwn(blob.id())
        ? Optional.of(new Certified.ByObject(blob.id(), blob.storage().endEpoch()))
        : Optional.empty();
  }

  private boolean isOwn(ObjectId objectId) throws RegistryException {
    return asked(() -> ledger.object(objectId))
        .map(OwnedObject::owner)
        .filter(session.address()::equals)
        .isPresent();
  }

  @Override
  public Optional<EventId> invalid(BlobId blobId) throws RegistryException {
    if (asked(() -> ledger.blob(blobId)).invalidEpoch().isEmpty()) {
      return Optional.empty();
    }
    return asked(
        () ->
            events.last(
                event ->
                    event instanceof ChainEvent.InvalidBlobId invalid
                        && invalid.blobId().equals(blobId)));
  }

  @Override
  public Reserved reserve(VerifiedMetadata metadata, StoreTerms terms)
      throws RegistryException, InterruptedException {
    if (!terms.reuse()) {
      return fromScratch(metadata, terms);
    }
    reusing.lockInterruptibly();
    try {
      Optional<Reserved> reused = reuse(metadata, terms);
      return reused.isPresent() ? reused.get() : fromScratch(metadata, terms);
    } finally {
      reusing.unlock();
    }
  }

  private Reserved fromScratch(VerifiedMetadata metadata, StoreTerms terms)
      throws RegistryException, InterruptedException {
    PriceQuote quote = quote(metadata.blobLength(), terms.epochs());
    Registration registration = registry.register(metadata, terms.epochs(), terms.deletable());
    return new Reserved(
        registration,
        new RegisterOperation.FromScratch(quote.encodedLength(), terms.epochs()),
        quote.total());
  }

  private Optional<Reserved> reuse(VerifiedMetadata metadata, StoreTerms terms)
      throws RegistryException, InterruptedException {
    long epoch = asked(ledger::system).epoch();
    List<LedgerObject> owned =
        asked(() -> ledger.owned(session.address())).stream().map(OwnedObject::object).toList();
    Optional<BlobObject> registered = registered(metadata.blobId(), terms, epoch, owned);
    PriceQuote quote = quote(metadata.blobLength(), terms.epochs());
    if (registered.isPresent()) {
      return Optional.of(
          new Reserved(
              registration(registered.get()),
              new RegisterOperation.ReuseRegistration(quote.encodedLength()),
              Frost.ZERO));
    }
    Optional<StorageResource> room = room(quote.encodedLength(), terms, epoch, owned);
    if (room.isEmpty()) {
      return Optional.empty();
    }
    Call call =
        Call.of(
            SystemCalls.registerBlob(metadata, terms.deletable()), Calls.object(room.get().id()));
    ObjectId object = registry.execute(call).result(0);
    return Optional.of(
        new Reserved(
            new Registration(metadata.blobId(), object, room.get().endEpoch(), terms.deletable()),
            new RegisterOperation.ReuseStorage(quote.encodedLength()),
            quote.writeFee()));
  }

  /** Finds a registration that was never certified. */
  private static Optional<BlobObject> registered(
      BlobId blobId, StoreTerms terms, long epoch, List<LedgerObject> owned) {
    return owned.stream()
        .filter(LedgerObject.Blob.class::isInstance)
        .map(held -> ((LedgerObject.Blob) held).blob())
        .filter(
            blob ->
                blob.blobId().equals(blobId)
                    && blob.deletable() == terms.deletable()
                    && blob.certifiedEpoch().isEmpty()
                    && blob.storage().endEpoch() >= epoch + terms.epochs())
        .findFirst();
  }

  /** Finds room that is enough, the least of it. */
  private static Optional<StorageResource> room(
      long encodedLength, StoreTerms terms, long epoch, List<LedgerObject> owned) {
    return owned.stream()
        .filter(LedgerObject.Storage.class::isInstance)
        .map(held -> ((LedgerObject.Storage) held).resource())
        .filter(
            storage ->
                storage.startEpoch() <= epoch
                    && storage.endEpoch() >= epoch + terms.epochs()
                    && storage.storageSize() >= encodedLength)
        .min(
            Comparator.comparingLong(StorageResource::storageSize)
                .thenComparingLong(StorageResource::endEpoch));
  }

  private static Registration registration(BlobObject blob) {
    return new Registration(blob.blobId(), blob.id(), blob.storage().endEpoch(), blob.deletable());
  }

  @Override
  public Optional<AttributedBlob> blob(ObjectId objectId) throws RegistryException {
    return asked(() -> ledger.object(objectId))
        .map(OwnedObject::object)
        .filter(LedgerObject.Blob.class::isInstance)
        .map(LedgerObject.Blob.class::cast)
        .map(held -> new AttributedBlob(held.blob(), held.attributes()));
  }

  @Override
  public void setAttribute(ObjectId objectId, String key, String value)
      throws RegistryException, InterruptedException {
    registry.execute(Calls.setAttribute(Calls.object(objectId), key, value));
  }

  @Override
  public void send(ObjectId objectId, SuiAddress recipient)
      throws RegistryException, InterruptedException {
    registry.execute(Calls.transfer(Calls.object(objectId), recipient));
  }

  @Override
  public boolean canShare() {
    return false;
  }

  @Override
  public ObjectId share(ObjectId objectId) {
    throw new UnsupportedOperationException("ledger: got a blob to share, has no shared blobs");
  }
}
