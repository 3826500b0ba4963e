package io.redstuff.network.local;

import io.redstuff.ObjectId;
import io.redstuff.certify.NodeSigner;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.bls.SecretKey;
import io.redstuff.certify.bls.SecretKeyFile;
import io.redstuff.error.MalformedDataException;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.object.StorageNodeCap;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.ledger.transaction.Calls;
import io.redstuff.network.node.NodeConfig;
import io.redstuff.network.node.StorageNode;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;

/** A node in this process. It listens where it is registered, if that is free. */
final class NodeInThisJvm implements NodeRunner {
  private final NodeHome home;
  private final Ledger ledger;
  private final Durability durability;
  private final BlsEngine engine = BlsEngine.preferred();
  private SecretKey secret;
  private StorageNode node;

  NodeInThisJvm(NodeHome home, Ledger ledger, Durability durability) {
    this.home = home;
    this.ledger = ledger;
    this.durability = durability;
  }

  @Override
  public void start() throws IOException, InterruptedException {
    try {
      secret = SecretKeyFile.read(home.protocolKey());
      AccountSession account = new AccountSession(ledger, AccountKeyFile.read(home.accountKey()));
      StorageNodeCap cap = cap(account);
      String registered = ledger.node(cap.node()).orElseThrow().info().networkAddress();
      node = start(account, cap, portOf(registered));
      if (!node.ledgerAddress().equals(registered)) {
        account.execute(Calls.setNetworkAddress(Calls.object(cap.id()), node.ledgerAddress()));
      }
    } catch (MalformedDataException | LedgerException e) {
      close();
      throw new IOException(home.name() + ": " + e.getMessage(), e);
    } catch (IOException | RuntimeException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private StorageNodeCap cap(AccountSession account) throws IOException {
    return ledger.owned(account.address()).stream()
        .filter(owned -> owned.object() instanceof StorageNodeCap)
        .map(owned -> (StorageNodeCap) owned.object())
        .findFirst()
        .orElseThrow(
            () ->
                new IOException(
                    "%s: got no node that account %s may speak for, expected one"
                        .formatted(home.name(), account.address())));
  }

  private StorageNode start(AccountSession account, StorageNodeCap cap, int port)
      throws IOException {
    ObjectId id = cap.node();
    Files.createDirectories(home.data());
    return StorageNode.start(
        NodeConfig.local(
                home.data(), id, cap.id(), account, new NodeSigner(engine, secret), engine, port)
            .withDurability(durability),
        ledger);
  }

  /** Returns the port of an address, or 0 for any if somebody else listens there. */
  private static int portOf(String registered) throws IOException {
    int port = URI.create(registered).getPort();
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (BindException _) {
      return 0;
    }
  }

  @Override
  public void stop() throws IOException {
    close();
  }

  @Override
  public void kill() throws IOException {
    close();
  }

  @Override
  public boolean awaitWhole(Duration most) throws IOException, InterruptedException {
    if (node == null) {
      return true;
    }
    node.scrub();
    return node.awaitWhole(most);
  }

  @Override
  public boolean isRunning() {
    return node != null;
  }

  @Override
  public void close() throws IOException {
    StorageNode running = node;
    node = null;
    try {
      if (running != null) {
        running.close();
      }
    } finally {
      if (secret != null) {
        secret.close();
        secret = null;
      }
    }
  }
}
