package io.redstuff.codec;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.internal.matrix.HashCrew;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Checks slivers against metadata by expanding and re-hashing them.
 *
 * <p>Reusable: keeps its work memory in the arena it was made with. For one thread at a time;
 * others help it with many slivers, as {@link RedStuff#withParallelism} says.
 */
public final class SliverVerifier {
  private final EncodingParameters parameters;
  private final Engine engine;
  private final Arena arena;
  private final int parallelism;
  private final Map<Axis, HashCrew> crews = new EnumMap<>(Axis.class);

  SliverVerifier(EncodingParameters parameters, Engine engine, Arena arena, int parallelism) {
    this.parameters = parameters;
    this.engine = engine;
    this.arena = arena;
    this.parallelism = parallelism;
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
    if (!matches(metadata, sliver.id(), sliver.segment())) {
      throw DecodeRules.rootMismatch(metadata, sliver.id());
    }
    return new VerifiedSliver(sliver, metadata.blobId());
  }

  /**
   * Checks many slivers, with all threads where that is worth it.
   *
   * @param metadata what the slivers must match; of the same number of shards as the codec
   * @param slivers any number of slivers of either axis, in native or heap memory
   * @param rejected is told in the calling thread, in the order of the slivers, of each that {@link
   *     #verify} would refuse, and why
   * @return the others as checked ones, in their order
   * @throws IllegalArgumentException if the metadata is for another number of shards
   */
  public List<VerifiedSliver> verifyAll(
      VerifiedMetadata metadata,
      Collection<Sliver> slivers,
      BiConsumer<Sliver, VerificationException> rejected) {
    DecodeRules.checkShards(parameters, metadata);
    List<Sliver> all = List.copyOf(slivers);
    VerificationException[] failures = new VerificationException[all.size()];
    for (Axis axis : Axis.values()) {
      List<Integer> fitting = new ArrayList<>();
      for (int i = 0; i < failures.length; i++) {
        if (all.get(i).id().axis() == axis) {
          try {
            checkShape(parameters, metadata, all.get(i));
            fitting.add(i);
          } catch (VerificationException e) {
            failures[i] = e; // told below
          }
        }
      }
      List<SliverId> ids = fitting.stream().map(i -> all.get(i).id()).toList();
      List<MemorySegment> symbols = fitting.stream().map(i -> all.get(i).segment()).toList();
      boolean[] matches = crew(axis).matches(metadata, ids, symbols);
      for (int i = 0; i < matches.length; i++) {
        if (!matches[i]) {
          failures[fitting.get(i)] = DecodeRules.rootMismatch(metadata, ids.get(i));
        }
      }
    }
    List<VerifiedSliver> verified = new ArrayList<>();
    for (int i = 0; i < failures.length; i++) {
      if (failures[i] != null) {
        rejected.accept(all.get(i), failures[i]);
      } else {
        verified.add(new VerifiedSliver(all.get(i), metadata.blobId()));
      }
    }
    return verified;
  }

  /**
   * Returns whether symbols, as many as the sliver has, have the hash that the metadata commits to.
   */
  boolean matches(VerifiedMetadata metadata, SliverId id, MemorySegment symbols) {
    return crew(id.axis()).matches(metadata, List.of(id), List.of(symbols))[0];
  }

  /** Returns what hashes slivers of an axis. */
  HashCrew crew(Axis axis) {
    return crews.computeIfAbsent(
        axis, a -> new HashCrew(parameters, a, engine, arena, parallelism));
  }

  static void checkShape(EncodingParameters parameters, VerifiedMetadata metadata, Sliver sliver)
      throws VerificationException {
    DecodeRules.checkShards(parameters, metadata);
    SliverId id = sliver.id();
    int symbols = parameters.symbolsPerSliver(id.axis());
    if (id.index() >= parameters.shards()) {
      throw new VerificationException(
          Reason.INDEX_OUT_OF_RANGE,
          "%s sliver: got index %s, expected less than %s"
              .formatted(id.axis(), id.index(), parameters.shards()));
    }
    if (sliver.symbolSize() != metadata.symbolSize()) {
      throw new VerificationException(
          Reason.WRONG_SYMBOL_SIZE,
          "%s sliver: got symbols of %s bytes, expected %s"
              .formatted(id, sliver.symbolSize(), metadata.symbolSize()));
    }
    if (sliver.symbolCount() != symbols) {
      throw new VerificationException(
          Reason.WRONG_SYMBOL_COUNT,
          "%s sliver: got %s symbols, expected %s".formatted(id, sliver.symbolCount(), symbols));
    }
  }
}
