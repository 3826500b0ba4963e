package io.redstuff.daemon.http;

import io.redstuff.client.WalrusClient;
import io.redstuff.daemon.api.OpenApi;
import io.redstuff.daemon.chain.PublisherChain;
import io.redstuff.daemon.service.Aggregator;
import io.redstuff.daemon.service.Publisher;
import io.redstuff.daemon.service.Spool;
import io.redstuff.http.ConnectionGuard;
import io.redstuff.http.HttpLimits;
import io.redstuff.http.LimitedServer;
import io.redstuff.http.RateLimit;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Handler;

/** Puts the parts together that listen. */
public final class DaemonListener implements AutoCloseable {
  /** The name of a file may have slashes, and be two dots; no path leads to a file here. */
  private static final UriCompliance NAMES =
      UriCompliance.RFC3986.with(
          "names",
          Violation.AMBIGUOUS_PATH_SEGMENT,
          Violation.AMBIGUOUS_PATH_SEPARATOR,
          Violation.AMBIGUOUS_PATH_PARAMETER,
          Violation.AMBIGUOUS_PATH_ENCODING,
          Violation.SUSPICIOUS_PATH_CHARACTERS);

  private final LimitedServer server;
  private final HangUpWatch hangUps;

  private DaemonListener(LimitedServer server, HangUpWatch hangUps) {
    this.server = server;
    this.hangUps = hangUps;
  }

  /**
   * What a daemon bears, and what it lets through.
   *
   * @param host the address to listen at
   * @param port the port; 0 for any
   * @param limits for connections
   * @param mostBlobBytes how long a blob may be that is stored
   * @param mostQuiltBytes how long a form of files may be
   * @param mostInMemory how long an answer may be that is kept in memory
   * @param reads how many requests may read at a time
   * @param stores how many may store at a time
   * @param hosts names by which it may be called beside those of the machine itself
   * @param isShared whether pages of other origins may ask
   * @param headers attributes and tags that may become headers
   * @param hasAllTags whether all tags may
   */
  public record Settings(
      String host,
      int port,
      HttpLimits limits,
      long mostBlobBytes,
      long mostQuiltBytes,
      long mostInMemory,
      int reads,
      int stores,
      Set<String> hosts,
      boolean isShared,
      Set<String> headers,
      boolean hasAllTags) {
    /** Copies the sets. */
    public Settings {
      hosts = Set.copyOf(hosts);
      headers = Set.copyOf(headers);
    }
  }

  /**
   * Starts to listen.
   *
   * @param settings what it bears
   * @param client stores and reads
   * @param chain the chain, if it stores
   * @param spool for temporary files
   * @param more gets what is no route
   * @return the listener; close it
   * @throws IOException if it cannot listen there
   */
  public static DaemonListener start(
      Settings settings,
      WalrusClient client,
      Optional<PublisherChain> chain,
      Spool spool,
      Optional<Handler> more)
      throws IOException {
    byte[] openApi = OpenApi.document(chain.isPresent());
    Gate gate =
        new Gate(
            InetAddress.getByName(settings.host()).isLoopbackAddress(),
            settings.hosts(),
            settings.isShared(),
            settings.reads(),
            settings.stores());
    Reads reads =
        new Reads(
            new Aggregator(client, spool, settings.mostInMemory()),
            chain,
            new ReadHeaders(settings.headers(), settings.hasAllTags()));
    HttpLimits limits = settings.limits();
    HangUpWatch hangUps = new HangUpWatch();
    boolean isStarted = false;
    try {
      LimitedServer server =
          LimitedServer.start(
              settings.host(),
              settings.port(),
              Optional.empty(),
              limits,
              NAMES,
              new JsonErrors(),
              guard ->
                  new DaemonHandler(
                      reads,
                      chain.map(it -> stores(settings, new Publisher(client, it), spool, guard)),
                      gate,
                      new RateLimit(limits.requestsPerSecond(), System::nanoTime),
                      guard,
                      hangUps,
                      openApi,
                      more));
      isStarted = true;
      return new DaemonListener(server, hangUps);
    } finally {
      if (!isStarted) {
        hangUps.close();
      }
    }
  }

  private static Stores stores(
      Settings settings, Publisher publisher, Spool spool, ConnectionGuard guard) {
    return new Stores(
        publisher,
        new UploadBody(spool, guard),
        settings.mostBlobBytes(),
        settings.mostQuiltBytes());
  }

  /** {@return the port at which it listens} */
  public int port() {
    return server.port();
  }

  /** {@return how many connections are open} */
  public int connections() {
    return server.connections();
  }

  /** {@return how many have hung up while they waited for an answer} */
  public long hungUp() {
    return hangUps.hungUp();
  }

  /** Breaks all connections off. */
  @Override
  public void close() throws IOException {
    try (server) {
      hangUps.close(); // who works for a caller ends
    }
  }
}
