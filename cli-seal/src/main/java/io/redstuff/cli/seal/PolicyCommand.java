package io.redstuff.cli.seal;

import io.redstuff.ObjectId;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.FileOutputOption;
import io.redstuff.seal.Identity;
import io.redstuff.seal.KeyServer;
import io.redstuff.seal.Seal;
import io.redstuff.seal.SealPolicy;
import io.redstuff.seal.json.SealPolicyJson;
import io.redstuff.store.NamedIoException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff seal policy}: who can open what is sealed. */
@Command(
    name = "policy",
    header = "Write down to whom, and with which key servers, to seal.",
    description = {
      "",
      "The servers' keys are put into the policy, their proofs are checked. One that is named twice"
          + " has two shares.",
      ""
    })
final class PolicyCommand implements Callable<Integer> {
  private final Session session;

  @Option(
      names = "--package",
      required = true,
      paramLabel = "0x...",
      description = "The package on the chain whose policy the servers follow.")
  private ObjectId packageId;

  @Option(
      names = "--id",
      required = true,
      paramLabel = "HEX",
      description = "The id within the package, in hexadecimal digits; may be ''.")
  private String id;

  @Option(
      names = "--threshold",
      required = true,
      paramLabel = "T",
      description = "How many shares are enough to open.")
  private int threshold;

  @Mixin private FileOutputOption output;

  @Parameters(
      arity = "1..*",
      paramLabel = "SERVER",
      description = "Files that 'redstuff seal genkey' printed, one for each share.")
  private List<Path> files;

  PolicyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, NamedIoException {
    Seal seal = Seal.create();
    List<KeyServer> servers = new ArrayList<>();
    for (Path file : files) {
      servers.add(SealFiles.server(file, seal));
    }
    SealPolicy policy;
    try {
      policy =
          new SealPolicy(Identity.of(packageId, HexFormat.of().parseHex(id)), servers, threshold);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
    output.target(session).write(MemorySegment.ofArray(SealPolicyJson.write(policy)));
    return ExitCode.OK;
  }
}
