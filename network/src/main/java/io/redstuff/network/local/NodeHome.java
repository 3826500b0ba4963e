package io.redstuff.network.local;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a node keeps what it has.
 *
 * @param directory the directory, with the node's name
 * @since 0.1.0
 */
public record NodeHome(Path directory) {
  /**
   * Names a directory, which need not be there.
   *
   * @throws NullPointerException if it is null
   */
  public NodeHome {
    Objects.requireNonNull(directory, "directory");
  }

  /** {@return the name of the node} */
  public String name() {
    return directory.getFileName().toString();
  }

  /** {@return the key with which it signs messages} */
  public Path protocolKey() {
    return directory.resolve("protocol.key");
  }

  /** {@return the key of its account} */
  public Path accountKey() {
    return directory.resolve("account.key");
  }

  /** {@return the directory of what it stores; when that is gone, the node has lost all} */
  public Path data() {
    return directory.resolve("data");
  }
}
