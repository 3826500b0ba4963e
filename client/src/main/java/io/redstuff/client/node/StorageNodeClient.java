package io.redstuff.client.node;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.api.ApiHeaders;
import io.redstuff.client.api.ApiLimits;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.api.DecodingSymbols;
import io.redstuff.client.api.DecodingSymbolsQuery;
import io.redstuff.client.api.NodeHealth;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.api.QueryParameters;
import io.redstuff.client.api.RecoverySymbolsQuery;
import io.redstuff.client.api.ShardSlivers;
import io.redstuff.client.api.SignedAnswers;
import io.redstuff.client.api.StoreOutcome;
import io.redstuff.client.api.StoredStatus;
import io.redstuff.client.node.NodeException.Kind;
import io.redstuff.client.node.NodeRequests.Answer;
import io.redstuff.client.node.NodeRequests.Request;
import io.redstuff.error.MalformedDataException;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.message.SignedMessage;
import io.redstuff.message.SyncShardRequest;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.MemorySegment;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks one storage node. Every route is asked once: whether to ask again, and whom, is for the
 * caller. What comes back was parsed and nothing more; that it is the node's word and no proof is
 * in the types.
 *
 * <p>All methods block, so they are best called on virtual threads; an interrupt breaks the request
 * off. Thread-safe.
 *
 * @since 0.1.0
 */
public final class StorageNodeClient {
  private final NodeRequests requests;
  private final EncodingParameters parameters;

  StorageNodeClient(NodeRequests requests, EncodingParameters parameters) {
    this.requests = requests;
    this.parameters = Objects.requireNonNull(parameters, "parameters");
  }

  /** {@return where the node is} */
  public NodeAddress address() {
    return requests.address();
  }

  // --- metadata and slivers ---

  /**
   * Asks for the metadata of a blob.
   *
   * @param blobId the blob
   * @return metadata that claims to be of some blob, perhaps another one
   * @throws NodeException if the node does not answer with metadata
   * @throws InterruptedException if the thread is interrupted
   */
  public BlobMetadata metadata(BlobId blobId) throws NodeException, InterruptedException {
    Request request = Request.to(NodeRoute.GET_METADATA, ApiLimits.metadata(parameters), blobId);
    return parsed(requests.send(request), body -> BlobMetadata.parse(body));
  }

  /**
   * Sends metadata.
   *
   * @param metadata of a blob that is registered
   * @param pending whether the node should keep it until it hears of the registration
   * @return what became of it
   * @throws NodeException if the node does not take it
   * @throws InterruptedException if the thread is interrupted
   */
  public StoreOutcome storeMetadata(VerifiedMetadata metadata, boolean pending)
      throws NodeException, InterruptedException {
    Request request =
        Request.to(NodeRoute.PUT_METADATA, ApiLimits.JSON, metadata.blobId())
            .body(BodyPublishers.ofByteArray(metadata.toBcsWithoutId()));
    return outcome(requests.send(pending(request, pending)));
  }

  /**
   * Asks whether the node has the metadata of a blob.
   *
   * @param blobId the blob
   * @return what it says
   * @throws NodeException if the node does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  public StoredStatus metadataStatus(BlobId blobId) throws NodeException, InterruptedException {
    Request request = Request.to(NodeRoute.METADATA_STATUS, ApiLimits.JSON, blobId);
    return parsed(requests.send(request), StoredStatus::parse);
  }

  /**
   * Asks for a sliver of any size.
   *
   * @param blobId the blob
   * @param pair the pair of the sliver
   * @param axis which of the two
   * @return a sliver of that axis, perhaps another one
   * @throws NodeException if the node does not answer with a sliver
   * @throws InterruptedException if the thread is interrupted
   */
  public Sliver sliver(BlobId blobId, SliverPairIndex pair, Axis axis)
      throws NodeException, InterruptedException {
    return sliver(blobId, pair, axis, EncodingParameters.MAX_SYMBOL_SIZE);
  }

  /**
   * Asks for a sliver whose size is known: nothing longer is read.
   *
   * @param blobId the blob
   * @param pair the pair of the sliver
   * @param axis which of the two
   * @param symbolSize the blob's symbol size in bytes
   * @return a sliver of that axis, perhaps another one
   * @throws NodeException if the node does not answer with a sliver
   * @throws InterruptedException if the thread is interrupted
   */
  public Sliver sliver(BlobId blobId, SliverPairIndex pair, Axis axis, int symbolSize)
      throws NodeException, InterruptedException {
    long most = ApiLimits.sliver(parameters, axis, symbolSize);
    Request request = Request.to(NodeRoute.GET_SLIVER, most, blobId, pair, axis);
    return parsed(
        requests.send(request), body -> Sliver.parseView(axis, MemorySegment.ofArray(body)));
  }

