package io.redstuff.client;

import io.redstuff.BlobId;
import io.redstuff.certify.CertifiedBlob;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.BlobUnavailableException.Reason;
import io.redstuff.client.TransferMonitor.Stage;
import io.redstuff.client.chain.BlobRegistry;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.client.chain.NetworkCommittees;
import io.redstuff.client.chain.Registration;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.WorkMonitor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/**
 * A client of a Walrus network.
 *
 * <p>Give it a committee and it reads; give it a {@link BlobRegistry}, from which it hears of the
 * committee of each epoch, and it stores too. It works while nodes with less than a third of the
 * shards are down, slow or lying.
 *
 * <p>Methods block; an interrupt of the calling thread, or its {@link TransferMonitor}, ends them.
 * Thread-safe. Close it: what is under way is broken off then.
 *
 * @since 0.1.0
 */
public final class WalrusClient implements AutoCloseable {
  /** How often a blob is spread anew when the epoch has changed meanwhile. */
  private static final int EPOCHS_SEEN = 3;

  private final Optional<BlobRegistry> registry;
  private final TransferSettings settings;
  private final BlsEngine engine;
  private final Object lock = new Object();

  /** The nodes of earlier epochs, which may still be used. */
  private final List<Peers> earlier = new ArrayList<>();

  private Peers peers;

  private WalrusClient(
      Optional<BlobRegistry> registry, TransferSettings settings, BlsEngine engine, Peers peers) {
    this.registry = registry;
    this.settings = settings;
    this.engine = engine;
    this.peers = peers;
  }

  /**
   * Returns a client that reads from the nodes of one epoch.
   *
   * @param committee the nodes
   * @param settings how much it does at once
   * @return the client, which has connected to nobody yet
   */
  public static WalrusClient of(NetworkCommittee committee, TransferSettings settings) {
    return new WalrusClient(
        Optional.empty(),
        settings,
        BlsEngine.preferred(),
        new Peers(NetworkCommittees.of(committee), settings));
  }

  /**
   * Returns a client that stores and reads.
   *
   * @param registry the chain
   * @param settings how much it does at once
   * @return the client
   * @throws RegistryException if the chain does not tell the committee
   * @throws InterruptedException if the thread is interrupted
   */
  public static WalrusClient of(BlobRegistry registry, TransferSettings settings)
      throws RegistryException, InterruptedException {
    return new WalrusClient(
        Optional.of(registry),
        settings,
        BlsEngine.preferred(),
        new Peers(registry.committees(), settings));
  }

  /**
   * {@return the nodes that were asked last}
   *
   * @throws IllegalStateException if this client is closed
   */
  public NetworkCommittee committee() {
    synchronized (lock) {
      checkOpen();
      return peers.committee();
    }
  }

  // --- storing ---

  /**
   * Stores a blob that is in memory.
   *
   * @param blob the bytes
   * @param options for how long
   * @return what was stored
   * @throws SpreadException as {@link #store(BlobSource, StoreOptions, TransferMonitor)}
   * @throws RegistryException as there
   * @throws IOException as there
   * @throws InterruptedException if the thread is interrupted
   */
  public StoreResult store(byte[] blob, StoreOptions options)
      throws IOException, InterruptedException {
    return store(BlobSource.of(MemorySegment.ofArray(blob)), options, TransferMonitor.NONE);
  }

  /**
   * Stores a blob: encodes it, registers it, gives the nodes their slivers and certifies it when
   * the nodes of two thirds of the shards have confirmed theirs. The others get theirs afterwards,
   * see {@link StoreResult#rest}.
   *
   * @param blob the bytes; read during the call
   * @param options for how long
   * @param monitor watches
   * @return what was stored
   * @throws SpreadException if too few nodes have confirmed. The blob stays registered
   * @throws RegistryException if the chain refuses something
   * @throws IOException if the blob or temporary files cannot be read or written
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if the blob is too long, or there is too little memory
   * @throws IllegalStateException if this client has no registry, or is closed
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public StoreResult store(BlobSource blob, StoreOptions options, TransferMonitor monitor)
      throws IOException, InterruptedException {
    BlobRegistry chain = chain();
    return store(
            blob,
            metadata ->
                Optional.of(chain.register(metadata, options.epochs(), options.deletable())),
            monitor)
        .orElseThrow();
  }

  /**
   * Stores a blob that somebody else registers, or decides not to store. All else is as with {@link
   * #store(BlobSource, StoreOptions, TransferMonitor)}.
   *
   * @param blob the bytes; read during the call
   * @param registering registers it at the chain of this client, when its id is known
   * @param monitor watches
   * @return what was stored; nothing if it was not registered
   * @throws SpreadException if too few nodes have confirmed. The blob stays registered
   * @throws RegistryException if the chain refuses something
   * @throws IOException if the blob or temporary files cannot be read or written
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if the blob is too long, or there is too little memory
   * @throws IllegalStateException if this client has no registry, or is closed
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public Optional<StoreResult> store(
      BlobSource blob, Registering registering, TransferMonitor monitor)
      throws IOException, InterruptedException {
    BlobRegistry chain = chain();
    RedStuff codec = RedStuff.forShards(chain.committees().current().committee().shards());
    EncodedSlivers slivers =
        EncodedSlivers.encode(codec, blob, settings.workspace(), encodeMonitor(monitor));
    Uses uses = new Uses(slivers);
    try {
      monitor.report(Stage.REGISTER, 0, 1);
      Optional<Registration> registration = registering.register(slivers.metadata());
      if (registration.isEmpty()) {
        return Optional.empty();
      }
      monitor.report(Stage.REGISTER, 1, 1);
      return Optional.of(spread(chain, slivers, uses, registration.get(), monitor));
    } finally {
      uses.end();
    }
  }

  private BlobRegistry chain() {
    return registry.orElseThrow(
        () -> new IllegalStateException("client: got a blob to store, expected a registry"));
  }

  /** Counts who still sends slivers, and closes them after the last. */
  private static final class Uses {
    private final EncodedSlivers slivers;
    private int count = 1;

