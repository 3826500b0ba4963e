package io.redstuff.cli.network;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What a command does with a network that runs. */
abstract class NetworkTask implements Callable<Integer> {
  private final Session session;

  @Mixin private NetworkOption network;

  NetworkTask(Session session) {
    this.session = session;
  }

  /** Does it; returns the exit code. */
  abstract int run() throws CommandException, IOException, InterruptedException;

  @Override
  public final Integer call() throws CommandException, IOException {
    try {
      return run();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.usage("interrupted", e);
    }
  }

  final Session session() {
    return session;
  }

  final NetworkOption network() {
    return network;
  }
}