  /**
   * Sends a sliver.
   *
   * @param blobId a blob that is registered
   * @param pair the pair that the sliver belongs to
   * @param sliver the sliver; its memory must be readable by any thread until this returns
   * @param pending whether the node should keep it until it hears of the registration
   * @return what became of it
   * @throws NodeException if the node does not take it
   * @throws InterruptedException if the thread is interrupted
   */
  public StoreOutcome storeSliver(
      BlobId blobId, SliverPairIndex pair, Sliver sliver, boolean pending)
      throws NodeException, InterruptedException {
    Request request =
        Request.to(NodeRoute.PUT_SLIVER, ApiLimits.JSON, blobId, pair, sliver.id().axis())
            .body(SliverBody.of(sliver));
    return outcome(requests.send(pending(request, pending)));
  }

  /**
   * Asks whether the node has a sliver.
   *
   * @param blobId the blob
   * @param pair the pair of the sliver
   * @param axis which of the two
   * @return what it says
   * @throws NodeException if the node does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  public StoredStatus sliverStatus(BlobId blobId, SliverPairIndex pair, Axis axis)
      throws NodeException, InterruptedException {
    Request request = Request.to(NodeRoute.SLIVER_STATUS, ApiLimits.JSON, blobId, pair, axis);
    return parsed(requests.send(request), StoredStatus::parse);
  }

  // --- what nodes sign ---

  /**
   * Asks for the confirmation that the node has its slivers of a blob.
   *
   * @param blobId the blob
   * @param persistence how it is registered
   * @param registrationWait how long the node may wait for the registration; zero for not at all.
   *     The request's own timeout comes on top
   * @return what the node has signed; neither the signature nor what it is about was looked at
   * @throws NodeException if the node does not confirm
   * @throws InterruptedException if the thread is interrupted
   */
  public SignedMessage<BlobConfirmation> confirmation(
      BlobId blobId, BlobPersistence persistence, Duration registrationWait)
      throws NodeException, InterruptedException {
    Request request =
        switch (persistence) {
          case BlobPersistence.Permanent p ->
              Request.to(NodeRoute.PERMANENT_CONFIRMATION, ApiLimits.JSON, blobId);
          case BlobPersistence.Deletable d ->
              Request.to(NodeRoute.DELETABLE_CONFIRMATION, ApiLimits.JSON, blobId, d.objectId());
        };
    if (registrationWait.isPositive()) {
      request =
          request
              .query(QueryParameters.waitingForRegistration(registrationWait.toMillis()))
              .patience(registrationWait);
    }
    return parsed(requests.send(request), SignedAnswers::parseConfirmation);
  }

  /**
   * Shows the node that a blob is inconsistent.
   *
   * @param blobId the blob
   * @param proof the proof
   * @return what the node has signed; neither the signature nor what it is about was looked at
   * @throws NodeException if the node does not agree
   * @throws InterruptedException if the thread is interrupted
   */
  public SignedMessage<InvalidBlobId> reportInconsistency(BlobId blobId, InconsistencyProof proof)
      throws NodeException, InterruptedException {
    Request request =
        Request.to(NodeRoute.INCONSISTENCY_PROOF, ApiLimits.JSON, blobId, proof.target().axis())
            .body(BodyPublishers.ofByteArray(proof.toBcsWithoutAxis()));
    return parsed(requests.send(request), SignedAnswers::parseInvalid);
  }

  // --- symbols ---

  /**
   * Asks for symbols with proofs.
   *
   * @param blobId the blob
   * @param query which symbols
   * @param symbolSize the blob's symbol size in bytes
   * @return symbols that were asked for, perhaps not all; no proof was looked at
   * @throws NodeException if the node does not answer with symbols, or with others
   * @throws InterruptedException if the thread is interrupted
   */
  public List<GeneralRecoverySymbol> recoverySymbols(
      BlobId blobId, RecoverySymbolsQuery query, int symbolSize)
      throws NodeException, InterruptedException {
    int count =
        switch (query) {
          case RecoverySymbolsQuery.Ids q -> q.ids().size();
          // Of each of the node's shards, one of either axis.
          case RecoverySymbolsQuery.Recovers q -> 2 * parameters.shards();
        };
    Request request =
        Request.to(NodeRoute.RECOVERY_SYMBOLS, ApiLimits.symbols(count, symbolSize), blobId)
            .query(query.toQuery());
    Answer answer = requests.send(request);
    List<GeneralRecoverySymbol> symbols =
        parsed(answer, body -> GeneralRecoverySymbol.parseAll(MemorySegment.ofArray(body)));
    for (GeneralRecoverySymbol symbol : symbols) {
      if (!query.accepts(symbol)) {
        throw NodeException.badAnswer(
            answer.request(), "got %s, expected one of %s".formatted(symbol, query.toQuery()));
      }
    }
    return symbols;
  }

