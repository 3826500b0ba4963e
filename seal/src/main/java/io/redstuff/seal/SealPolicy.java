package io.redstuff.seal;

import java.util.List;
import java.util.Objects;

/**
 * Who can open what is sealed: the holders of an identity's keys of so many of these servers.
 * Immutable.
 *
 * @param identity to whom to seal
 * @param servers one share for each; a server that comes twice has two
 * @param threshold how many shares are enough, from 1 to the number of servers
 * @since 0.1.0
 */
public record SealPolicy(Identity identity, List<KeyServer> servers, int threshold) {
  /** The most servers that the official client allows. */
  public static final int MAX_SERVERS = 254;

  /**
   * Makes one.
   *
   * @throws IllegalArgumentException if there are no servers or too many, or the threshold is not
   *     from 1 to their number
   */
  public SealPolicy {
    Objects.requireNonNull(identity, "identity");
    servers = List.copyOf(servers);
    if (servers.isEmpty() || servers.size() > MAX_SERVERS) {
      throw new IllegalArgumentException(
          "key servers: got %s, expected 1 to %s".formatted(servers.size(), MAX_SERVERS));
    }
    if (threshold < 1 || threshold > servers.size()) {
      throw new IllegalArgumentException(
          "threshold: got %s, expected 1 to the %s key servers"
              .formatted(threshold, servers.size()));
    }
  }
}
