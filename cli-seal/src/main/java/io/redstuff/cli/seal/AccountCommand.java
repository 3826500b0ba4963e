package io.redstuff.cli.seal;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.seal.server.SigningKey;
import io.redstuff.store.NamedIoException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code redstuff seal account}: makes the key of who asks key servers. */
@Command(
    name = "account",
    header = "Make the key of an account, with which key servers are asked; prints its address.",
    description = {
      "",
      "The secret, of Ed25519, goes to a file that nobody but its owner may read.",
      ""
    })
final class AccountCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(paramLabel = "FILE", description = "File to make; there must be none yet.")
  private Path file;

  AccountCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, NamedIoException {
    try (SigningKey key = SigningKey.generate(new SecureRandom())) {
      SealFiles.write(file, () -> key.write(file));
      session.out().println(key.address());
    }
    return ExitCode.OK;
  }
}
