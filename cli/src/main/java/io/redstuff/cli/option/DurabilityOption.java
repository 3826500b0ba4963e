package io.redstuff.cli.option;

import io.redstuff.store.Durability;
import picocli.CommandLine.Option;

/** What commands that write slivers wait for. */
public final class DurabilityOption {
  @Option(
      names = "--no-sync",
      description =
          "Do not wait until the files are on the device. Faster, but after a power cut there may"
              + " be names without their contents.")
  private boolean noSync;

  /** Returns what to wait for. */
  public Durability durability() {
    return noSync ? Durability.BUFFERED : Durability.FORCED;
  }
}
