package io.redstuff.cli.option;

import io.redstuff.cli.io.CommandException;
import io.redstuff.store.DirectoryStore;
import io.redstuff.store.NamedIoException;
import io.redstuff.store.SliverStore;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The directory for a new encoding, for the commands that make one. */
public final class EncodedOutputOption {
  @Mixin private DurabilityOption durability;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "Directory for the result; made if need be.")
  private Path directory;

  @Option(
      names = "--force",
      description =
          "Write into a directory that is not empty. Metadata and slivers of an earlier encoding"
              + " give way to the new ones when these are whole; other files stay.")
  private boolean force;

  /** Returns the directory. */
  public Path directory() {
    return directory;
  }

  /** Returns whether an earlier encoding gives way. */
  public boolean isForced() {
    return force;
  }

  /** Begins to write an encoding. */
  public SliverStore.Batch begin(DirectoryStore store) throws CommandException, IOException {
    try {
      return store.begin(
          force ? SliverStore.Mode.REPLACE : SliverStore.Mode.CREATE, durability.durability());
    } catch (NamedIoException e) {
      if (e.getCause() instanceof DirectoryNotEmptyException) {
        throw CommandException.usage(
            directory + ": directory is not empty (--force replaces an encoding in it)", e);
      }
      throw e;
    }
  }
}
