package io.redstuff.cli.seal;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.seal.Identity;
import io.redstuff.seal.Seal;
import io.redstuff.seal.UserKey;
import io.redstuff.seal.json.MasterKeyFile;
import io.redstuff.store.NamedIoException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code redstuff seal extract}: user keys, as key servers make them. */
@Command(
    name = "extract",
    header = "Make user keys of an identity from master keys, as key servers do.",
    description = {
      "",
      "For who has the servers' secrets: nobody is asked for leave here. The keys go to a file that"
          + " nobody but its owner may read.",
      ""
    })
final class ExtractCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private NewKeysOptions options;

  @Parameters(
      arity = "1..*",
      paramLabel = "KEY",
      description = "Master keys that 'redstuff seal genkey' made.")
  private List<Path> files;

  ExtractCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, NamedIoException {
    Seal seal = Seal.create();
    Identity identity = options.policy(seal).identity();
    List<UserKey> keys = new ArrayList<>();
    for (Path file : files) {
      try (MasterKeyFile master = SealFiles.masterKey(file)) {
        keys.add(seal.userKey(master.master(), master.server(), identity));
      }
    }
    options.write(session, identity, keys);
    return ExitCode.OK;
  }
}
