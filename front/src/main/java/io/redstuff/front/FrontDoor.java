package io.redstuff.front;

import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.error.MalformedDataException;
import io.redstuff.front.page.Page;
import io.redstuff.front.page.PageSettings;
import io.redstuff.http.ConnectionGuard;
import io.redstuff.http.HttpLimits;
import io.redstuff.http.LimitedServer;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.registry.LedgerRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * One address for all of a local network. Blobs are stored and read there with the account that
 * commands store with, and a page shows what is inside.
 */
public final class FrontDoor implements AutoCloseable {
  private final WalrusClient client;
  private final Page page;
  private final LimitedServer server;
  private final URI address;

  private FrontDoor(WalrusClient client, Page page, LimitedServer server, URI address) {
    this.client = client;
    this.page = page;
    this.server = server;
    this.address = address;
  }

  /**
   * Opens the door of a network.
   *
   * @param network the network, which runs; stays open
   * @param config where
   * @return the open door; close it before the network
   * @throws IOException if it cannot listen there, or the key of the account not be read
   * @throws InterruptedException if the thread was interrupted
   */
  public static FrontDoor start(LocalNetwork network, FrontDoorConfig config)
      throws IOException, InterruptedException {
    AccountSession account = account(network);
    LedgerRegistry registry =
        new LedgerRegistry(network.ledger(), account, BlsEngine.preferred());
    boolean isLoopback = InetAddress.getByName(config.host()).isLoopbackAddress();
    Set<String> names = new HashSet<>(config.names());
    names.add(config.host());
    PageSettings settings = new PageSettings(names, isLoopback || config.controlFromAfar());
    WalrusClient client = WalrusClient.of(registry, TransferSettings.defaults());
    Page page = null;
    LimitedServer server = null;
    try {
      page = Page.open(network, client, registry, account.address(), settings);
      server = listen(config, page.handler());
      return new FrontDoor(client, page, server, address(config.host(), server.port()));
    } finally {
      if (server == null) {
        if (page != null) {
          page.close();
        }
        client.close();
      }
    }
  }

  private static AccountSession account(LocalNetwork network) throws IOException {
    try {
      return new AccountSession(
          network.ledger(), AccountKeyFile.read(network.home().clientKey()));
    } catch (MalformedDataException e) {
      throw new IOException(network.home().clientKey() + ": " + e.getMessage(), e);
    }
  }

  private static LimitedServer listen(FrontDoorConfig config, Handler page) throws IOException {
    try {
      return listen(config.host(), config.port(), page);
    } catch (IOException e) {
      if (!config.otherPort() || !isTaken(e)) {
        throw e;
      }
      return listen(config.host(), 0, page);
    }
  }

  private static boolean isTaken(Throwable failure) {
    return failure != null && (failure instanceof BindException || isTaken(failure.getCause()));
  }

  private static LimitedServer listen(String host, int port, Handler page) throws IOException {
    return LimitedServer.start(
        host,
        port,
        Optional.empty(),
        HttpLimits.DEFAULT,
        (_, _, callback) -> {
          callback.succeeded();
          return true;
        },
        guard -> guarded(guard, page));
  }

  private static Handler guarded(ConnectionGuard guard, Handler page) {
    return new Handler.Wrapper(page) {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        guard.working(connection);
        Request.addCompletionListener(request, _ -> guard.waiting(connection));
        return super.handle(request, response, callback);
      }
    };
  }

  /** An address of all interfaces is reached by that of this machine. */
  private static URI address(String host, int port) throws IOException {
    InetAddress address = InetAddress.getByName(host);
    String name = address.isAnyLocalAddress() ? "127.0.0.1" : host;
    return URI.create(
        name.indexOf(':') < 0 ? "http://" + name + ":" + port : "http://[" + name + "]:" + port);
  }

  /** {@return where everything is found} */
  public URI address() {
    return address;
  }

  /** {@return a client of the network, which stores with the same account; closed with this} */
  public WalrusClient client() {
    return client;
  }

  /** Listens no more, and breaks off what is under way. */
  @Override
  public void close() {
    page.close();
    try (client) {
      server.close();
    } catch (IOException e) {
      System.getLogger(FrontDoor.class.getName())
          .log(System.Logger.Level.WARNING, "the server did not stop as it should", e);
    }
  }
}
