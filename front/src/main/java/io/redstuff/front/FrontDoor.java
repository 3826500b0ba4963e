package io.redstuff.front;

import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.daemon.DaemonConfig;
import io.redstuff.daemon.DaemonServer;
import io.redstuff.daemon.chain.PublisherChain;
import io.redstuff.error.MalformedDataException;
import io.redstuff.front.chain.LedgerPublisherChain;
import io.redstuff.front.page.Page;
import io.redstuff.front.page.PageSettings;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.local.LocalNetwork;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One address for all of a local network. Blobs are stored and read there with the account that
 * commands store with, and a page shows what is inside. A network has one door at a time.
 *
 * @since 0.1.0
 */
public final class FrontDoor implements AutoCloseable {
  private final WalrusClient client;
  private final Page page;
  private final DaemonServer daemon;
  private final URI address;

  private FrontDoor(WalrusClient client, Page page, DaemonServer daemon, URI address) {
    this.client = client;
    this.page = page;
    this.daemon = daemon;
    this.address = address;
  }

  /**
   * Opens the door of a network.
   *
   * @param network the network, which runs; stays open
   * @param config where
   * @return the open door; close it before the network
   * @throws IOException if it cannot listen there, another door is open, or the key of the account
   *     cannot be read
   * @throws InterruptedException if the thread was interrupted
   */
  public static FrontDoor start(LocalNetwork network, FrontDoorConfig config)
      throws IOException, InterruptedException {
    AccountSession account = account(network);
    LedgerPublisherChain chain =
        new LedgerPublisherChain(network.ledger(), account, BlsEngine.preferred());
    WalrusClient client = WalrusClient.of(chain, TransferSettings.defaults());
    Page page = null;
    DaemonServer daemon = null;
    try {
      page = Page.open(network, client, chain, account.address(), settings(config));
      Path temporary = network.home().directory().resolve("front");
      daemon = listen(config, client, chain, temporary, page);
      return new FrontDoor(
          client, page, daemon, address(config.host(), daemon.address().getPort()));
    } finally {
      if (daemon == null) {
        if (page != null) {
          page.close();
        }
        client.close();
      }
    }
  }

  private static PageSettings settings(FrontDoorConfig config) throws IOException {
    boolean isLoopback = InetAddress.getByName(config.host()).isLoopbackAddress();
    Set<String> names = new HashSet<>(config.names());
    names.add(config.host());
    return new PageSettings(names, isLoopback || config.controlFromAfar());
  }

  private static AccountSession account(LocalNetwork network) throws IOException {
    try {
      return new AccountSession(network.ledger(), AccountKeyFile.read(network.home().clientKey()));
    } catch (MalformedDataException e) {
      throw new IOException(network.home().clientKey() + ": " + e.getMessage(), e);
    }
  }

  private static DaemonServer listen(
      FrontDoorConfig config, WalrusClient client, PublisherChain chain, Path temporary, Page page)
      throws IOException {
    DaemonConfig daemon =
        DaemonConfig.of(temporary).at(config.host(), config.port()).allowing(config.names(), false);
    try {
      return listen(daemon, client, chain, page);
    } catch (IOException e) {
      if (!config.otherPort() || !isTaken(e)) {
        throw e;
      }
      return listen(daemon.at(config.host(), 0), client, chain, page);
    }
  }

  private static DaemonServer listen(
      DaemonConfig config, WalrusClient client, PublisherChain chain, Page page)
      throws IOException {
    return DaemonServer.start(config, client, Optional.of(chain), Optional.of(page.handler()));
  }

  private static boolean isTaken(Throwable failure) {
    return failure != null && (failure instanceof BindException || isTaken(failure.getCause()));
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
      daemon.close();
    } catch (IOException e) {
      System.getLogger(FrontDoor.class.getName())
          .log(System.Logger.Level.WARNING, "the server did not stop as it should", e);
    }
  }
}
