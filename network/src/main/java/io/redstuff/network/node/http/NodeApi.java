package io.redstuff.network.node.http;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverPairIndex;
import io.redstuff.client.api.ApiHeaders;
import io.redstuff.client.api.ApiLimits;
import io.redstuff.client.api.DecodingSymbolsQuery;
import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeError;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.api.QueryParameters;
import io.redstuff.client.api.RecoverySymbolsQuery;
import io.redstuff.client.api.SignedAnswers;
import io.redstuff.client.api.StoreOutcome;
import io.redstuff.error.MalformedDataException;
import io.redstuff.message.BlobPersistence;
import io.redstuff.network.node.service.RefusedException;
import io.redstuff.network.node.service.Uploads;
import io.redstuff.proof.GeneralRecoverySymbol;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out what a request asks for, has it done, and puts the answer into its form. */
final class NodeApi {
  /** Where audits are answered, which the Walrus network does not have. */
  static final String AUDIT_PATH = "/v1/redstuff/audit";

  static final String AUDIT_METHOD = "POST";

  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;

  /** An audit statement of 32,000 blobs. */
  private static final int LONGEST_STATEMENT = 1 << 20;

  /** More than a signed request for a shard has. */
  private static final int LONGEST_SYNC_REQUEST = 1 << 10;

  private final Services services;
  private final EncodingParameters parameters;
  private final Duration longestWait;

  NodeApi(Services services, EncodingParameters parameters, Duration longestWait) {
    this.services = services;
    this.parameters = parameters;
    this.longestWait = longestWait;
  }

  /** Answers a request; errors are answers, too, but those of the store and of the connection. */
  Answer answer(ApiRequest request) throws IOException, InterruptedException {
    try {
      if (request.path().equals(AUDIT_PATH) && request.method().equals(AUDIT_METHOD)) {
        checkBcs(request);
        byte[] statement = request.body(LONGEST_STATEMENT, NodeApi::tooLong);
        return Answer.bcs(services.audits().answer(statement).toBcs());
      }
      Optional<NodeRoute.Match> match = NodeRoute.match(request.method(), request.path());
      return match.isPresent() ? route(match.get(), request) : noRoute(request);
    } catch (RefusedException e) {
      return Answer.of(e.error());
    } catch (MalformedDataException e) {
      return Answer.of(
          NodeError.of(
              ErrorCode.INVALID_ARGUMENT, ErrorReason.INVALID_FILTER, "" + e.getMessage()));
    }
  }

  private static Answer noRoute(ApiRequest request) {
    boolean otherMethod = !NodeRoute.methods(request.path()).isEmpty();
    NodeError error =
        new NodeError(
            ErrorCode.NOT_FOUND,
            "NO_SUCH_ROUTE",
            NodeError.GLOBAL_DOMAIN,
            "route: got one that there is not" + (otherMethod ? " with this method" : ""),
            Map.of());
    return Answer.json(otherMethod ? METHOD_NOT_ALLOWED : NOT_FOUND, error.toJson());
  }

  private static void checkBcs(ApiRequest request) throws RefusedException {
    String type = request.header("Content-Type");
    if (!ApiHeaders.isBcs(type)) {
      throw RefusedException.of(
          ErrorCode.INVALID_ARGUMENT,
          ErrorReason.INVALID_CONTENT_TYPE,
          "content type: got '%s', expected %s",
          type,
          ApiHeaders.BCS);
    }
  }

  private static RefusedException tooLong(long got, long most) {
    return RefusedException.of(
        ErrorCode.SIZE_EXCEEDED,
        ErrorReason.INVALID_FILTER,
        "body: got %s bytes, expected at most %s",
        got,
        most);
  }

