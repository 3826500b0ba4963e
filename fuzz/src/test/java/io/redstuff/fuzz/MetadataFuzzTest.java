package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Optional;

/**
 * Any bytes read as metadata: what holds is said at {@link ParserCheck}. What was read is also
 * written and read without its id, and verified.
 */
class MetadataFuzzTest {
  @FuzzTest
  void parse(byte[] bytes) throws MalformedDataException {
    Optional<BlobMetadata> read = Wire.METADATA.check(bytes);
    if (read.isEmpty()) {
      return;
    }
    BlobMetadata metadata = read.get();
    BlobMetadata withoutId =
        BlobMetadata.parseWithoutId(metadata.claimedId(), metadata.toBcsWithoutId());
    assertEquals(metadata, withoutId);
    verify(metadata);
  }

  private static void verify(BlobMetadata metadata) {
    if (metadata.shards() < EncodingParameters.MIN_SHARDS) {
      return;
    }
    EncodingParameters parameters = EncodingParameters.forShards(metadata.shards());
    VerifiedMetadata verified;
    try {
      verified = metadata.verify(parameters);
    } catch (VerificationException e) {
      assertTrue(!e.getMessage().isBlank(), () -> "a message for " + e.reason());
      return;
    }
    assertEquals(metadata.claimedId(), verified.blobId());
    assertEquals(
        VerifiedMetadata.computeBlobId(metadata.blobLength(), verified.rootHash()),
        verified.blobId());
    assertArrayEquals(metadata.toBcs(), verified.toBcs(), "the verified kind writes the same");
    for (int pair = 0; pair < metadata.shards(); pair++) {
      hash(verified, SliverId.primary(pair), verified.hashes(SliverPairIndex.of(pair)).primary());
      SliverId secondary = SliverPairIndex.of(pair).secondary(parameters);
      hash(verified, secondary, verified.hashes(SliverPairIndex.of(pair)).secondary());
    }
  }

  /** A hash is there and matches itself alone, or is not and matches nothing. */
  private static void hash(VerifiedMetadata metadata, SliverId sliver, byte[] hash) {
    assertArrayEquals(hash, metadata.sliverHash(sliver));
    MemorySegment digest = MemorySegment.ofArray(Arrays.copyOf(hash, 32));
    assertEquals(hash.length == 32, metadata.matches(sliver, digest, 0), sliver::toString);
    digest.set(ValueLayout.JAVA_BYTE, 31, (byte) ~digest.get(ValueLayout.JAVA_BYTE, 31));
    assertFalse(metadata.matches(sliver, digest, 0), sliver::toString);
  }
}
