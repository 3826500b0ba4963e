package io.redstuff.cli.seal;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.error.RedStuffException;
import io.redstuff.seal.KeyServer;
import io.redstuff.seal.Seal;
import io.redstuff.seal.SealPolicy;
import io.redstuff.seal.UserKey;
import io.redstuff.seal.server.KeyServerClient;
import io.redstuff.seal.server.SigningKey;
import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff seal fetch}: user keys, asked of key servers. */
@Command(
    name = "fetch",
    header = "Ask key servers for user keys of an identity.",
    description = {
      "",
      "Servers are asked one after the other until there are keys for as many shares as the policy"
          + " wants; those that refuse, or do not answer, are passed over. The keys go to a file"
          + " that nobody but its owner may read.",
      ""
    })
final class FetchCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private NewKeysOptions options;

  @Option(
      names = "--account",
      required = true,
      paramLabel = "FILE",
      description = "Key of who asks; 'redstuff seal account' makes one.")
  private Path accountFile;

  @Option(
      names = "--module",
      defaultValue = "policy",
      paramLabel = "NAME",
      description = "Module of the package that decides (default: ${DEFAULT-VALUE}).")
  private String module;

  @Option(
      names = "--function",
      defaultValue = "seal_approve",
      paramLabel = "NAME",
      description =
          "Its function, called with the id and nothing else (default: ${DEFAULT-VALUE}).")
  private String function;

  @Parameters(
      arity = "1..*",
      paramLabel = "SERVER",
      description = "Files that 'redstuff seal genkey --url' printed.")
  private List<Path> files;

  FetchCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    Seal seal = Seal.create();
    SealPolicy policy = options.policy(seal);
    Map<KeyServer, URI> servers = new LinkedHashMap<>();
    for (Path file : files) {
      servers.put(SealFiles.server(file, seal), SealFiles.url(file));
    }
    List<UserKey> keys = new ArrayList<>();
    try (SigningKey account = SealFiles.account(accountFile);
        KeyServerClient client =
            KeyServerClient.open(account, policy.identity(), module, function, Clock.systemUTC())) {
      long shares = 0;
      for (KeyServer server : servers.keySet()) {
        long more = policy.servers().stream().filter(server::equals).count();
        if (shares < policy.threshold() && more > 0) {
          shares += fetch(client, server, servers.get(server), keys) ? more : 0;
        }
      }
      if (shares < policy.threshold()) {
        throw CommandException.badData(
            "keys for too few of the %s shares: got %s, expected at least %s"
                .formatted(policy.servers().size(), shares, policy.threshold()),
            null);
      }
    }
    options.write(session, policy.identity(), keys);
    return ExitCode.OK;
  }

  private boolean fetch(KeyServerClient client, KeyServer server, URI url, List<UserKey> keys)
      throws InterruptedException {
    try {
      keys.add(client.fetch(server, url));
      return true;
    } catch (IOException e) {
      session.complain(url + ": " + NamedIoException.reasonOf(e));
    } catch (RedStuffException e) {
      session.complain(url + ": " + e.getMessage());
    }
    return false;
  }
}
