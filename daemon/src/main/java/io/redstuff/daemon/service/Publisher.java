package io.redstuff.daemon.service;

import io.redstuff.BlobId;
import io.redstuff.ObjectId;
import io.redstuff.client.Registering;
import io.redstuff.client.SpreadException;
import io.redstuff.client.TransferMonitor;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.api.EventId;
import io.redstuff.client.chain.Registration;
import io.redstuff.client.chain.RegistryException;
import io.redstuff.daemon.api.ErrorReason;
import io.redstuff.daemon.api.ErrorStatus;
import io.redstuff.daemon.api.RefusedException;
import io.redstuff.daemon.api.StoreOutcome;
import io.redstuff.daemon.api.StoreQuery;
import io.redstuff.daemon.chain.AttributedBlob;
import io.redstuff.daemon.chain.Certified;
import io.redstuff.daemon.chain.PublisherChain;
import io.redstuff.daemon.chain.Reserved;
import io.redstuff.daemon.chain.StoreTerms;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.quilt.Quilt;
import io.redstuff.quilt.QuiltFile;
import io.redstuff.quilt.QuiltPatch;
import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Stores blobs, and files as quilts. Thread-safe. */
public final class Publisher {
  /** By this attribute others know that a blob is a quilt; both official clients set it. */
  private static final String TYPE_ATTRIBUTE = "_walrusBlobType";

  private static final String QUILT = "quilt";

  private final WalrusClient client;
  private final PublisherChain chain;

  /**
   * Makes a publisher.
   *
   * @param client stores; stays open. Its registry must be the chain
   * @param chain the chain
   */
  public Publisher(WalrusClient client, PublisherChain chain) {
    this.client = client;
    this.chain = chain;
  }

  /**
   * A quilt that was stored.
   *
   * @param outcome what came of it
   * @param patches its files
   */
  public record StoredQuilt(StoreOutcome outcome, List<QuiltPatch> patches) {
    /** Copies the list. */
    public StoredQuilt {
      patches = List.copyOf(patches);
    }
  }

  /**
   * Stores a blob.
   *
   * @param blob the bytes
   * @param query how
   * @param monitor watches, and can end it
   * @return what came of it
   * @throws RefusedException if chain or nodes do not take it
   * @throws IOException if the blob or temporary files cannot be read or written
   * @throws InterruptedException if the thread is interrupted
   */
  public StoreOutcome store(BlobSource blob, StoreQuery query, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    return store(blob, query, Optional.empty(), monitor);
  }

  /**
   * Packs files into a quilt and stores it.
   *
   * @param files the files
   * @param query how
   * @param monitor watches, and can end it
   * @return what came of it
   * @throws RefusedException if they make no quilt, or chain or nodes do not take it
   * @throws IOException if files or temporary files cannot be read or written
   * @throws InterruptedException if the thread is interrupted
   */
  public StoredQuilt store(List<QuiltFile> files, StoreQuery query, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    try (Quilt quilt = pack(files)) {
      StoreOutcome outcome = store(quilt, query, Optional.of(QUILT), monitor);
      return new StoredQuilt(outcome, quilt.index().patches());
    }
  }

  private Quilt pack(List<QuiltFile> files) throws RefusedException, IOException {
    try {
      return Quilt.pack(client.committee().parameters(), files);
    } catch (IllegalArgumentException e) {
      throw RefusedException.malformed("failed to construct quilt: " + e.getMessage());
    }
  }

  private StoreOutcome store(
      BlobSource blob, StoreQuery query, Optional<String> type, TransferMonitor monitor)
      throws RefusedException, IOException, InterruptedException {
    if (query.share() && !chain.canShare()) {
      throw new RefusedException(
          ErrorStatus.FAILED_PRECONDITION,
          ErrorReason.SHARING_NOT_SUPPORTED,
          "share: this chain has no shared blobs");
    }
    long most = client.committee().parameters().maxBlobLength();
    if (blob.length() > most) {
      throw RefusedException.malformed(
          "blob: got %s bytes, expected at most %s".formatted(blob.length(), most));
    }
    Decision decision = new Decision(chain, query);
    try {
      if (client.store(blob, decision, monitor).isEmpty()) {
        return decision.known;
      }
      return finish(decision.reserved, query, type);
    } catch (SpreadException e) {
      throw Refusals.of(e);
    } catch (RegistryException e) {
      throw Refusals.of(e);
    }
  }

  private StoreOutcome finish(Reserved reserved, StoreQuery query, Optional<String> type)
      throws IOException, InterruptedException {
    ObjectId object = reserved.registration().objectId();
    if (type.isPresent()) {
      chain.setAttribute(object, TYPE_ATTRIBUTE, type.get());
    }
    AttributedBlob stored =
        chain
            .blob(object)
            .orElseThrow(
                () -> new IOException("object " + object + ": gone since it was certified"));
    Optional<ObjectId> shared = Optional.empty();
    if (query.recipient().isPresent()) {
      chain.send(object, query.recipient().get());
    } else if (query.share()) {
      shared = Optional.of(chain.share(object));
    }
    return new StoreOutcome.NewlyCreated(
        stored.blob(), reserved.operation(), reserved.cost(), shared);
  }

  /** Decides whether a blob is stored when its id is known. */
  private static final class Decision implements Registering {
    private final PublisherChain chain;
    private final StoreQuery query;

    /** What was registered, if it is stored. */
    private Reserved reserved;

    /** What is known of it, if it is not. */
    private StoreOutcome known;

    Decision(PublisherChain chain, StoreQuery query) {
      this.chain = chain;
      this.query = query;
    }

    @Override
    public Optional<Registration> register(VerifiedMetadata metadata)
        throws RegistryException, InterruptedException {
      BlobId blobId = metadata.blobId();
      StoreTerms terms = new StoreTerms(query.epochs(), query.deletable(), query.reuse());
      Optional<EventId> invalid = chain.invalid(blobId);
      if (invalid.isPresent()) {
        known = new StoreOutcome.MarkedInvalid(blobId, invalid.get());
        return Optional.empty();
      }
      if (!query.force()) {
        Optional<Certified> certified = chain.certified(blobId, terms);
        if (certified.isPresent()) {
          known = new StoreOutcome.AlreadyCertified(blobId, certified.get());
          return Optional.empty();
        }
      }
      reserved = chain.reserve(metadata, terms);
      return Optional.of(reserved.registration());
    }
  }
}
