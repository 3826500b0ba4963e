package io.redstuff.cli.option;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.PackedFiles;
import io.redstuff.cli.show.TagsFile;
import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The files of a quilt and their tags, for the commands that pack. */
public final class PackOptions {
  @Option(
      names = "--tag",
      paramLabel = "FILE:KEY=VALUE",
      description = "Say something about a file; may be given often.")
  private List<String> tags = new ArrayList<>();

  @Option(
      names = "--tags",
      paramLabel = "FILE.json",
      description = "Tags of many files: a JSON object of identifiers, for each an object of tags.")
  private Path tagsFile;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "Files, and directories with all that is below them. A file is called by its path below"
              + " the directory, or as it is given; by its name alone if that is absolute or goes"
              + " up.")
  private List<Path> operands;

  /** Returns the files with their tags. */
  public PackedFiles files() throws CommandException, NamedIoException {
    PackedFiles files = new PackedFiles(operands);
    if (tagsFile != null) {
      try {
        files.tag(TagsFile.parse(Files.readAllBytes(tagsFile)));
      } catch (IOException e) {
        throw new NamedIoException(tagsFile.toString(), e);
      } catch (IllegalArgumentException e) {
        throw CommandException.usage(tagsFile + ": " + e.getMessage(), e);
      }
    }
    for (String tag : tags) {
      files.tag(tag);
    }
    return files;
  }
}
