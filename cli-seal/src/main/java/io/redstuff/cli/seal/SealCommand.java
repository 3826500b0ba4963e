package io.redstuff.cli.seal;

import io.redstuff.cli.command.CommandGroup;
import io.redstuff.cli.command.SealCommands;
import io.redstuff.cli.io.Session;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code redstuff seal}: what must not be public. */
@Command(
    name = SealCommands.NAME,
    header = "Seal files, so that only who key servers let can open them.",
    description = {
      "",
      "Everything on Walrus is public. What must not be is sealed first, with a key that is split"
          + " among key servers: any T of them together give it to whom their policy allows."
          + " 'redstuff encode --seal', 'decode --key-file' and 'cat --key-file' do it on the way.",
      "",
      "Example:",
      "  redstuff seal genkey server-1.key >server-1.json",
      "  redstuff seal policy --package 0x2a... --id 01ff --threshold 2 server-*.json -o"
          + " policy.json",
      "  redstuff seal encrypt --policy policy.json photo.jpg -o photo.sealed",
      "  redstuff seal extract --policy policy.json server-*.key -o my.keys",
      "  redstuff seal decrypt --key-file my.keys photo.sealed -o photo.jpg",
      "",
      "Or, with servers that are asked:",
      "  redstuff seal account me.key",
      "  redstuff seal genkey --url http://127.0.0.1:8701 server-1.key >server-1.json",
      "  redstuff seal serve --port 8701 --allow 0x... server-1.key",
      "  redstuff seal fetch --policy policy.json --account me.key server-*.json -o my.keys",
      ""
    })
final class SealCommand extends CommandGroup {
  private SealCommand() {}

  static CommandLine in(Session session) {
    return new CommandLine(new SealCommand())
        .addSubcommand(new GenerateKeyCommand(session))
        .addSubcommand(new PolicyCommand(session))
        .addSubcommand(new ExtractCommand(session))
        .addSubcommand(new ServeCommand(session))
        .addSubcommand(new AccountCommand(session))
        .addSubcommand(new FetchCommand(session))
        .addSubcommand(new EncryptCommand(session))
        .addSubcommand(new DecryptCommand(session))
        .addSubcommand(new InspectCommand(session));
  }
}
