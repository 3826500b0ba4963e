package io.redstuff.front;

import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.error.MalformedDataException;
import io.redstuff.http.HttpLimits;
import io.redstuff.http.LimitedServer;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.registry.LedgerRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;

/**
 * One address for all of a local network. Blobs are stored and read there with the account that
 * commands store with, and a page shows what is inside.
 */
public final class FrontDoor implements AutoCloseable {
  private final WalrusClient client;
  private final LimitedServer server;
  private final URI address;

  private FrontDoor(WalrusClient client, LimitedServer server, URI address) {
    this.client = client;
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
    WalrusClient client = client(network);
    LimitedServer server = null;
    try {
      server =
          LimitedServer.start(
              config.host(),
              config.port(),
              Optional.empty(),
              HttpLimits.DEFAULT,
              (_, _, callback) -> {
                callback.succeeded();
                return true;
              },
              _ -> new Handler.Wrapper());
      URI address = URI.create("http://" + config.host() + ":" + server.port());
      return new FrontDoor(client, server, address);
    } finally {
      if (server == null) {
        client.close();
      }
    }
  }

  private static WalrusClient client(LocalNetwork network)
      throws IOException, InterruptedException {
    try {
      AccountSession account =
          new AccountSession(network.ledger(), AccountKeyFile.read(network.home().clientKey()));
      return WalrusClient.of(
          new LedgerRegistry(network.ledger(), account, BlsEngine.preferred()),
          TransferSettings.defaults());
    } catch (MalformedDataException e) {
      throw new IOException(network.home().clientKey() + ": " + e.getMessage(), e);
    }
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
    try (client) {
      server.close();
    } catch (IOException e) {
      System.getLogger(FrontDoor.class.getName())
          .log(System.Logger.Level.WARNING, "the server did not stop as it should", e);
    }
  }
}
