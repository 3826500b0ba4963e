package io.redstuff.network.local;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a network keeps what it has: {@code network.json} says where its parts are found while it
 * runs; {@code ledger/} is the ledger; {@code accounts/} has the keys of two accounts, {@code
 * nodes/} a directory for each node. Keys are readable by their owner alone.
 *
 * @param directory the directory
 * @since 0.1.0
 */
public record NetworkHome(Path directory) {
  private static final String KEY = ".key";

  /**
   * Names a directory, which need not be there.
   *
   * @throws NullPointerException if it is null
   */
  public NetworkHome {
    Objects.requireNonNull(directory, "directory");
  }

  /** {@return the file that says where the parts of the running network are found} */
  public Path description() {
    return directory.resolve("network.json");
  }

  /** {@return the file of the ledger} */
  public Path ledger() {
    return directory.resolve("ledger").resolve("ledger.db");
  }

  /** {@return the key of the account that has most of what there is, and staked with the nodes} */
  public Path treasuryKey() {
    return accounts().resolve("treasury" + KEY);
  }

  /** {@return the key of the account that commands store with} */
  public Path clientKey() {
    return accounts().resolve("client" + KEY);
  }

  /** {@return the secret that whoever may stop and start nodes shows} */
  Path controlKey() {
    return directory.resolve("control" + KEY);
  }

  private Path accounts() {
    return directory.resolve("accounts");
  }

  /** {@return where nodes have their directories} */
  Path nodes() {
    return directory.resolve("nodes");
  }

  /**
   * Returns what a node has.
   *
   * @param name its name
   * @return where it has it
   */
  public NodeHome node(String name) {
    return new NodeHome(nodes().resolve(name));
  }
}
