package io.redstuff.cli.option;

import io.redstuff.cli.io.CommandException;
import io.redstuff.store.NamedIoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The length of a blob, for the commands that need not know more of it. */
public final class BlobLengthOptions {

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "File whose length is the blob's.")
  private Path file;

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      description =
          "Length of the blob: 1_000_000, 64M or 64MiB (powers of 1024), 64MB (powers of 1000).")
  private ByteSize size;

  /** Returns the length in bytes; empty if none was named. */
  public OptionalLong length() throws CommandException, NamedIoException {
    if (file != null && size != null) {
      throw CommandException.usage("FILE and --size exclude each other");
    }
    if (file != null) {
      return OptionalLong.of(ofFile(file));
    }
    return size == null ? OptionalLong.empty() : OptionalLong.of(size.bytes());
  }

  /** Returns the length of a file, in bytes. */
  public static long ofFile(Path file) throws CommandException, NamedIoException {
    try {
      // Asked before the kind of file, so that a missing one is called missing.
      long length = Files.size(file);
      if (!Files.isRegularFile(file)) {
        throw CommandException.usage(file + ": not a regular file");
      }
      return length;
    } catch (IOException e) {
      throw new NamedIoException(file.toString(), e);
    }
  }
}
