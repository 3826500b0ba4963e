package io.redstuff.client.testing;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ShardIndex;
import io.redstuff.Sliver;
import io.redstuff.SliverPairIndex;
import io.redstuff.certify.NodeSigner;
import io.redstuff.client.api.BlobStatus;
import io.redstuff.client.api.DecodingSymbols;
import io.redstuff.client.api.DecodingSymbolsQuery;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeError;
import io.redstuff.client.api.NodeHealth;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.api.QueryParameters;
import io.redstuff.client.api.RecoverySymbolsQuery;
import io.redstuff.client.api.ShardSlivers;
import io.redstuff.client.api.SignedAnswers;
import io.redstuff.client.api.StoreOutcome;
import io.redstuff.client.api.StoredStatus;
import io.redstuff.client.testing.FakeServer.Reply;
import io.redstuff.client.testing.FakeServer.Request;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.BlobConfirmation;
import io.redstuff.message.BlobPersistence;
import io.redstuff.message.InvalidBlobId;
import io.redstuff.message.PublicKeyBytes;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A storage node in maps: honest, unless it is told to change its answers. */
public final class FakeNode implements AutoCloseable {
  private final RedStuff codec;
  private final NodeSigner signer;
  private final long epoch;
  private final List<ShardIndex> shards;
  private final Function<BlobId, BlobStatus> chain;
  private final FakeServer server;
  private final Map<BlobId, VerifiedMetadata> metadata = new ConcurrentHashMap<>();
  private final Map<String, byte[]> slivers = new ConcurrentHashMap<>();

  /** What was asked, method and path. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** Makes other answers of good ones. */
  public volatile BiFunction<NodeRoute.Match, Reply, Reply> fault = (match, reply) -> reply;

  /**
   * Starts a node.
   *
   * @param codec for the number of shards
   * @param signer with the node's key
   * @param epoch in which it signs
   * @param shards its shards
   * @param chain what it knows of blobs
   */
  public FakeNode(
      RedStuff codec,
      NodeSigner signer,
      long epoch,
      List<ShardIndex> shards,
      Function<BlobId, BlobStatus> chain) {
    this.codec = codec;
    this.signer = signer;
    this.epoch = epoch;
    this.shards = shards;
    this.chain = chain;
    this.server = new FakeServer(this::answer);
  }

  /** Returns where it is. */
  public String uri() {
    return server.uri();
  }

  /** Waits until nobody is connected; returns whether that came to be in half a minute. */
  public boolean awaitIdle() throws InterruptedException {
    return server.awaitIdle();
  }

  /** Returns how many slivers it has. */
  public int sliverCount() {
    return slivers.size();
  }

  /** Takes what it is given, whatever that is. */
  public void keep(VerifiedMetadata its, Sliver sliver) {
    metadata.put(its.blobId(), its);
    slivers.put(
        key(its.blobId(), sliver.id().pair(codec.parameters()), sliver.id().axis()),
        sliver.toBcs());
  }

  /** Takes all that another node has. */
  public void takeFrom(FakeNode other) {
    metadata.putAll(other.metadata);
    slivers.putAll(other.slivers);
  }

  /** Loses all that it has. */
  public void wipe() {
    metadata.clear();
    slivers.clear();
  }

  private Reply answer(Request request) {
    asked.add(request.method() + " " + request.path());
    NodeRoute.Match match = NodeRoute.match(request.method(), request.path()).orElse(null);
    if (match == null) {
      return error(ErrorCode.NOT_FOUND, ErrorReason.METADATA_NOT_FOUND);
    }
    Reply reply;
    try {
      reply = honest(match, request);
    } catch (RedStuffException e) {
      reply = error(ErrorCode.INVALID_ARGUMENT, ErrorReason.INVALID_SLIVER);
    }
    return fault.apply(match, reply);
  }

  /** Returns an answer with an error. */
  public static Reply error(ErrorCode code, ErrorReason reason) {
    return Reply.of(code.httpStatus(), NodeError.of(code, reason, "no").toJson());
  }

