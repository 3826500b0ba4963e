package io.redstuff.cli.seal;

import io.redstuff.SuiAddress;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.seal.json.MasterKeyFile;
import io.redstuff.seal.server.AccessPolicy;
import io.redstuff.seal.server.HttpKeyServer;
import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff seal serve}: a key server for trials. */
@Command(
    name = "serve",
    header = "Answer as a key server on this machine, for trials.",
    description = {
      "",
      "Gives user keys as Seal's own servers do, to who shows in a session that they are the user"
          + " they say. Whom to give them is said here and asked of no chain. Prints where it"
          + " answers, on this machine alone, and ends when it is stopped.",
      ""
    })
final class ServeCommand implements Callable<Integer> {
  private static final int MAX_PORT = 65_535;

  private final Session session;

  @Option(
      names = "--port",
      defaultValue = "0",
      paramLabel = "N",
      description = "Where to listen (default: any that is free).")
  private int port;

  @ArgGroup(multiplicity = "1")
  private Access access;

  @Parameters(paramLabel = "KEY", description = "Master key that 'redstuff seal genkey' made.")
  private Path file;

  ServeCommand(Session session) {
    this.session = session;
  }

  /** Who gets which keys: one of these. */
  static final class Access {
    @Option(
        names = "--allow",
        paramLabel = "ADDRESS",
        description = "Give every key to this account. May be given several times.")
    private List<SuiAddress> users;

    @Option(
        names = "--time-lock",
        description =
            "Give a key to everybody from the moment on that its id begins with: milliseconds since"
                + " 1970 in 8 bytes, little-endian.")
    private boolean timeLock;

    private AccessPolicy policy() {
      return timeLock
          ? AccessPolicy.timeLock(Clock.systemUTC())
          : AccessPolicy.allowList(Set.copyOf(users));
    }
  }

  @Override
  public Integer call() throws CommandException, NamedIoException {
    if (port < 0 || port > MAX_PORT) {
      throw CommandException.usage("--port: got %s, expected 0 to %s".formatted(port, MAX_PORT));
    }
    try (MasterKeyFile key = SealFiles.masterKey(file);
        HttpKeyServer server = start(key)) {
      session.out().println(server.address());
      session.out().flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.OK;
  }

  private HttpKeyServer start(MasterKeyFile key) throws NamedIoException {
    try {
      return HttpKeyServer.start(
          key.server(), key.master(), access.policy(), Clock.systemUTC(), port);
    } catch (IOException e) {
      throw new NamedIoException("port " + port, e);
    }
  }
}
