package io.redstuff.cli.network;

import io.redstuff.network.local.ControlClient;
import io.redstuff.network.local.NetworkHome;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which network. */
final class NetworkOption {
  private static final String DEFAULT = "redstuff-network";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = "Directory of the network (default: ${DEFAULT-VALUE}).")
  private Path directory;

  /** Returns where the network keeps what it has. */
  NetworkHome home() {
    return new NetworkHome(directory);
  }

  /** Returns what stops and starts its nodes. */
  ControlClient control() throws IOException {
    return ControlClient.of(home());
  }
}
