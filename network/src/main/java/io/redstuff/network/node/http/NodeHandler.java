package io.redstuff.network.node.http;

import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.client.api.NodeError;
import io.redstuff.http.BodyBudget;
import io.redstuff.http.ConnectionGuard;
import io.redstuff.http.RateLimit;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Takes requests from Jetty, each on a virtual thread of its own, and gives answers back. */
final class NodeHandler extends Handler.Abstract {
  private static final System.Logger LOG = System.getLogger(NodeHandler.class.getName());

  private final NodeApi api;
  private final RateLimit rate;
  private final ConnectionGuard guard;
  private final BodyBudget budget;

  NodeHandler(NodeApi api, RateLimit rate, ConnectionGuard guard, BodyBudget budget) {
    this.api = api;
    this.rate = rate;
    this.guard = guard;
    this.budget = budget;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    guard.working(connection);
    Request.addCompletionListener(request, _ -> guard.waiting(connection));
    Answer answer = answer(request);
    response.setStatus(answer.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.contentType());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    // Jetty ends the connection if a body that was refused unread is not all there yet; who is not
    // told would send the next request into it.
    if (!request.consumeAvailable()) {
      response.getHeaders().put(HttpHeader.CONNECTION, "close");
    }
    guard.moving(connection, answer.body().length);
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }

  private Answer answer(Request request) {
    if (!rate.admit(Request.getRemoteAddr(request))) {
      return Answer.of(
          NodeError.of(
              ErrorCode.RESOURCE_EXHAUSTED, ErrorReason.UNAVAILABLE, "requests: got too many"));
    }
    try (JettyRequest asked = new JettyRequest(request, guard, budget)) {
      return answer(asked);
    }
  }

  private Answer answer(JettyRequest request) {
    try {
      return api.answer(request);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Answer.of(
          NodeError.of(ErrorCode.UNAVAILABLE, ErrorReason.UNAVAILABLE, "the node is shut down"));
    } catch (BrokenBodyException e) {
      return Answer.of(
          NodeError.of(ErrorCode.INVALID_ARGUMENT, ErrorReason.INVALID_FILTER, e.getMessage()));
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, request.method() + " " + request.path(), e);
      return Answer.of(
          NodeError.of(
              ErrorCode.INTERNAL, ErrorReason.INTERNAL_ERROR, "the node has failed, see its log"));
    }
  }
}