  private Reply honest(NodeRoute.Match match, Request request) throws RedStuffException {
    QueryParameters query = QueryParameters.parse(request.query());
    return switch (match.route()) {
      case GET_METADATA -> {
        VerifiedMetadata its = metadata.get(match.blobId());
        yield its == null
            ? error(ErrorCode.NOT_FOUND, ErrorReason.METADATA_NOT_FOUND)
            : Reply.of(200, its.toBcs());
      }
      case PUT_METADATA -> {
        BlobMetadata claimed = BlobMetadata.parseWithoutId(match.blobId(), request.body());
        Object before = metadata.put(match.blobId(), codec.verify(claimed, match.blobId()));
        StoreOutcome outcome = outcome(query, before);
        yield Reply.of(outcome.httpStatus(), outcome.metadataJson());
      }
      case METADATA_STATUS -> Reply.of(200, status(metadata.containsKey(match.blobId())));
      case GET_SLIVER -> {
        byte[] sliver = slivers.get(key(match.blobId(), match.pair(), match.axis()));
        yield sliver == null
            ? error(ErrorCode.NOT_FOUND, ErrorReason.SLIVER_NOT_FOUND)
            : Reply.of(200, sliver);
      }
      case PUT_SLIVER -> store(match, request, query);
      case SLIVER_STATUS ->
          Reply.of(
              200, status(slivers.containsKey(key(match.blobId(), match.pair(), match.axis()))));
      case PERMANENT_CONFIRMATION -> confirm(match.blobId(), BlobPersistence.PERMANENT);
      case DELETABLE_CONFIRMATION ->
          confirm(match.blobId(), BlobPersistence.deletable(match.objectId()));
      case RECOVERY_SYMBOLS -> {
        RecoverySymbolsQuery symbols = RecoverySymbolsQuery.parse(query).orElseThrow();
        yield Reply.of(200, GeneralRecoverySymbol.toBcs(symbols(match.blobId(), symbols)));
      }
      case DECODING_SYMBOLS -> {
        DecodingSymbolsQuery symbols = DecodingSymbolsQuery.parse(query).orElseThrow();
        yield Reply.of(200, decodingSymbols(match.blobId(), symbols).toBcs());
      }
      case INCONSISTENCY_PROOF -> {
        InconsistencyProof proof =
            InconsistencyProof.parseWithoutAxis(match.axis(), request.body());
        codec.confirm(metadata.get(match.blobId()), proof);
        yield Reply.of(
            200,
            SignedAnswers.invalidToJson(signer.sign(new InvalidBlobId(epoch, match.blobId()))));
      }
      case BLOB_STATUS -> Reply.of(200, chain.apply(match.blobId()).toJson());
      case HEALTH -> Reply.of(200, health(query.isDetailed()).toJson());
      case SYNC_SHARD -> Reply.of(200, shardSlivers().toBcs());
      case API -> Reply.of(200, new byte[] {'{', '}'});
    };
  }

  private static StoreOutcome outcome(QueryParameters query, Object before)
      throws RedStuffException {
    if (before != null) {
      return StoreOutcome.ALREADY_STORED;
    }
    return query.isPending() ? StoreOutcome.BUFFERED : StoreOutcome.STORED;
  }

  private static byte[] status(boolean isThere) {
    return (isThere ? StoredStatus.STORED : StoredStatus.NONEXISTENT).toJson();
  }

  private static String key(BlobId blobId, SliverPairIndex pair, Axis axis) {
    return "%s/%s/%s".formatted(blobId, pair, axis);
  }

  private Reply store(NodeRoute.Match match, Request request, QueryParameters query)
      throws RedStuffException {
    BlobId blobId = match.blobId();
    SliverPairIndex pair = match.pair();
    VerifiedMetadata its = metadata.get(blobId);
    if (its == null) {
      return error(ErrorCode.FAILED_PRECONDITION, ErrorReason.METADATA_NOT_FOUND);
    }
    if (!shards.contains(pair.shard(blobId, codec.parameters()))) {
      return error(ErrorCode.FAILED_PRECONDITION, ErrorReason.SHARD_NOT_ASSIGNED);
    }
    Sliver sliver = Sliver.parseCopy(match.axis(), request.body());
    if (!sliver.id().pair(codec.parameters()).equals(pair)) {
      return error(ErrorCode.INVALID_ARGUMENT, ErrorReason.SLIVER_INDEX_MISMATCH);
    }
    codec.verify(its, sliver);
    StoreOutcome outcome =
        outcome(query, slivers.put(key(blobId, pair, match.axis()), request.body()));
    return Reply.of(outcome.httpStatus(), outcome.sliverJson());
  }

