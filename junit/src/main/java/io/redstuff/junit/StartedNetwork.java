package io.redstuff.junit;

import io.redstuff.front.FrontDoor;
import io.redstuff.front.FrontDoorConfig;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.local.NetworkPlan;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A network with its door and its directory. It is of the one context with which it is closed. */
final class StartedNetwork implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StartedNetwork.class.getName());

  private final ExtensionContext context;
  private final boolean isKept;
  private final ScratchDirectory directory;
  private final LocalNetwork network;
  private final FrontDoor door;
  private final RunningNetwork running;
  private volatile boolean hasFailed;

  private StartedNetwork(
      ExtensionContext context,
      boolean isKept,
      ScratchDirectory directory,
      LocalNetwork network,
      FrontDoor door) {
    this.context = context;
    this.isKept = isKept;
    this.directory = directory;
    this.network = network;
    this.door = door;
    this.running = new RunningNetwork(network, door);
  }

  /**
   * Starts a network.
   *
   * @throws ExtensionConfigurationException if it does not start; nothing is left of it then
   */
  static StartedNetwork start(ExtensionContext context, WalrusNetwork wanted) {
    boolean isKept =
        wanted.keepOnFailure()
            || context
                .getConfigurationParameter(WalrusNetwork.KEEP)
                .map(Boolean::parseBoolean)
                .orElse(false);
    try {
      NetworkPlan plan = NetworkPlan.DEFAULT.ofSize(wanted.nodes(), wanted.shards());
      return start(context, isKept, plan);
    } catch (IOException | RuntimeException e) {
      throw notStarted(wanted, "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage()), e);
    } catch (LinkageError e) {
      throw notStarted(
          wanted,
          "%s; Java %s lacks something: JDK 25 or newer has all that is needed, a smaller run-time"
                  .formatted(e, Runtime.version())
              + " image must have java.sql, java.net.http, java.logging and jdk.unsupported, and"
              + " SQLite's native code must be allowed to load",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notStarted(wanted, "interrupted", e);
    }
  }

  private static ExtensionConfigurationException notStarted(
      WalrusNetwork wanted, String why, Throwable cause) {
    return new ExtensionConfigurationException(
        "@WalrusNetwork(nodes = %s, shards = %s) did not start: %s"
            .formatted(wanted.nodes(), wanted.shards(), why),
        cause);
  }

  private static StartedNetwork start(ExtensionContext context, boolean isKept, NetworkPlan plan)
      throws IOException, InterruptedException {
    ScratchDirectory directory =
        ScratchDirectory.create(
            context.getConfigurationParameter(WalrusNetwork.DIRECTORY).map(Path::of));
    LocalNetwork network = null;
    StartedNetwork started = null;
    try {
      network =
          LocalNetwork.open(
              new NetworkHome(directory.path().resolve("network")),
              plan,
              LocalNetwork.Mode.ONE_JVM,
              Durability.BUFFERED);
      FrontDoor door = FrontDoor.start(network, FrontDoorConfig.DEFAULT.withPort(0));
      started = new StartedNetwork(context, isKept, directory, network, door);
      return started;
    } finally {
      if (started == null) {
        if (network != null) {
          network.close();
        }
        directory.delete();
      }
    }
  }

  RunningNetwork running() {
    return running;
  }

  /** Remembers that something has failed that used it. */
  void failed() {
    hasFailed = true;
  }

  @Override
  public void close() throws IOException {
    try {
      door.close();
      network.close();
    } finally {
      if (isKept && (hasFailed || context.getExecutionException().isPresent())) {
        LOG.log(
            Level.INFO,
            "{0}: failed; its network is kept in {1}",
            context.getDisplayName(),
            directory.path());
      } else {
        directory.delete();
      }
    }
  }
}
