package io.redstuff.client;

import io.redstuff.client.node.RequestLimits;
import io.redstuff.stream.Workspace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * How much a client does at once, and how long it is patient.
 *
 * @param workspace memory for each transfer, and where what does not fit into it goes
 * @param limits how long single requests may take
 * @param retries how often what failed in passing is tried again
 * @param requests how many requests each transfer has under way; four times as many with those that
 *     are late
 * @param requestsPerNode how many requests of all transfers one node has to answer at a time
 * @param hedge after how long without an answer another node is asked instead; for slivers, longer
 *     by the time that they may take
 * @since 0.1.0
 */
public record TransferSettings(
    Workspace workspace,
    RequestLimits limits,
    RetryPolicy retries,
    int requests,
    int requestsPerNode,
    Duration hedge) {
  private static final long MEMORY = 256L << 20;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is not positive
   */
  public TransferSettings {
    Objects.requireNonNull(workspace, "workspace");
    Objects.requireNonNull(limits, "limits");
    Objects.requireNonNull(retries, "retries");
    if (requests < 1 || requestsPerNode < 1) {
      throw new IllegalArgumentException(
          "requests: got %s, and %s at a node, expected 1 or more"
              .formatted(requests, requestsPerNode));
    }
    if (!hedge.isPositive()) {
      throw new IllegalArgumentException("hedge: got %s, expected more than 0".formatted(hedge));
    }
  }

  /**
   * Returns what does for most: 256 MiB and temporary files where Java has them, requests of 30
   * seconds and more for long bodies, five attempts, 64 requests at a time and 8 at a node, and
   * others asked after a second.
   *
   * @return the settings
   */
  public static TransferSettings defaults() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    return new TransferSettings(
        Workspace.ofMemory(MEMORY).spillingTo(temporary),
        RequestLimits.DEFAULT,
        new RetryPolicy(5, Duration.ofMillis(200), Duration.ofSeconds(5)),
        64,
        8,
        Duration.ofSeconds(1));
  }

  /**
   * {@return the same with other memory}
   *
   * @param other memory for each transfer, and where what does not fit into it goes
   */
  public TransferSettings with(Workspace other) {
    return new TransferSettings(other, limits, retries, requests, requestsPerNode, hedge);
  }

  /**
   * {@return the same with other limits}
   *
   * @param other how long single requests may take
   */
  public TransferSettings with(RequestLimits other) {
    return new TransferSettings(workspace, other, retries, requests, requestsPerNode, hedge);
  }

  /**
   * {@return the same with other retries}
   *
   * @param other how often what failed in passing is tried again
   */
  public TransferSettings with(RetryPolicy other) {
    return new TransferSettings(workspace, limits, other, requests, requestsPerNode, hedge);
  }

  /** Returns how long to be patient with a body that goes no faster than it must. */
  Duration hedge(long bytes) {
    return hedge.plusMillis(bytes * 1000 / limits.bytesPerSecond());
  }

  /**
   * {@return the same with another time after which others are asked}
   *
   * @param other more than 0
   */
  public TransferSettings withHedge(Duration other) {
    return new TransferSettings(workspace, limits, retries, requests, requestsPerNode, other);
  }
}