  /**
   * Asks for symbols without proofs.
   *
   * @param blobId the blob
   * @param query for which slivers
   * @param symbolSize the blob's symbol size in bytes
   * @return symbols for slivers that were asked for, perhaps not for all
   * @throws NodeException if the node does not answer with symbols, or for others
   * @throws InterruptedException if the thread is interrupted
   */
  public DecodingSymbols decodingSymbols(BlobId blobId, DecodingSymbolsQuery query, int symbolSize)
      throws NodeException, InterruptedException {
    long count = (long) query.targets().size() * (parameters.shards() + 1);
    Request request =
        Request.to(NodeRoute.DECODING_SYMBOLS, ApiLimits.symbols(count, symbolSize), blobId)
            .query(query.toQuery());
    Answer answer = requests.send(request);
    DecodingSymbols symbols =
        parsed(answer, body -> DecodingSymbols.parse(query.axis(), MemorySegment.ofArray(body)));
    if (!query.targets().containsAll(symbols.symbols().keySet())) {
      throw NodeException.badAnswer(
          answer.request(),
          "got symbols for slivers %s, expected for %s"
              .formatted(symbols.symbols().keySet(), query.targets()));
    }
    return symbols;
  }

  // --- the rest ---

  /**
   * Asks what the node knows of a blob.
   *
   * @param blobId the blob
   * @return what it says
   * @throws NodeException if the node does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  public BlobStatus blobStatus(BlobId blobId) throws NodeException, InterruptedException {
    Request request = Request.to(NodeRoute.BLOB_STATUS, ApiLimits.JSON, blobId);
    return parsed(requests.send(request), BlobStatus::parse);
  }

  /**
   * Asks how the node is.
   *
   * @param detailed whether shard by shard
   * @return what it says
   * @throws NodeException if the node does not answer
   * @throws InterruptedException if the thread is interrupted
   */
  public NodeHealth health(boolean detailed) throws NodeException, InterruptedException {
    Request request = Request.to(NodeRoute.HEALTH, ApiLimits.HEALTH_JSON);
    return parsed(
        requests.send(detailed ? request.query(QueryParameters.detailed()) : request),
        NodeHealth::parse);
  }

  /**
   * Asks for slivers of a shard that this node takes over from the other.
   *
   * @param signed what is asked for, signed by the node that asks
   * @param key that node's public key
   * @param most how many bytes of the answer to take
   * @return slivers, perhaps fewer than asked for
   * @throws NodeException if the node does not answer with slivers
   * @throws InterruptedException if the thread is interrupted
   */
  public ShardSlivers syncShard(
      SignedMessage<SyncShardRequest> signed, PublicKeyBytes key, long most)
      throws NodeException, InterruptedException {
    Request request =
        Request.to(NodeRoute.SYNC_SHARD, most)
            .body(BodyPublishers.ofByteArray(signed.toBcs()))
            .authorization(ApiHeaders.authorization(key));
    return parsed(requests.send(request), body -> ShardSlivers.parse(MemorySegment.ofArray(body)));
  }

  private static Request pending(Request request, boolean pending) {
    return pending ? request.query(QueryParameters.pending()) : request;
  }

  private static StoreOutcome outcome(Answer answer) throws NodeException {
    Optional<StoreOutcome> outcome = StoreOutcome.of(answer.httpStatus());
    return outcome.orElseThrow(
        () ->
            NodeException.badAnswer(
                answer.request(),
                "got status %s, expected 200 to 202".formatted(answer.httpStatus())));
  }

  @FunctionalInterface
  private interface Parser<T> {
    T parse(byte[] body) throws MalformedDataException;
  }

  private static <T> T parsed(Answer answer, Parser<T> parser) throws NodeException {
    try {
      return parser.parse(answer.body());
    } catch (MalformedDataException e) {
      throw NodeException.of(Kind.BAD_ANSWER, answer.request(), e);
    }
  }

  /** {@return the address} */
  @Override
  public String toString() {
    return "client of " + address();
  }
}
