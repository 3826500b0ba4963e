package io.redstuff.cli;

import io.redstuff.BlobId;
import io.redstuff.RedStuff;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code redstuff blob-id}: prints the ids of files. */
@Command(
    name = "blob-id",
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

  private final Session session;

  @Mixin private ShardsOption shards;

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
    RedStuff codec = shards.codec();
    BlobSource source = new BlobSource(session, codec.parameters());
    int exitCode = ExitCode.OK;
    for (String operand : operands) {
      try {
        session.out().println(line(blobId(codec, source, operand), operand));
      } catch (CommandException e) {
        session.complain(e.getMessage(), e);
        exitCode = e.exitCode();
      }
    }
    return exitCode;
  }

  private BlobId blobId(RedStuff codec, BlobSource source, String operand) throws CommandException {
    // Shared, so that a codec may give parts of the work to other threads.
    try (Arena arena = Arena.ofShared();
        Progress _ = session.startProgress(operand, -1, "")) {
      return codec.blobId(source.open(operand, arena));
    }
  }

  private static String line(BlobId id, String file) {
    String escaped = file.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return (escaped.equals(file) ? "" : "\\") + id + "  " + escaped;
  }
}
