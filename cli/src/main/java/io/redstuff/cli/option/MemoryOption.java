package io.redstuff.cli.option;

import com.sun.management.OperatingSystemMXBean;
import io.redstuff.EncodingParameters;
import io.redstuff.cli.io.CommandException;
import io.redstuff.codec.RedStuff;
import io.redstuff.stream.StreamDecoder;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.Workspace;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How much memory and what temporary files work on a blob may take. */
public final class MemoryOption {

  /** Where all slivers together are no longer, there is no need to ask how much memory there is. */
  private static final long LITTLE = 256L << 20;

  private static final long ENOUGH_FOR_LITTLE = 1L << 30;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "Native memory to take: 512M, 2G or bytes (default: half of what the machine has). A blob"
              + " that is too long for it is worked on piece by piece, with the same result. The"
              + " JVM itself takes 100 to 300 MiB more.")
  private ByteSize memory;

  @Option(
      names = "--spill",
      paramLabel = "DIR",
      description =
          "Directory for temporary files, which are needed where memory is short and may be as long"
              + " as the blob (default: where the result goes, else the system's).")
  private Path spill;

  @Option(
      names = "--no-spill",
      description = "Keep no part of the work in a file; read the input more often instead.")
  private boolean noSpill;

  /** Returns whether the user said how much memory there is. */
  public boolean isGiven() {
    return memory != null;
  }

  /** Returns whether work on a blob is so little that nobody need ask how much memory there is. */
  public boolean isLittle(EncodingParameters parameters, long blobLength) {
    return memory == null && parameters.sliversLength(blobLength) <= LITTLE;
  }

  /**
   * Returns what work on a blob may take: unless the user says less, enough for any work on it.
   *
   * @param directory for temporary files, unless the user names another
   */
  public Workspace workspace(RedStuff codec, long blobLength, Path directory)
      throws CommandException {
    Workspace workspace = Workspace.ofMemory(budget(codec, blobLength));
    Path spills = spillDirectory(directory);
    return noSpill ? workspace : workspace.spillingTo(spills);
  }

  /**
   * Returns an encoder with room for a blob.
   *
   * @param directory for a temporary file, unless the user names another
   * @throws CommandException if what the user gives is not enough
   */
  public StreamEncoder encoder(RedStuff codec, long blobLength, Path directory)
      throws CommandException {
    StreamEncoder encoder = StreamEncoder.of(codec, workspace(codec, blobLength, directory));
    try {
      encoder.plan(blobLength);
      return encoder;
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }

  /** Returns where temporary files go: what the user says, else {@code directory}. */
  public Path spillDirectory(Path directory) throws CommandException {
    if (spill == null) {
      return directory;
    }
    if (noSpill) {
      throw CommandException.usage("--spill and --no-spill exclude each other");
    }
    if (!Files.isDirectory(spill)) {
      throw CommandException.usage(
          spill + ": " + (Files.exists(spill) ? "not a directory" : "no such directory"));
    }
    return spill;
  }

  private long budget(RedStuff codec, long blobLength) throws CommandException {
    if (memory != null) {
      if (memory.bytes() <= 0) {
        throw CommandException.usage("--memory: got 0 bytes, expected more");
      }
      return memory.bytes();
    }
    long least = StreamDecoder.of(codec, Workspace.ofMemory(Long.MAX_VALUE)).minimumMemory();
    // To ask takes as long as the work on a small blob.
    return isLittle(codec.parameters(), blobLength)
        ? Math.max(least, ENOUGH_FOR_LITTLE)
        : Math.max(least, halfOfMachine());
  }

  private static long halfOfMachine() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
        / 2;
  }
}