    Uses(EncodedSlivers slivers) {
      this.slivers = slivers;
    }

    synchronized void begin() {
      count++;
    }

    synchronized void end() {
      count--;
      if (count == 0) {
        slivers.close();
      }
    }
  }

  private StoreResult spread(
      BlobRegistry chain,
      EncodedSlivers slivers,
      Uses uses,
      Registration registration,
      TransferMonitor monitor)
      throws IOException, InterruptedException {
    for (int epochs = 1; ; epochs++) {
      Peers nodes = current();
      uses.begin();
      Spread spread = Spread.begin(nodes, engine, slivers, registration);
      CompletableFuture<SpreadReport> rest =
          spread
              .rest()
              .whenComplete(
                  (report, failure) -> {
                    nodes.release();
                    uses.end();
                  });
      boolean isDone = false;
      try {
        CertifiedBlob certificate = spread.certificate(monitor);
        monitor.report(Stage.CERTIFY, 0, 1);
        chain.certify(registration, certificate);
        monitor.report(Stage.CERTIFY, 1, 1);
        isDone = true;
        return new StoreResult(registration, certificate, rest);
      } catch (SpreadException | RegistryException e) {
        if (epochs == EPOCHS_SEEN || isCurrent(chain, nodes)) {
          throw e;
        }
      } catch (RedStuffException e) {
        throw new IOException("certificate: " + e.getMessage(), e);
      } finally {
        if (!isDone) {
          spread.cancel();
        }
      }
    }
  }

  private static boolean isCurrent(BlobRegistry chain, Peers nodes)
      throws RegistryException, InterruptedException {
    return chain.committees().current().committee().epoch()
        == nodes.committee().committee().epoch();
  }

  private static WorkMonitor encodeMonitor(TransferMonitor monitor) {
    return new WorkMonitor() {
      @Override
      public void progress(long done, long total) {
        monitor.progress(Stage.ENCODE, done, total);
      }

      @Override
      public boolean isCancelled() {
        return monitor.isCancelled();
      }
    };
  }

  // --- reading ---

  /**
   * Reads a blob to memory.
   *
   * @param blobId the blob
   * @return its bytes
   * @throws BlobUnavailableException if it cannot be read, and why
   * @throws IOException if the chain does not answer, or a temporary file fails
   * @throws InterruptedException if the thread is interrupted
   */
  public byte[] read(BlobId blobId) throws IOException, InterruptedException {
    for (int epochs = 1; ; epochs++) {
      Peers nodes = current();
      try (RemoteBlob blob = open(nodes, blobId, TransferMonitor.NONE)) {
        return blob.read();
      } catch (BlobUnavailableException e) {
        // Those who were asked may have handed it over meanwhile.
        if (e.reason() != Reason.TOO_FEW_NODES || epochs == EPOCHS_SEEN || isLatest(nodes)) {
          throw e;
        }
      }
    }
  }

  private boolean isLatest(Peers nodes) throws RegistryException, InterruptedException {
    Peers now = current();
    now.release();
    return now == nodes;
  }

