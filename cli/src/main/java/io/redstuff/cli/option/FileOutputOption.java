package io.redstuff.cli.option;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.OutputTarget;
import io.redstuff.cli.io.Session;
import io.redstuff.store.NamedIoException;
import picocli.CommandLine.Option;

/** The file that a result goes to, for the commands that write one. */
public final class FileOutputOption {
  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "File to write; '-' is standard output. A file of that name is replaced.")
  private String operand;

  /**
   * Returns where to write.
   *
   * @throws CommandException if nothing can be written there, as far as is seen without trying
   */
  public OutputTarget target(Session session) throws CommandException, NamedIoException {
    return OutputTarget.of(session, operand);
  }
}
