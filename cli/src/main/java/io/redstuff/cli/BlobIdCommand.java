package io.redstuff.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code redstuff blob-id}: prints the ids of files. */
@Command(
    name = BlobIdCommand.NAME,
    header = "Print the blob ids of files.",
    description = {
      "",
      "Prints one line per file, '<id>  <file>', as sha256sum does: the id that the official"
          + " encoder gives, computed without writing any sliver. A file that cannot be read is"
          + " reported and the others go on. In a file name, backslash and line ends are shown"
          + " escaped, and the line then starts with a backslash.",
      "",
      "Example:",
      "  redstuff blob-id -n 10 photo.jpg",
      "  tar c docs | redstuff blob-id -",
      ""
    })
final class BlobIdCommand implements Callable<Integer> {

  /** What the command is called. */
  static final String NAME = "blob-id";

  private final Session session;

  @Mixin private ShardsOption shards;

  @Mixin private ThreadsOption threads;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Files to read; '-' is standard input.")
  private List<String> operands;

  BlobIdCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException {
    return new BlobIdPrinter(session, threads.applyTo(shards.codec())).print(operands);
  }
}
