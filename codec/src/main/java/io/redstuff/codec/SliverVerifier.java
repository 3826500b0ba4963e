package io.redstuff.codec;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.internal.matrix.HashCrew;
import io.redstuff.proof.SliverHashes;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Checks slivers against metadata, or any hashes of them, by expanding and re-hashing them; or only
 * hashes them.
 *
 * <p>Reusable: keeps its work memory in the arena it was made with. For one thread at a time;
 * others help it with many slivers, as {@link RedStuff#withParallelism} says.
 *
 * @since 0.1.0
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
   * @param hashes what the sliver must match, of the same number of shards as the codec: metadata,
   *     or what is known of this sliver alone
   * @param sliver the sliver, in native or heap memory
   * @return the sliver as a checked one
   * @throws VerificationException if its index, symbol size or symbol count do not fit, or its hash
   *     differs or is not among those that are known
   * @throws IllegalArgumentException if the hashes are for another number of shards
   */
  public VerifiedSliver verify(SliverHashes hashes, Sliver sliver) throws VerificationException {
    checkShape(parameters, hashes, sliver);
    if (!matches(hashes, sliver.id(), sliver.segment())) {
      throw DecodeRules.rootMismatch(hashes, sliver.id());
    }
    return new VerifiedSliver(sliver, hashes.blobId());
  }

  /**
   * Hashes a sliver, with nothing to compare it with: the Merkle root over the n symbols that it
   * expands to, which the metadata of its blob have.
   *
   * @param sliver the sliver, in native or heap memory
   * @return 32 bytes
   * @throws VerificationException if there is no such sliver with this number of shards: {@link
   *     Reason#INDEX_OUT_OF_RANGE} or {@link Reason#WRONG_SYMBOL_COUNT}
   */
  public byte[] root(Sliver sliver) throws VerificationException {
    checkIndex(parameters, sliver.id());
    checkCount(parameters, sliver);
    return roots(List.of(sliver)).getFirst();
  }

  /**
   * Hashes many slivers, of any blobs, with all threads where that is worth it: much faster than
   * one by one where symbols are short.
   *
   * @param slivers any number of slivers of either axis and any symbol size, in native or heap
   *     memory, the faster the more are of one kind
   * @return for each, in their order, 32 bytes; none for what is no sliver of this number of shards
   *     and {@link #root} would refuse
   */
  public List<byte[]> roots(Collection<Sliver> slivers) {
    record Kind(Axis axis, int symbolSize) {}
    List<Sliver> all = List.copyOf(slivers);
    byte[][] roots = new byte[all.size()][];
    Map<Kind, List<Integer>> kinds = new LinkedHashMap<>();
    for (int i = 0; i < roots.length; i++) {
      Sliver sliver = all.get(i);
      SliverId id = sliver.id();
      if (id.index() < parameters.shards()
          && sliver.symbolCount() == parameters.symbolsPerSliver(id.axis())) {
        Kind kind = new Kind(id.axis(), sliver.symbolSize());
        kinds.computeIfAbsent(kind, _ -> new ArrayList<>()).add(i);
      } else {
        roots[i] = new byte[0];
      }
    }
    kinds.forEach(
        (kind, places) ->
            crew(kind.axis)
                .hash(
                    new HashCrew.Places(i -> all.get(places.get(i)).segment(), _ -> 0),
                    places.size(),
                    kind.symbolSize,
                    (i, root) -> roots[places.get(i)] = root));
    return List.of(roots);
  }

  /**
   * Checks many slivers, with all threads where that is worth it.
   *
   * @param hashes what the slivers must match; of the same number of shards as the codec
   * @param slivers any number of slivers of either axis, in native or heap memory
   * @param rejected is told in the calling thread, in the order of the slivers, of each that {@link
   *     #verify} would refuse, and why
   * @return the others as checked ones, in their order
   * @throws IllegalArgumentException if the hashes are for another number of shards
   */
  public List<VerifiedSliver> verifyAll(
      SliverHashes hashes,
      Collection<Sliver> slivers,
      BiConsumer<Sliver, VerificationException> rejected) {
    DecodeRules.checkShards(parameters, hashes);
    List<Sliver> all = List.copyOf(slivers);
    VerificationException[] failures = new VerificationException[all.size()];
    for (Axis axis : Axis.values()) {
      List<Integer> fitting = new ArrayList<>();
      for (int i = 0; i < failures.length; i++) {
        if (all.get(i).id().axis() == axis) {
          try {
            checkShape(parameters, hashes, all.get(i));
            fitting.add(i);
          } catch (VerificationException e) {
            failures[i] = e; // told below
          }
        }
      }
      List<SliverId> ids = fitting.stream().map(i -> all.get(i).id()).toList();
      List<MemorySegment> symbols = fitting.stream().map(i -> all.get(i).segment()).toList();
      boolean[] matches = crew(axis).matches(hashes, ids, symbols);
      for (int i = 0; i < matches.length; i++) {
        if (!matches[i]) {
          failures[fitting.get(i)] = DecodeRules.rootMismatch(hashes, ids.get(i));
        }
      }
    }
    List<VerifiedSliver> verified = new ArrayList<>();
    for (int i = 0; i < failures.length; i++) {
      if (failures[i] != null) {
        rejected.accept(all.get(i), failures[i]);
      } else {
        verified.add(new VerifiedSliver(all.get(i), hashes.blobId()));
      }
    }
    return verified;
  }

  /** Returns whether symbols, as many as the sliver has, have the hash that is committed to. */
  boolean matches(SliverHashes hashes, SliverId id, MemorySegment symbols) {
    return crew(id.axis()).matches(hashes, List.of(id), List.of(symbols))[0];
  }

  /** Returns what hashes slivers of an axis. */
  HashCrew crew(Axis axis) {
    return crews.computeIfAbsent(
        axis, a -> new HashCrew(parameters, a, engine, arena, parallelism));
  }

  static void checkShape(EncodingParameters parameters, SliverHashes hashes, Sliver sliver)
      throws VerificationException {
    DecodeRules.checkShards(parameters, hashes);
    SliverId id = sliver.id();
    checkIndex(parameters, id);
    if (sliver.symbolSize() != hashes.symbolSize()) {
      throw new VerificationException(
          Reason.WRONG_SYMBOL_SIZE,
          "%s sliver: got symbols of %s bytes, expected %s"
              .formatted(id, sliver.symbolSize(), hashes.symbolSize()));
    }
    checkCount(parameters, sliver);
  }

  private static void checkIndex(EncodingParameters parameters, SliverId id)
      throws VerificationException {
    if (id.index() >= parameters.shards()) {
      throw new VerificationException(
          Reason.INDEX_OUT_OF_RANGE,
          "%s sliver: got index %s, expected less than %s"
              .formatted(id.axis(), id.index(), parameters.shards()));
    }
  }

  private static void checkCount(EncodingParameters parameters, Sliver sliver)
      throws VerificationException {
    int symbols = parameters.symbolsPerSliver(sliver.id().axis());
    if (sliver.symbolCount() != symbols) {
      throw new VerificationException(
          Reason.WRONG_SYMBOL_COUNT,
          "%s sliver: got %s symbols, expected %s"
              .formatted(sliver.id(), sliver.symbolCount(), symbols));
    }
  }
}
