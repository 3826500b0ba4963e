package io.redstuff.cli;

import com.sun.management.OperatingSystemMXBean;
import io.redstuff.EncodingParameters;
import io.redstuff.codec.RedStuff;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.Workspace;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How much memory and what temporary files work on a blob may take. */
final class MemoryOption {

  /** Where all slivers together are no longer, there is no need to ask how much memory there is. */
  private static final long LITTLE = 256L << 20;

  private static final long ENOUGH_FOR_LITTLE = 1L << 30;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = ByteSize.class,
      description =
          "Native memory to take: 512M, 2G or bytes (default: half of what the machine has). A blob"
              + " that is too long for it is worked on piece by piece, with the same result. The"
              + " JVM itself takes 100 to 300 MiB more.")
  private Long memory;

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

  /** Whether the user said how much memory there is. */
  boolean isGiven() {
    return memory != null;
  }

  /** Whether work on a blob is so little that nobody need ask how much memory there is. */
  boolean isLittle(EncodingParameters parameters, long blobLength) {
    return memory == null && parameters.sliversLength(blobLength) <= LITTLE;
  }

  /**
   * What work on a blob may take.
   *
   * @param least bytes to take at least, unless the user says less
   * @param directory for temporary files, unless the user names another
   */
  Workspace workspace(EncodingParameters parameters, long blobLength, long least, Path directory)
      throws CommandException {
    Workspace workspace = Workspace.ofMemory(budget(parameters, blobLength, least));
    Path spills = spillDirectory(directory);
    return noSpill ? workspace : workspace.spillingTo(spills);
  }

  /**
   * An encoder with room for a blob.
   *
   * @param directory for a temporary file, unless the user names another
   * @throws CommandException if what the user gives is not enough
   */
  StreamEncoder encoder(RedStuff codec, long blobLength, Path directory) throws CommandException {
    long least = StreamEncoder.of(codec, Workspace.ofMemory(Long.MAX_VALUE)).minimumMemory();
    Workspace workspace = workspace(codec.parameters(), blobLength, least, directory);
    StreamEncoder encoder = StreamEncoder.of(codec, workspace);
    try {
      encoder.plan(blobLength);
      return encoder;
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }

  /** Where temporary files go: what the user says, else {@code directory}. */
  Path spillDirectory(Path directory) throws CommandException {
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

  private long budget(EncodingParameters parameters, long blobLength, long least)
      throws CommandException {
    if (memory != null) {
      if (memory <= 0) {
        throw CommandException.usage("--memory: got 0 bytes, expected more");
      }
      return memory;
    }
    // To ask takes as long as the work on a small blob.
    return parameters.sliversLength(blobLength) <= LITTLE
        ? Math.max(least, ENOUGH_FOR_LITTLE)
        : Math.max(least, halfOfMachine());
  }

  private static long halfOfMachine() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize()
        / 2;
  }
}
