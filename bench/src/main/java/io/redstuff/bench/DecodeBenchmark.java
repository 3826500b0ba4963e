package io.redstuff.bench;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.BlobDecoder;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.SliverVerifier;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * How long it takes to decode a blob into memory that is kept, on one thread. Milliseconds per
 * blob; the counted bytes are those of the blob.
 *
 * <p>The slivers are just enough of one axis. The first ones hold the blob itself, the last ones
 * hold none or little of it: with 1000 shards all of the last primary slivers are recovery ones,
 * and half of the last secondary slivers.
 */
public class DecodeBenchmark extends BlobBenchmark {
  @Param({"1", "1048576", "16777216", "67108864", "268435456"})
  long blobBytes;

  @Param({"firstPrimaries", "lastPrimaries", "firstSecondaries", "lastSecondaries"})
  String slivers;

  @Param({"SKIP", "DEFAULT"})
  ConsistencyCheck check;

  private BlobDecoder decoder;
  private VerifiedMetadata metadata;
  private List<Sliver> unverified;
  private List<VerifiedSliver> verified;
  private MemorySegment decoded;

  @Override
  long blobLength() {
    return blobBytes;
  }

  @Override
  void prepareBlob(Arena memory) throws RedStuffException {
    decoder = codec().newDecoder(memory);
    unverified = new ArrayList<>();
    try (EncodedBlob encoded = codec().encode(blob())) {
      metadata = encoded.metadata();
      for (SliverId id : chosen()) {
        unverified.add(copy(encoded.sliver(id), memory));
      }
    }
    verified = new ArrayList<>();
    try (Arena scratch = Arena.ofConfined()) {
      SliverVerifier verifier = codec().newVerifier(scratch);
      for (Sliver sliver : unverified) {
        verified.add(verifier.verify(metadata, sliver));
      }
    }
    decoded = memory.allocate(blobBytes, 64);
  }

  private List<SliverId> chosen() {
    Axis axis =
        switch (slivers) {
          case "firstPrimaries", "lastPrimaries" -> Axis.PRIMARY;
          case "firstSecondaries", "lastSecondaries" -> Axis.SECONDARY;
          default -> throw new IllegalArgumentException("slivers: got " + slivers);
        };
    int enough = codec().parameters().sourceSymbols(axis);
    int first = slivers.startsWith("first") ? 0 : shards - enough;
    List<SliverId> ids = new ArrayList<>();
    for (int i = first; i < first + enough; i++) {
      ids.add(new SliverId(axis, i));
    }
    return ids;
  }

  /** From slivers that nobody has checked: without a check of the result, each is hashed first. */
  @Benchmark
  public MemorySegment decode(Bytes bytes) throws RedStuffException {
    bytes.add(blobBytes);
    decoder.decode(metadata, unverified, check, decoded);
    return decoded;
  }

  /**
   * From slivers that were checked when they came in: without a check of the result nothing is
   * hashed.
   */
  @Benchmark
  public MemorySegment decodeVerified(Bytes bytes) throws RedStuffException {
    bytes.add(blobBytes);
    decoder.decodeVerified(metadata, verified, check, decoded);
    return decoded;
  }
}
