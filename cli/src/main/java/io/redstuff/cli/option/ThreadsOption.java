package io.redstuff.cli.option;

import io.redstuff.cli.io.CommandException;
import io.redstuff.codec.RedStuff;
import picocli.CommandLine.Option;

/** The number of threads, for the commands that have much to compute. */
public final class ThreadsOption {

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with, 1 or more (default: one for each processor).")
  private Integer threads;

  /** Returns {@code codec}, for as many threads as are wanted. */
  public RedStuff applyTo(RedStuff codec) throws CommandException {
    if (threads == null) {
      return codec;
    }
    if (threads < 1) {
      throw CommandException.usage("--threads: got " + threads + ", expected 1 or more");
    }
    return codec.withParallelism(threads);
  }
}
