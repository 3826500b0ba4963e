package io.redstuff.front;

import java.util.Objects;
import java.util.Set;

/**
 * Where a network is reached, and by whom.
 *
 * @param host the address to listen at
 * @param port the port; 0 for any that is free
 * @param otherPort whether any free port does if that one is taken
 * @param names by which names, beside those of the loopback interface and the host itself, requests
 *     may call the server; what calls it otherwise is refused, so that no page of the web reaches
 *     it under a name of its own
 * @param controlFromAfar whether nodes may be stopped and spoilt through an address that is not of
 *     the loopback interface; whoever reaches the address may do it then
 * @since 0.1.0
 */
public record FrontDoorConfig(
    String host, int port, boolean otherPort, Set<String> names, boolean controlFromAfar) {
  /** The port that is tried first. */
  public static final int PORT = 31415;

  /** The loopback interface, at port {@value #PORT} if it is free. */
  public static final FrontDoorConfig DEFAULT =
      new FrontDoorConfig("127.0.0.1", PORT, true, Set.of(), false);

  private static final int MOST_PORT = 65_535;

  /**
   * Checks the port.
   *
   * @throws IllegalArgumentException if it is none
   */
  public FrontDoorConfig {
    Objects.requireNonNull(host, "host");
    names = Set.copyOf(names);
    if (port < 0 || port > MOST_PORT) {
      throw new IllegalArgumentException("port: got " + port + ", expected 0 to " + MOST_PORT);
    }
  }

  /**
   * {@return the same at another address}
   *
   * @param other the address to listen at
   */
  public FrontDoorConfig withHost(String other) {
    return new FrontDoorConfig(other, port, otherPort, names, controlFromAfar);
  }

  /**
   * {@return the same at this port and no other}
   *
   * @param other the port; 0 for any that is free
   */
  public FrontDoorConfig withPort(int other) {
    return new FrontDoorConfig(host, other, false, names, controlFromAfar);
  }

  /**
   * {@return the same under other names}
   *
   * @param others by which requests may call the server
   */
  public FrontDoorConfig withNames(Set<String> others) {
    return new FrontDoorConfig(host, port, otherPort, others, controlFromAfar);
  }

  /**
   * {@return the same, with or without control through addresses of others}
   *
   * @param isAllowed whether nodes may be stopped through an address that is not of the loopback
   *     interface
   */
  public FrontDoorConfig withControlFromAfar(boolean isAllowed) {
    return new FrontDoorConfig(host, port, otherPort, names, isAllowed);
  }
}
