package io.redstuff.daemon.testing;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.SuiAddress;
import io.redstuff.certify.CertifiedBlob;
import io.redstuff.chain.BlobAttributes;
import io.redstuff.chain.BlobObject;
import io.redstuff.chain.Frost;
import io.redstuff.chain.PriceQuote;
import io.redstuff.chain.Prices;
import io.redstuff.chain.StorageResource;
import io.redstuff.client.api.EventId;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.client.chain.NetworkCommittees;
import io.redstuff.client.chain.Registration;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.client.testing.FakeNetwork;
import io.redstuff.daemon.chain.AttributedBlob;
import io.redstuff.daemon.chain.Certified;
import io.redstuff.daemon.chain.PublisherChain;
import io.redstuff.daemon.chain.RegisterOperation;
import io.redstuff.daemon.chain.Reserved;
import io.redstuff.daemon.chain.StoreTerms;
import io.redstuff.proof.VerifiedMetadata;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A chain for a publisher to the nodes of a fake network, which believes whatever it is told. */
public final class FakeChain implements PublisherChain {
  /** What things cost. */
  public static final Prices PRICES = new Prices(Frost.of(10), Frost.of(3));

  private final FakeNetwork network;
  private final Map<ObjectId, AttributedBlob> objects = new ConcurrentHashMap<>();

  /** Who has got which object. */
  public final Map<ObjectId, SuiAddress> sent = new ConcurrentHashMap<>();

  /** What was shared. */
  public final Set<ObjectId> shared = ConcurrentHashMap.newKeySet();

  /** What was found to be inconsistent. */
  public final Set<BlobId> invalid = ConcurrentHashMap.newKeySet();

  /** How often something was registered. */
  public final AtomicInteger registered = new AtomicInteger();

  /** Whether it has shared blobs. */
  public volatile boolean sharing;

  /** Why it does nothing more; null if it does. */
  public volatile RegistryException refusal;

  /** What it does before it registers. */
  public volatile Runnable beforeReserve = () -> {};

  /** Makes a chain. */
  public FakeChain(FakeNetwork network) {
    this.network = network;
  }

  private void check() throws RegistryException {
    if (refusal != null) {
      throw refusal;
    }
  }

  @Override
  public NetworkCommittees committees() {
    return network.committees();
  }

  @Override
  public Registration register(VerifiedMetadata metadata, int epochs, boolean deletable)
      throws RegistryException {
    return reserve(metadata, new StoreTerms(epochs, deletable, false)).registration();
  }

  @Override
  public void certify(Registration registration, CertifiedBlob blob) throws RegistryException {
    network.certify(registration, blob);
    objects.computeIfPresent(
        registration.objectId(),
        (id, it) ->
            new AttributedBlob(certified(it.blob(), OptionalLong.of(epoch())), it.attributes()));
  }

  private long epoch() {
    return network.committee().committee().epoch();
  }

  private static BlobObject certified(BlobObject blob, OptionalLong epoch) {
    return new BlobObject(
        blob.id(),
        blob.registeredEpoch(),
        blob.blobId(),
        blob.size(),
        blob.encodingType(),
        epoch,
        blob.storage(),
        blob.deletable());
  }

  @Override
  public Optional<BlobStanding> standing(BlobId blobId) {
    return network.standing(blobId);
  }

  @Override
  public PriceQuote quote(long blobLength, int epochs) {
    return PRICES.quote(network.codec().parameters(), blobLength, epochs);
  }

  @Override
  public Optional<Certified> certified(BlobId blobId, StoreTerms terms) throws RegistryException {
    check();
    return objects.values().stream()
        .map(AttributedBlob::blob)
        .filter(
            blob ->
                blob.blobId().equals(blobId)
                    && blob.certifiedEpoch().isPresent()
                    && blob.deletable() == terms.deletable()
                    && (terms.reuse() || !terms.deletable())
                    && blob.storage().endEpoch() >= epoch() + terms.epochs())
        .findFirst()
        .map(
            blob ->
                blob.deletable()
                    ? new Certified.ByObject(blob.id(), blob.storage().endEpoch())
                    : new Certified.ByEvent(FakeNetwork.EVENT, blob.storage().endEpoch()));
  }

  @Override
  public Optional<EventId> invalid(BlobId blobId) throws RegistryException {
    check();
    return invalid.contains(blobId) ? Optional.of(FakeNetwork.EVENT) : Optional.empty();
  }

  @Override
  public Reserved reserve(VerifiedMetadata metadata, StoreTerms terms) throws RegistryException {
    check();
    beforeReserve.run();
    registered.incrementAndGet();
    Registration registration = network.register(metadata, terms.epochs(), terms.deletable());
    PriceQuote quote = quote(metadata.blobLength(), terms.epochs());
    StorageResource storage =
        new StorageResource(
            registration.objectId(), epoch(), registration.endEpoch(), quote.encodedLength());
    BlobObject blob =
        new BlobObject(
            registration.objectId(),
            epoch(),
            metadata.blobId(),
            metadata.blobLength(),
            1,
            OptionalLong.empty(),
            storage,
            terms.deletable());
    objects.put(blob.id(), new AttributedBlob(blob, new BlobAttributes(new LinkedHashMap<>())));
    return new Reserved(
        registration,
        terms.reuse()
            ? new RegisterOperation.ReuseStorage(quote.encodedLength())
            : new RegisterOperation.FromScratch(quote.encodedLength(), terms.epochs()),
        quote.total());
  }

  @Override
  public Optional<AttributedBlob> blob(ObjectId objectId) throws RegistryException {
    check();
    return Optional.ofNullable(objects.get(objectId));
  }

  @Override
  public void setAttribute(ObjectId objectId, String key, String value) {
    objects.computeIfPresent(
        objectId,
        (id, it) -> {
          SequencedMap<String, String> values = new LinkedHashMap<>(it.attributes().values());
          values.put(key, value);
          return new AttributedBlob(it.blob(), new BlobAttributes(values));
        });
  }

  @Override
  public void send(ObjectId objectId, SuiAddress recipient) {
    sent.put(objectId, recipient);
  }

  @Override
  public boolean canShare() {
    return sharing;
  }

  @Override
  public ObjectId share(ObjectId objectId) {
    shared.add(objectId);
    return objectId;
  }
}
