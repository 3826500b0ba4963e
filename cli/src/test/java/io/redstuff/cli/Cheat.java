package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodedBlob;
import io.redstuff.EncodingParameters;
import io.redstuff.RedStuff;
import io.redstuff.SliverPairIndex;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A writer who commits to slivers that do not belong together. */
final class Cheat {

  private Cheat() {}

  /**
   * Puts the primary slivers of one blob and the secondary slivers of another of the same length
   * into {@code directory}, with metadata that every one of them matches.
   */
  static void mix(Path directory, int shards, byte[] primaryBlob, byte[] secondaryBlob)
      throws IOException {
    RedStuff codec = RedStuff.forShards(shards);
    EncodingParameters parameters = codec.parameters();
    try (EncodedBlob primaries = codec.encode(primaryBlob);
        EncodedBlob secondaries = codec.encode(secondaryBlob)) {
      byte[] hashes = new byte[64 * shards];
      SliverDirectory slivers = SliverDirectory.at(directory);
      for (int p = 0; p < shards; p++) {
        SliverPairIndex pair = SliverPairIndex.of(p);
        byte[] primary = primaries.metadata().hashes(pair).primary();
        byte[] secondary = secondaries.metadata().hashes(pair).secondary();
        System.arraycopy(primary, 0, hashes, 64 * p, 32);
        System.arraycopy(secondary, 0, hashes, 64 * p + 32, 32);
        Files.write(
            slivers.file(Axis.PRIMARY, pair, parameters).path(),
            primaries.pair(pair).primary().toBcs());
        Files.write(
            slivers.file(Axis.SECONDARY, pair, parameters).path(),
            secondaries.pair(pair).secondary().toBcs());
      }
      Files.write(
          slivers.metadataFile(),
          VerifiedMetadata.ofHashes(parameters, primaryBlob.length, hashes).toBcs());
    }
  }
}