  /**
   * Opens a blob that the network owes.
   *
   * @param blobId the blob
   * @param monitor watches all that is done with it
   * @return the blob; close it
   * @throws BlobUnavailableException if it is not certified, expired or invalid, or too few nodes
   *     have answered
   * @throws IOException if the chain does not answer
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalStateException if this client is closed
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public RemoteBlob open(BlobId blobId, TransferMonitor monitor)
      throws IOException, InterruptedException {
    return open(current(), blobId, monitor);
  }

  /** Opens a blob at nodes that are retained for it. */
  private RemoteBlob open(Peers nodes, BlobId blobId, TransferMonitor monitor)
      throws IOException, InterruptedException {
    boolean isOpen = false;
    try {
      checkStanding(blobId, standing(blobId, nodes, monitor));
      RedStuff codec = RedStuff.forShards(nodes.committee().committee().shards());
      VerifiedMetadata metadata = metadata(blobId, nodes, codec, monitor);
      RemoteBlob blob = new RemoteBlob(nodes, codec, metadata, monitor);
      isOpen = true;
      return blob;
    } finally {
      if (!isOpen) {
        nodes.release();
      }
    }
  }

  /**
   * Asks what is known of a blob: the chain if there is a registry that can tell, else so many
   * nodes that one of them must be honest.
   *
   * @param blobId the blob
   * @return what is known
   * @throws BlobUnavailableException if too few nodes have answered, or they do not agree
   * @throws IOException if the chain does not answer
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalStateException if this client is closed
   */
  public BlobStanding standing(BlobId blobId) throws IOException, InterruptedException {
    Peers nodes = current();
    try {
      return standing(blobId, nodes, TransferMonitor.NONE);
    } finally {
      nodes.release();
    }
  }

  private BlobStanding standing(BlobId blobId, Peers nodes, TransferMonitor monitor)
      throws IOException, InterruptedException {
    if (registry.isPresent()) {
      Optional<BlobStanding> known = registry.get().standing(blobId);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return new StatusPoll(nodes, blobId).ask(monitor);
  }

  private static void checkStanding(BlobId blobId, BlobStanding standing)
      throws BlobUnavailableException {
    switch (standing) {
      case CERTIFIED -> {}
      case UNKNOWN ->
          throw new BlobUnavailableException(
              blobId, Reason.NOT_FOUND, "nobody has it registered, or it is not paid for any more");
      case REGISTERED ->
          throw new BlobUnavailableException(
              blobId, Reason.NOT_CERTIFIED, "it is registered, and not certified");
      case EXPIRED ->
          throw new BlobUnavailableException(blobId, Reason.EXPIRED, "it is not paid for any more");
      case INVALID ->
          throw new BlobUnavailableException(
              blobId, Reason.INVALID, "it was found to be inconsistent");
      case DENIED ->
          throw new BlobUnavailableException(blobId, Reason.DENIED, "it is not given out");
    }
  }

  private static VerifiedMetadata metadata(
      BlobId blobId, Peers nodes, RedStuff codec, TransferMonitor monitor)
      throws IOException, InterruptedException {
    TransferSettings settings = nodes.settings();
    Race<VerifiedMetadata> race =
        new Race<>(nodes.threads(), settings.requests(), settings.hedge());
    for (int attempt = 1; ; attempt++) {
      List<Callable<VerifiedMetadata>> tasks =
          nodes.bestFirstAndFormer().stream()
              .<Callable<VerifiedMetadata>>map(peer -> () -> metadata(blobId, peer, codec))
              .toList();
      boolean isThere =
          race.run(
              tasks,
              true,
              good -> {
                monitor.report(Stage.GATHER, 0, 1);
                return 1 - good.size();
              });
      if (isThere) {
        return race.good().getFirst();
      }
      if (attempt == settings.retries().attempts()) {
        throw new BlobUnavailableException(
                blobId, Reason.TOO_FEW_NODES, "no node gives its metadata")
            .with(race.failures());
      }
      settings.retries().pause(attempt);
    }
  }

  private static VerifiedMetadata metadata(BlobId blobId, Peer peer, RedStuff codec)
      throws IOException, RedStuffException, InterruptedException {
    try {
      return codec.verify(peer.ask(node -> node.metadata(blobId)), blobId);
    } catch (RedStuffException e) {
      peer.distrust();
      throw e;
    }
  }

  // --- the nodes ---

  /** Returns the nodes of the current epoch, retained. */
  private Peers current() throws RegistryException, InterruptedException {
    Optional<NetworkCommittees> newest =
        registry.isPresent() ? Optional.of(registry.get().committees()) : Optional.empty();
    synchronized (lock) {
      checkOpen();
      if (newest.isPresent() && !newest.get().equals(peers.committees())) {
        peers.retire();
        earlier.add(peers);
        earlier.removeIf(Peers::isClosed);
        peers = new Peers(newest.get(), settings);
      }
      return peers.retain();
    }
  }

  private void checkOpen() {
    if (peers == null) {
      throw new IllegalStateException("client: got a request, expected none once it is closed");
    }
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    synchronized (lock) {
      if (peers != null) {
        peers.close();
        earlier.forEach(Peers::close);
        peers = null;
      }
    }
  }
}
