package io.redstuff.cli.network;

import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.cli.io.CommandException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.Ledger;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.ledger.remote.RemoteLedger;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.local.NetworkDescription;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.registry.LedgerRegistry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** The ledger of a network that runs, and accounts whose keys lie in its directory. */
final class LedgerAccess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final NetworkHome home;
  private final NetworkDescription description;
  private final Ledger ledger;

  private LedgerAccess(NetworkHome home, NetworkDescription description, Ledger ledger) {
    this.home = home;
    this.description = description;
    this.ledger = ledger;
  }

  /** Finds the ledger of a network. */
  static LedgerAccess open(NetworkHome home) throws IOException, CommandException {
    try {
      NetworkDescription description = NetworkDescription.read(home.description());
      return new LedgerAccess(
          home, description, RemoteLedger.connect(description.ledger(), PATIENCE));
    } catch (NoSuchFileException e) {
      throw CommandException.usage(
          home.directory() + ": no network runs there; 'redstuff network up' starts one", e);
    } catch (MalformedDataException e) {
      throw CommandException.badData(home.description() + ": " + e.getMessage(), e);
    }
  }

  NetworkDescription description() {
    return description;
  }

  Ledger ledger() {
    return ledger;
  }

  /** Returns what acts for the account that commands store with. */
  LedgerRegistry client() throws IOException, CommandException {
    return account(home.clientKey());
  }

  /** Returns what acts for the account of a node. */
  LedgerRegistry node(String name) throws IOException, CommandException {
    return account(home.node(name).accountKey());
  }

  private LedgerRegistry account(Path key) throws IOException, CommandException {
    try {
      return new LedgerRegistry(
          ledger, new AccountSession(ledger, AccountKeyFile.read(key)), BlsEngine.preferred());
    } catch (MalformedDataException e) {
      throw CommandException.badData(key + ": " + e.getMessage(), e);
    }
  }

  /** Returns the node with a name. */
  StorageNode named(String name) throws CommandException {
    return ledger.nodes().stream()
        .filter(node -> node.info().name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                CommandException.usage(
                    "node: got '"
                        + name
                        + "', expected one of "
                        + String.join(
                            ", ",
                            description.nodes().stream()
                                .map(NetworkDescription.Node::name)
                                .toList())));
  }

  @Override
  public void close() {
    ledger.close();
  }
}
