package io.redstuff.codec;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.Acceptance;
import io.redstuff.internal.matrix.SliverHasher;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.EnumMap;
import java.util.Map;

/**
 * Checks slivers against metadata by expanding and re-hashing them.
 *
 * <p>Reusable: keeps its work memory in the arena it was made with. For one thread at a time.
 */
public final class SliverVerifier {
  private final EncodingParameters parameters;
  private final Engine engine;
  private final Arena arena;
  private final Map<Axis, SliverHasher> hashers = new EnumMap<>(Axis.class);
  private MemorySegment staging = MemorySegment.NULL;

  SliverVerifier(EncodingParameters parameters, Engine engine, Arena arena) {
    this.parameters = parameters;
    this.engine = engine;
    this.arena = arena;
  }

  /**
   * Checks one sliver.
   *
   * @param metadata what the sliver must match; of the same number of shards as the codec
   * @param sliver the sliver, in native or heap memory
   * @return the sliver as a checked one
   * @throws VerificationException if its index, symbol size or symbol count do not fit the
   *     metadata, or its hash differs
   * @throws IllegalArgumentException if the metadata is for another number of shards
   */
  public VerifiedSliver verify(VerifiedMetadata metadata, Sliver sliver)
      throws VerificationException {
    checkShape(parameters, metadata, sliver);
    if (!matches(metadata, sliver)) {
      throw Acceptance.rootMismatch(metadata, sliver.id());
    }
    return new VerifiedSliver(sliver, metadata.blobId());
  }

  /** Whether a sliver of the right shape has the hash that the metadata commits to. */
  private boolean matches(VerifiedMetadata metadata, Sliver sliver) {
    return matches(metadata, sliver.id(), stage(sliver.segment()));
  }

  /**
   * Whether symbols have the hash that the metadata commits to.
   *
   * @param symbols native memory, just as many as the sliver has
   */
  boolean matches(VerifiedMetadata metadata, SliverId id, MemorySegment symbols) {
    boolean[] matches = new boolean[1];
    hasher(id.axis())
        .hash(
            symbols,
            0,
            symbols.byteSize(),
            1,
            metadata.symbolSize(),
            (lane, root) -> matches[0] = metadata.matches(id, MemorySegment.ofArray(root), 0));
    return matches[0];
  }

  SliverHasher hasher(Axis axis) {
    return hashers.computeIfAbsent(axis, a -> new SliverHasher(parameters, a, engine, arena));
  }

  private MemorySegment stage(MemorySegment symbols) {
    if (symbols.isNative()) {
      return symbols;
    }
    staging = NativeMemory.atLeast(staging, symbols.byteSize(), arena);
    MemorySegment.copy(symbols, 0, staging, 0, symbols.byteSize());
    return staging.asSlice(0, symbols.byteSize());
  }

  static void checkShape(EncodingParameters parameters, VerifiedMetadata metadata, Sliver sliver)
      throws VerificationException {
    Acceptance.checkShards(parameters, metadata);
    SliverId id = sliver.id();
    if (id.index() >= parameters.shards()) {
      throw new VerificationException(
          VerificationException.Reason.INDEX_OUT_OF_RANGE,
          "%s sliver: got index %d, expected less than %d"
              .formatted(id.axis(), id.index(), parameters.shards()));
    }
    if (sliver.symbolSize() != metadata.symbolSize()) {
      throw new VerificationException(
          VerificationException.Reason.WRONG_SYMBOL_SIZE,
          "%s sliver: got symbols of %d bytes, expected %d"
              .formatted(id, sliver.symbolSize(), metadata.symbolSize()));
    }
    int symbols = parameters.symbolsPerSliver(id.axis());
    if (sliver.symbolCount() != symbols) {
      throw new VerificationException(
          VerificationException.Reason.WRONG_SYMBOL_COUNT,
          "%s sliver: got %d symbols, expected %d".formatted(id, sliver.symbolCount(), symbols));
    }
  }
}
