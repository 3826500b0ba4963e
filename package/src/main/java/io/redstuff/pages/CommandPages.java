package io.redstuff.pages;

import io.redstuff.cli.Commands;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Progress;
import io.redstuff.store.CreatedFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Writes what a package has beside the command: pages for {@code man}, in AsciiDoc, one for each
 * command, and what a shell completes words by. Both come from the commands themselves.
 */
public final class CommandPages {
  private CommandPages() {}

  /**
   * Writes all of it.
   *
   * @param args the directory of the pages, and the file for the shell
   * @throws CommandException if the commands cannot be set up
   * @throws IOException if something cannot be written
   */
  public static void main(String[] args) throws CommandException, IOException {
    Session session =
        new Session(
            System.out,
            System.err,
            InputStream.nullInputStream(),
            new CreatedFiles(),
            Progress.NONE);
    CommandLine all = Commands.all(session);
    Path pages = Files.createDirectories(Path.of(args[0]));
    int failure =
        ManPageGenerator.generateManPage(
            pages.toFile(), null, new boolean[0], true, all.getCommandSpec());
    if (failure != 0) {
      throw new IOException("pages in " + pages + ": picocli gave exit code " + failure);
    }
    Path completions = Path.of(args[1]);
    Files.createDirectories(completions.toAbsolutePath().getParent());
    Files.writeString(completions, AutoComplete.bash(Session.NAME, all), StandardCharsets.UTF_8);
  }
}
