package io.redstuff.client.node;

import io.redstuff.client.api.ApiHeaders;
import io.redstuff.client.api.ApiLimits;
import io.redstuff.client.api.NodeError;
import io.redstuff.client.api.NodeRoute;
import io.redstuff.client.node.NodeException.Kind;
import io.redstuff.error.MalformedDataException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Requests to one node, each with an end. */
final class NodeRequests {
  private static final int SUCCESS = 2;

  private final HttpClient http;
  private final NodeAddress address;
  private final RequestLimits limits;

  NodeRequests(HttpClient http, NodeAddress address, RequestLimits limits) {
    this.http = http;
    this.address = address;
    this.limits = limits;
  }

  NodeAddress address() {
    return address;
  }

  /**
   * A request on its way.
   *
   * @param route what is asked
   * @param path where
   * @param query the query, empty for none
   * @param body what is sent
   * @param authorization the header of that name, empty for none
   * @param most how many bytes of a good answer to take
   * @param patience how long the node may wait by itself
   */
  record Request(
      NodeRoute route,
      String path,
      String query,
      BodyPublisher body,
      String authorization,
      long most,
      Duration patience) {
    static Request to(NodeRoute route, long most, Object... values) {
      return new Request(
          route, route.path(values), "", BodyPublishers.noBody(), "", most, Duration.ZERO);
    }

    Request query(String added) {
      return new Request(route, path, added, body, authorization, most, patience);
    }

    Request body(BodyPublisher sent) {
      return new Request(route, path, query, sent, authorization, most, patience);
    }

    Request authorization(String header) {
      return new Request(route, path, query, body, header, most, patience);
    }

    Request patience(Duration waiting) {
      return new Request(route, path, query, body, authorization, most, waiting);
    }

    String target() {
      return query.isEmpty() ? path : path + "?" + query;
    }
  }

  /**
   * A good answer.
   *
   * @param request to what, for messages
   * @param httpStatus its status
   * @param body its body
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(String request, int httpStatus, byte[] body) {}

  /** Sends a request and waits for the answer. */
  Answer send(Request request) throws NodeException, InterruptedException {
    String name = "%s %s%s".formatted(request.route().method(), base(), request.path());
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create(base() + request.target()))
            // Without TLS, no node is asked to change to HTTP/2 first.
            .version(address.isSecure() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
            .method(request.route().method(), request.body());
    if (request.body().contentLength() != 0) {
      builder.header("Content-Type", ApiHeaders.BCS);
    }
    if (!request.authorization().isEmpty()) {
      builder.header("Authorization", request.authorization());
    }
    long bytes = Math.max(0, request.body().contentLength()) + request.most();
    Duration deadline = limits.forBytes(bytes).plus(request.patience());
    HttpResponse<byte[]> response =
        await(
            http.sendAsync(builder.build(), LimitedBody.handler(request.most(), ApiLimits.JSON)),
            deadline,
            name);
    int status = response.statusCode();
    if (status / 100 != SUCCESS) {
      throw NodeException.refused(name, status, error(response.body()));
    }
    return new Answer(name, status, response.body());
  }

  private String base() {
    String text = address.uri().toString();
    return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
  }

  private static Optional<NodeError> error(byte[] body) {
    try {
      return Optional.of(NodeError.parse(body));
    } catch (MalformedDataException e) {
      return Optional.empty(); // from a proxy, say: the status must do
    }
  }

  private static HttpResponse<byte[]> await(
      CompletableFuture<HttpResponse<byte[]>> response, Duration deadline, String name)
      throws NodeException, InterruptedException {
    try {
      return response.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      response.cancel(true);
      throw NodeException.of(
          Kind.TIMED_OUT, name, new HttpTimeoutException("got no whole answer within " + deadline));
    } catch (InterruptedException e) {
      response.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw failure(e.getCause(), name);
    }
  }

  private static NodeException failure(Throwable cause, String name) {
    if (!(cause instanceof IOException)) {
      throw new IllegalStateException(name, cause);
    }
    Kind kind =
        cause instanceof LimitedBody.TooLongException
            ? Kind.BAD_ANSWER
            : cause instanceof HttpTimeoutException ? Kind.TIMED_OUT : Kind.UNREACHABLE;
    return NodeException.of(kind, name, cause);
  }
}
