package io.redstuff.cli.command;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.MemoryOption;
import io.redstuff.cli.option.ShardsOption;
import io.redstuff.cli.option.ThreadsOption;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
      "Of several files, each processor works on one at a time; a file over 1 MiB has them all."
          + " Any number of files takes the same memory. With --memory, they come one after the"
          + " other.",
      "",
      "Example:",
      "  redstuff blob-id -n 10 photo.jpg",
      "  tar c docs | redstuff blob-id -",
      "  find docs -type f -print0 | redstuff blob-id --files0-from -",
      ""
    })
public final class BlobIdCommand implements Callable<Integer> {

  /** What the command is called. */
  public static final String NAME = "blob-id";

  private final Session session;

  @Mixin private ShardsOption shards;

  @Mixin private ThreadsOption threads;

  @Mixin private MemoryOption memory;

  @Option(
      names = "--files0-from",
      paramLabel = "LIST",
      description =
          "Read the names of the files from the file LIST, each ending with a zero byte; '-' is"
              + " standard input.")
  private String list;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Files to read; '-' is standard input.")
  private List<String> operands = List.of();

  @Spec private CommandSpec spec;

  /** Runs in {@code session}. */
  public BlobIdCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    if (list == null && operands.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Missing required parameter: 'FILE'");
    }
    if (list != null && !operands.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "files cannot be named together with --files0-from");
    }
    BlobIdPrinter printer = new BlobIdPrinter(session, threads.applyTo(shards.codec()), memory);
    return list == null ? printer.print(operands) : printer.printListed(list);
  }
}