  private Reply confirm(BlobId blobId, BlobPersistence persistence) {
    boolean isRegistered =
        switch (chain.apply(blobId)) {
          case BlobStatus.Permanent status -> true;
          case BlobStatus.Deletable status -> true;
          default -> false;
        };
    if (!isRegistered) {
      return error(ErrorCode.FAILED_PRECONDITION, ErrorReason.NOT_REGISTERED);
    }
    for (ShardIndex shard : shards) {
      SliverPairIndex pair = shard.pair(blobId, codec.parameters());
      for (Axis axis : Axis.values()) {
        if (!slivers.containsKey(key(blobId, pair, axis))) {
          return error(ErrorCode.FAILED_PRECONDITION, ErrorReason.MISSING_SLIVERS);
        }
      }
    }
    return Reply.of(
        200, SignedAnswers.toJson(signer.sign(new BlobConfirmation(epoch, blobId, persistence))));
  }

  private List<Sliver> its(BlobId blobId) throws RedStuffException {
    List<Sliver> its = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : slivers.entrySet()) {
      String[] parts = entry.getKey().split("/", -1);
      if (parts[0].equals(blobId.toString())) {
        Axis axis = parts[2].equals("primary") ? Axis.PRIMARY : Axis.SECONDARY;
        its.add(Sliver.parseCopy(axis, entry.getValue()));
      }
    }
    return its;
  }

  private List<GeneralRecoverySymbol> symbols(BlobId blobId, RecoverySymbolsQuery query)
      throws RedStuffException {
    List<GeneralRecoverySymbol> symbols = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      for (Sliver sliver : its(blobId)) {
        var expanded = codec.expand(metadata.get(blobId), sliver, arena);
        for (int target = 0; target < codec.parameters().shards(); target++) {
          GeneralRecoverySymbol symbol = expanded.recoverySymbol(target).withTarget(target);
          if (query.accepts(symbol)) {
            symbols.add(symbol);
          }
        }
      }
    }
    return symbols;
  }

  private DecodingSymbols decodingSymbols(BlobId blobId, DecodingSymbolsQuery query)
      throws RedStuffException {
    Map<Integer, List<DecodingSymbol>> symbols = new ConcurrentHashMap<>();
    for (int target : query.targets()) {
      List<DecodingSymbol> list = new ArrayList<>();
      for (Sliver sliver : its(blobId)) {
        if (sliver.id().axis() != query.axis()) {
          list.add(new DecodingSymbol(sliver.id().index(), codec.symbol(sliver, target)));
        }
      }
      symbols.put(target, list);
    }
    return new DecodingSymbols(query.axis(), symbols);
  }

  private NodeHealth health(boolean isDetailed) {
    return new NodeHealth(
        Duration.ofSeconds(5),
        epoch,
        PublicKeyBytes.of(signer.key().toBytes()),
        "Active",
        new NodeHealth.EventProgress(1, 0, OptionalLong.empty()),
        new NodeHealth.ShardSummary(shards.size(), 0, shards.size(), 0, 0, 0),
        isDetailed
            ? Optional.of(
                new NodeHealth.ShardDetail(
                    shards.stream()
                        .map(
                            shard ->
                                new NodeHealth.ShardHealth(shard, NodeHealth.ShardStatus.READY))
                        .toList(),
                    List.of()))
            : Optional.empty());
  }

  private ShardSlivers shardSlivers() throws RedStuffException {
    List<ShardSlivers.Entry> entries = new ArrayList<>();
    for (BlobId blobId : metadata.keySet()) {
      for (Sliver sliver : its(blobId)) {
        entries.add(new ShardSlivers.Entry(blobId, sliver));
      }
    }
    return new ShardSlivers(entries);
  }

  /** Goes down. */
  @Override
  public void close() {
    server.close();
  }
}
