package io.redstuff.daemon.http;

import io.redstuff.daemon.api.DaemonRoute;
import io.redstuff.daemon.api.ErrorReason;
import io.redstuff.daemon.api.ErrorStatus;
import io.redstuff.daemon.api.RefusedException;
import io.redstuff.daemon.service.Content;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Who may ask, from where, and how many at a time. Thread-safe. */
final class Gate {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[?(0*:)*:?0*1]?");
  private static final int OK = 200;
  private static final String MAX_AGE = "86400";

  private final boolean isLoopback;
  private final Set<String> hosts;
  private final boolean isShared;
  private final Semaphore reads;
  private final Semaphore stores;

  Gate(boolean isLoopback, Set<String> hosts, boolean isShared, int reads, int stores) {
    this.isLoopback = isLoopback;
    this.hosts =
        hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    this.isShared = isShared;
    this.reads = new Semaphore(reads);
    this.stores = new Semaphore(stores);
  }

  /**
   * Makes sure that a server on the loopback address is not spoken to by the page of a stranger,
   * whose name that address was given to for the purpose.
   */
  void checkHost(Request request) throws RefusedException {
    String host = Request.getServerName(request);
    if (!isLoopback || host == null) {
      return;
    }
    String name = host.toLowerCase(Locale.ROOT);
    if (!LOOPBACK.matcher(name).matches() && !hosts.contains(name)) {
      throw new RefusedException(
          ErrorStatus.PERMISSION_DENIED,
          ErrorReason.HOST_NOT_ALLOWED,
          "host: expected a name of this machine, or one that was configured");
    }
  }

  /** One of the requests that are answered; ends when it is closed. */
  interface Passage extends AutoCloseable {
    @Override
    void close();
  }

  /** Lets a request in, if there are not too many. */
  Passage enter(DaemonRoute route) throws RefusedException {
    if (route == DaemonRoute.STATUS || route == DaemonRoute.API) {
      return () -> {};
    }
    Semaphore room = route.isStoring() ? stores : reads;
    if (!room.tryAcquire()) {
      throw tooMany();
    }
    return room::release;
  }

  static RefusedException tooMany() {
    return new RefusedException(
        ErrorStatus.RESOURCE_EXHAUSTED,
        ErrorReason.TOO_MANY_REQUESTS,
        "the daemon is receiving too many requests; please try again later");
  }

  /** Returns whether a browser asks what a page of another origin may do. */
  boolean isPreflight(Request request) {
    return isShared
        && request.getMethod().equals("OPTIONS")
        && request.getHeaders().contains(HttpHeader.ORIGIN);
  }

  /** Returns that it may do everything. */
  Answer preflight() {
    return Answer.of(OK, Content.of(new byte[0]))
        .header("Access-Control-Allow-Methods", "*")
        .header("Access-Control-Allow-Headers", "*")
        .header("Access-Control-Max-Age", MAX_AGE);
  }

  /** Lets pages of other origins see an answer, if they may. */
  Answer share(Answer answer) {
    return isShared
        ? answer
            .header("Access-Control-Allow-Origin", "*")
            .header("Access-Control-Expose-Headers", "*")
        : answer;
  }
}
