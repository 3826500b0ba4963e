package io.redstuff.daemon.http;

import io.redstuff.daemon.api.DaemonError;
import io.redstuff.daemon.api.DaemonRoute;
import io.redstuff.daemon.api.ErrorReason;
import io.redstuff.daemon.api.ErrorStatus;
import io.redstuff.daemon.api.RefusedException;
import io.redstuff.http.ConnectionGuard;
import io.redstuff.http.RateLimit;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes requests from Jetty, each on a virtual thread of its own. What is no route of the daemon
 * goes to the handler behind it, if there is one.
 */
public final class DaemonHandler extends Handler.Wrapper {
  private static final System.Logger LOG = System.getLogger(DaemonHandler.class.getName());

  private final Reads reads;
  private final Optional<Stores> stores;
  private final Gate gate;
  private final RateLimit rate;
  private final ConnectionGuard guard;
  private final AnswerWriter writer;
  private final HangUpWatch hangUps;
  private final byte[] openApi;

  DaemonHandler(
      Reads reads,
      Optional<Stores> stores,
      Gate gate,
      RateLimit rate,
      ConnectionGuard guard,
      HangUpWatch hangUps,
      byte[] openApi,
      Optional<Handler> more) {
    this.reads = reads;
    this.stores = stores;
    this.gate = gate;
    this.rate = rate;
    this.guard = guard;
    this.writer = new AnswerWriter(guard);
    this.hangUps = hangUps;
    this.openApi = openApi;
    more.ifPresent(this::setHandler);
  }

  /** Without this, where nothing is behind it, Jetty would have who selects wait for bodies. */
  @Override
  public InvocationType getInvocationType() {
    return InvocationType.BLOCKING;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Connection connection = request.getConnectionMetaData().getConnection();
    guard.working(connection);
    Request.addCompletionListener(request, _ -> guard.waiting(connection));
    Optional<DaemonRoute.Match> match;
    try {
      gate.checkHost(request);
      if (!rate.admit(Request.getRemoteAddr(request))) {
        throw Gate.tooMany();
      }
      match = match(request);
      if (match.isEmpty() && request.getHttpURI().hasViolations()) {
        throw RefusedException.malformed("path: got escapes that only names may have");
      }
    } catch (RefusedException e) {
      writer.write(request, response, Answer.error(e.error()), callback);
      return true;
    }
    if (match.isEmpty() && getHandler() != null && super.handle(request, response, callback)) {
      return true;
    }
    // To store a long blob takes longer than a connection may be idle; the guard sees to who is
    // slow.
    request.addIdleTimeoutListener(_ -> false);
    HangUpWatch.Caller caller = hangUps.of(request);
    try (Answer answer = gate.share(answer(request, match, caller))) {
      caller.close();
      if (caller.hasHungUp()) {
        connection.getEndPoint().close(); // or Jetty would answer that something has failed
        callback.failed(new EofException("hung up"));
        return true;
      }
      if (caller.hasSwallowed()) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
      }
      writer.write(request, response, answer, callback);
    }
    return true;
  }

  /** Finds the route. Where nothing can be stored, those that store are none. */
  private Optional<DaemonRoute.Match> match(Request request) throws RefusedException {
    return DaemonRoute.match(request.getHttpURI().getPath())
        .filter(found -> stores.isPresent() || !found.route().isStoring());
  }

  private Answer answer(
      Request request, Optional<DaemonRoute.Match> match, HangUpWatch.Caller caller) {
    try {
      if (match.isEmpty()) {
        throw new RefusedException(
            ErrorStatus.NOT_FOUND, ErrorReason.ROUTE_NOT_FOUND, "there is no such route");
      }
      DaemonRoute route = match.get().route();
      if (gate.isPreflight(request)) {
        return gate.preflight();
      }
      if (!route.takes(request.getMethod())) {
        return notAllowed(route);
      }
      try (Gate.Passage _ = gate.enter(route)) {
        return answer(request, route, match.get().parameters(), caller);
      }
    } catch (RefusedException e) {
      return Answer.error(e.error());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return shuttingDown();
    } catch (CancellationException e) {
      return shuttingDown();
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, request.getMethod() + " " + request.getHttpURI().getPath(), e);
      return Answer.error(
          new DaemonError(
              ErrorStatus.INTERNAL,
              ErrorReason.INTERNAL_ERROR,
              "an internal server error has occurred, see the log of the daemon"));
    }
  }

  private static Answer shuttingDown() {
    return Answer.error(
        new DaemonError(
            ErrorStatus.UNAVAILABLE, ErrorReason.SHUTTING_DOWN, "the daemon is shut down"));
  }

  private static Answer notAllowed(DaemonRoute route) {
    String allowed = route.isStoring() ? route.method() : route.method() + ", HEAD";
    return Answer.error(
            new DaemonError(
                ErrorStatus.METHOD_NOT_ALLOWED,
                ErrorReason.METHOD_NOT_ALLOWED,
                "this route is for " + allowed))
        .header("Allow", allowed);
  }

  private Answer answer(
      Request request, DaemonRoute route, List<String> parameters, HangUpWatch.Caller caller)
      throws RefusedException, IOException, InterruptedException {
    if (!route.isStoring()) {
      caller.begin();
    }
    return switch (route) {
      case STORE_BLOB -> stores.orElseThrow().blob(request, caller);
      case STORE_QUILT -> stores.orElseThrow().quilt(request, caller);
      case BLOB -> reads.blob(request, parameters.get(0), caller);
      case BLOB_BY_OBJECT -> reads.byObject(request, parameters.get(0), caller);
      case BYTE_RANGE -> reads.byteRange(request, parameters.get(0), caller);
      case PATCH_BY_ID -> reads.patch(request, parameters.get(0), caller);
      case PATCH_BY_IDENTIFIER ->
          reads.patch(request, parameters.get(0), parameters.get(1), caller);
      case QUILT_PATCHES -> reads.patches(parameters.get(0), caller);
      case STATUS -> Answer.text("OK");
      case API -> Answer.json(openApi);
    };
  }
}
