package io.redstuff.cli.command;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that does nothing by itself and wants one of its own commands. */
public abstract class CommandGroup implements Runnable {
  @Spec private CommandSpec spec;

  /** Makes one. */
  protected CommandGroup() {}

  /** Runs when it was not said what to do, which is a mistake. */
  @Override
  public final void run() {
    CommandLine commandLine = spec.commandLine();
    throw new ParameterException(
        commandLine,
        "a command is needed: " + String.join(", ", commandLine.getSubcommands().keySet()));
  }
}
