package io.redstuff.cli.seal;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.Session;
import io.redstuff.seal.Identity;
import io.redstuff.seal.Seal;
import io.redstuff.seal.SealPolicy;
import io.redstuff.seal.UserKey;
import io.redstuff.seal.json.UserKeyFile;
import io.redstuff.store.NamedIoException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Whose user keys to come by, and the file that they go to. */
final class NewKeysOptions {
  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE",
      description = "The policy, which says whose keys.")
  private Path policyFile;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "File to make; there must be none yet.")
  private Path output;

  SealPolicy policy(Seal seal) throws CommandException, NamedIoException {
    return SealFiles.policy(policyFile, seal);
  }

  void write(Session session, Identity identity, List<UserKey> keys)
      throws CommandException, NamedIoException {
    SealFiles.write(output, () -> UserKeyFile.write(output, identity, keys));
    session.out().println("%s keys of %s".formatted(keys.size(), identity));
  }
}
