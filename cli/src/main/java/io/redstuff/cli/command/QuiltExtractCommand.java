package io.redstuff.cli.command;

import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.ExtractedFiles;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.WorkProgress;
import io.redstuff.cli.option.StoredQuiltOptions;
import io.redstuff.error.RedStuffException;
import io.redstuff.quilt.QuiltPatch;
import io.redstuff.quilt.QuiltReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code redstuff quilt extract}: all files of a quilt. */
@Command(
    name = "extract",
    header = "Get all files of a quilt back.",
    description = {
      "",
      "Decodes the quilt and encodes it again to prove it, then writes every file below OUT, which"
          + " must be empty, and nowhere else: identifiers that are no relative paths are refused,"
          + " and so are two that some system takes for the same. Nothing remains of what cannot be"
          + " finished.",
      "",
      "Example:",
      "  redstuff quilt extract out -o photos",
      ""
    })
final class QuiltExtractCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private StoredQuiltOptions options;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "Directory for the files; made if need be.")
  private Path output;

  QuiltExtractCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException, RedStuffException {
    options.read(session, BlobInput.temporaryDirectory(), false, this::extract);
    return ExitCode.OK;
  }

  private void extract(QuiltReader quilt) throws CommandException, IOException, RedStuffException {
    try (WorkProgress progress = new WorkProgress(session, "decoding")) {
      quilt.readWhole(progress);
    }
    List<QuiltPatch> patches = quilt.index().patches();
    for (QuiltPatch patch : patches) {
      quilt.length(patch); // refuses what is no file before the first one is written
    }
    List<String> identifiers = patches.stream().map(QuiltPatch::identifier).toList();
    try (ExtractedFiles files = new ExtractedFiles(session, output, identifiers)) {
      for (QuiltPatch patch : patches) {
        files.<RedStuffException>write(patch.identifier(), out -> quilt.copy(patch, out));
      }
      files.keep();
    }
  }
}
