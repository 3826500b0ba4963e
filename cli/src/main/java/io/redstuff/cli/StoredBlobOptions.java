package io.redstuff.cli;

import io.redstuff.BlobId;
import io.redstuff.proof.VerifiedMetadata;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Slivers and metadata in a directory, for the commands that read them. */
final class StoredBlobOptions {

  @Parameters(paramLabel = "DIR", description = "Directory that 'redstuff encode' wrote.")
  private Path input;

  @Option(
      names = "--blob-id",
      paramLabel = "ID",
      converter = BlobIdConverter.class,
      description = "Fail unless this is the id of the blob.")
  private BlobId expected;

  /** What the user calls the directory. */
  Path input() {
    return input;
  }

  /** The directory, which must be there. */
  SliverDirectory directory() throws CommandException {
    return SliverDirectory.existing(input);
  }

  /** The metadata in {@code directory}, which must be that of the blob that was asked for. */
  VerifiedMetadata readMetadata(SliverDirectory directory) throws CommandException {
    return directory.readMetadata(Optional.ofNullable(expected));
  }
}