  private Answer route(NodeRoute.Match match, ApiRequest request)
      throws RefusedException, MalformedDataException, IOException, InterruptedException {
    QueryParameters query = QueryParameters.parse(request.query());
    return switch (match.route()) {
      case GET_METADATA -> Answer.bcs(services.downloads().metadata(match.blobId()));
      case PUT_METADATA -> putMetadata(match, query, request);
      case METADATA_STATUS ->
          Answer.json(services.downloads().metadataStatus(match.blobId()).toJson());
      case GET_SLIVER ->
          Answer.bcs(services.downloads().sliver(match.blobId(), match.pair(), match.axis()));
      case PUT_SLIVER -> putSliver(match, query, request);
      case SLIVER_STATUS ->
          Answer.json(
              services
                  .downloads()
                  .sliverStatus(match.blobId(), match.pair(), match.axis())
                  .toJson());
      case PERMANENT_CONFIRMATION -> confirm(match, BlobPersistence.PERMANENT, query);
      case DELETABLE_CONFIRMATION ->
          confirm(match, BlobPersistence.deletable(match.objectId()), query);
      case RECOVERY_SYMBOLS -> recoverySymbols(match.blobId(), query);
      case DECODING_SYMBOLS -> decodingSymbols(match.blobId(), query);
      case INCONSISTENCY_PROOF -> judge(match, request);
      case BLOB_STATUS -> Answer.json(services.statuses().blob(match.blobId()).toJson());
      case HEALTH -> Answer.json(services.statuses().health(query.isDetailed()).toJson());
      case SYNC_SHARD -> syncShard(request);
      case API -> Answer.json(OpenApi.document());
    };
  }

  private Answer putMetadata(NodeRoute.Match match, QueryParameters query, ApiRequest request)
      throws RefusedException, MalformedDataException, IOException {
    checkBcs(request);
    BlobId blob = match.blobId();
    boolean pending = query.isPending();
    byte[] body = request.body(ApiLimits.metadata(parameters), NodeApi::tooLong);
    StoreOutcome outcome = services.uploads().metadata(blob, body, pending);
    return Answer.json(outcome.httpStatus(), outcome.metadataJson());
  }

  private Answer putSliver(NodeRoute.Match match, QueryParameters query, ApiRequest request)
      throws RefusedException, MalformedDataException, IOException {
    checkBcs(request);
    BlobId blob = match.blobId();
    SliverPairIndex pair = match.pair();
    Axis axis = match.axis();
    boolean pending = query.isPending();
    services.uploads().checkPlace(blob, pair, axis, request.length());
    byte[] body = request.body(services.uploads().longestSliver(axis), Uploads::tooLarge);
    StoreOutcome outcome = services.uploads().sliver(blob, pair, axis, body, pending);
    return Answer.json(outcome.httpStatus(), outcome.sliverJson());
  }

  private Answer confirm(NodeRoute.Match match, BlobPersistence persistence, QueryParameters query)
      throws RefusedException, MalformedDataException, IOException, InterruptedException {
    long millis = Math.min(longestWait.toMillis(), query.registrationWait().orElse(0));
    return Answer.json(
        SignedAnswers.toJson(
            services
                .confirmations()
                .confirm(match.blobId(), persistence, Duration.ofMillis(millis))));
  }

  private Answer recoverySymbols(BlobId blob, QueryParameters query)
      throws RefusedException, MalformedDataException, IOException {
    RecoverySymbolsQuery asked =
        RecoverySymbolsQuery.parse(query)
            .orElseThrow(
                () ->
                    RefusedException.of(
                        ErrorCode.FAILED_PRECONDITION,
                        ErrorReason.NO_SYMBOLS_SPECIFIED,
                        "query: got no symbol, expected one or more"));
    List<GeneralRecoverySymbol> symbols = services.symbols().recovery(blob, asked);
    return Answer.bcs(GeneralRecoverySymbol.toBcs(symbols));
  }

  private Answer decodingSymbols(BlobId blob, QueryParameters query)
      throws RefusedException, MalformedDataException, IOException {
    DecodingSymbolsQuery asked =
        DecodingSymbolsQuery.parse(query)
            .orElseThrow(
                () ->
                    RefusedException.of(
                        ErrorCode.FAILED_PRECONDITION,
                        ErrorReason.NO_TARGET_SLIVERS_SPECIFIED,
                        "query: got no sliver, expected one or more"));
    return Answer.bcs(services.symbols().decoding(blob, asked).toBcs());
  }

  private Answer judge(NodeRoute.Match match, ApiRequest request)
      throws RefusedException, MalformedDataException, IOException {
    checkBcs(request);
    BlobId blob = match.blobId();
    Axis axis = match.axis();
    byte[] body = request.body(ApiLimits.inconsistencyProof(parameters), NodeApi::tooLong);
    return Answer.json(
        SignedAnswers.invalidToJson(services.inconsistencies().judge(blob, axis, body)));
  }

  private Answer syncShard(ApiRequest request) throws RefusedException, IOException {
    checkBcs(request);
    byte[] body = request.body(LONGEST_SYNC_REQUEST, NodeApi::tooLong);
    return Answer.bcs(services.shards().export(request.header("Authorization"), body).toBcs());
  }
}
