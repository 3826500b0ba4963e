package io.redstuff.cli;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.VerifiedMetadata;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the metadata of a blob, in BCS with its blob id. */
final class MetadataFile {

  /** More bytes than the metadata of the most shards has: id, two variants, length, hash pairs. */
  private static final long MAX_BYTES = 64 + 66L * EncodingParameters.MAX_SHARDS;

  private MetadataFile() {}

  /**
   * Reads {@code file} and proves it against its own blob id, and that against {@code expected}.
   *
   * @throws CommandException with {@link ExitCode#USAGE} if it cannot be read, {@link
   *     ExitCode#BAD_DATA} if it is malformed or not that of the blob
   */
  static VerifiedMetadata read(Path file, Optional<BlobId> expected) throws CommandException {
    byte[] bytes = SmallFile.read(file, MAX_BYTES);
    try {
      BlobMetadata metadata = BlobMetadata.parse(bytes);
      EncodingParameters parameters = parametersOf(metadata, file);
      return expected.isPresent()
          ? metadata.verify(parameters, expected.get())
          : metadata.verify(parameters);
    } catch (RedStuffException e) {
      throw CommandException.badData(file + ": " + e.getMessage(), e);
    }
  }

  private static EncodingParameters parametersOf(BlobMetadata metadata, Path file)
      throws CommandException {
    try {
      return EncodingParameters.forShards(metadata.shards());
    } catch (IllegalArgumentException e) {
      throw CommandException.badData(file + ": " + e.getMessage(), e);
    }
  }
}
