package io.redstuff.codec;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.matrix.CrossDecoder;
import io.redstuff.internal.matrix.Crossing;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.internal.matrix.SymbolCutter;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import io.redstuff.proof.SliverHashes;
import io.redstuff.proof.SymbolVerifier;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Recovers single slivers from symbols of slivers of the other axis, and judges claims that a blob
 * is inconsistent.
 *
 * <p>A primary sliver takes k2 symbols of distinct secondary slivers, a secondary one k1 symbols of
 * distinct primary slivers. What comes out is expanded and re-hashed before it is called recovered.
 *
 * <p>Reusable; keeps its work memory in the arena it was made with. For one thread at a time;
 * others help it with many slivers and with long ones, as {@link RedStuff#withParallelism} says.
 *
 * @since 0.1.0
 */
public final class SliverRecoverer {
  /** Slivers are recovered together as long as they fit this many bytes. */
  private static final long BATCH_BYTES = 256L << 20;

  private final EncodingParameters parameters;
  private final Engine engine;
  private final Arena arena;
  private final SliverVerifier verifier;
  private final SymbolVerifier symbolVerifier;
  private final int parallelism;
  private final Map<Axis, CrossDecoder> decoders = new EnumMap<>(Axis.class);
  private MemorySegment lane = MemorySegment.NULL;

  SliverRecoverer(EncodingParameters parameters, Engine engine, Arena arena, int parallelism) {
    this.parameters = parameters;
    this.engine = engine;
    this.arena = arena;
    this.parallelism = parallelism;
    this.verifier = new SliverVerifier(parameters, engine, arena, parallelism);
    this.symbolVerifier = new SymbolVerifier(engine, arena);
  }

  /**
   * Recovers a sliver from symbols with proofs. Symbols that fail their proof are named and left
   * aside; so are further symbols from a source that was there before.
   *
   * @param metadata of the blob
   * @param target the sliver to recover
   * @param symbols offered for it, in any order
   * @return the sliver, or the proof that the blob is inconsistent
   * @throws InsufficientDataException if too few symbols were offered
   * @throws VerificationException if too few of the symbols offered are good; it tells about the
   *     first that is not
   * @throws IllegalArgumentException if the metadata is for another number of shards
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public Recovery recover(
      VerifiedMetadata metadata, SliverId target, Collection<RecoverySymbol> symbols)
      throws InsufficientDataException, VerificationException {
    checkTarget(metadata, target);
    List<RejectedSymbol> rejected = new ArrayList<>();
    List<RecoverySymbol> used = prove(metadata, target, symbols, rejected);
    int needed = parameters.symbolsPerSliver(target.axis());
    if (used.size() < needed && rejected.isEmpty()) {
      throw tooFew(target, used.size());
    }
    if (used.size() < needed) {
      RejectedSymbol first = rejected.getFirst();
      throw new VerificationException(
          first.reason(),
          "%s (rejected %s symbols; got %s good ones for the %s sliver, expected at least %s)"
              .formatted(first.message(), rejected.size(), used.size(), target, needed));
    }
    MemorySegment decoded = decode(metadata, target, bare(used));
    if (verifier.matches(metadata, target, decoded)) {
      return new Recovery.Recovered(verified(metadata, target, decoded), rejected);
    }
    return new Recovery.Inconsistent(new InconsistencyProof(target, used), rejected);
  }

  /**
   * Recovers a sliver from symbols with proofs, looking at the proofs only if the result is not
   * what the metadata commits to. Faster than {@link #recover} when all is well, and as safe; bad
   * symbols are named only when they did harm.
   *
   * @param metadata of the blob
   * @param target the sliver to recover
   * @param symbols offered for it, in any order
   * @return the sliver, or the proof that the blob is inconsistent
   * @throws InsufficientDataException if too few symbols were offered
   * @throws VerificationException if too few of the symbols offered are good; it tells about the
   *     first that is not
   * @throws IllegalArgumentException if the metadata is for another number of shards
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public Recovery recoverOptimistically(
      VerifiedMetadata metadata, SliverId target, Collection<RecoverySymbol> symbols)
      throws InsufficientDataException, VerificationException {
    checkTarget(metadata, target);
    List<DecodingSymbol> unproven =
        fitting(
            metadata,
            target,
            symbols.stream()
                .filter(symbol -> symbol.axis() == target.axis())
                .map(RecoverySymbol::withoutProof)
                .toList());
    if (unproven.size() == parameters.symbolsPerSliver(target.axis())) {
      MemorySegment decoded = decode(metadata, target, unproven);
      if (verifier.matches(metadata, target, decoded)) {
        return new Recovery.Recovered(verified(metadata, target, decoded), List.of());
      }
    }
    return recover(metadata, target, symbols);
  }

  /**
   * Recovers a sliver from symbols without proofs. If one of them is wrong there is no telling
   * which. All that has to be known of the blob is the hash of this one sliver.
   *
   * @param hashes of the blob
   * @param target the sliver to recover
   * @param symbols offered for it, in any order; of several from one source the first is taken, and
   *     those that do not fit the hashes are passed over
   * @return the sliver, re-hashed
   * @throws InsufficientDataException if too few symbols fit
   * @throws VerificationException with {@link Reason#ROOT_MISMATCH} if the result is not what is
   *     committed to
   * @throws IllegalArgumentException if the hashes are for another number of shards
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public VerifiedSliver recoverUnproven(
      SliverHashes hashes, SliverId target, Collection<DecodingSymbol> symbols)
      throws InsufficientDataException, VerificationException {
    checkTarget(hashes, target);
    List<DecodingSymbol> fitting = fitting(hashes, target, symbols);
    if (fitting.size() < parameters.symbolsPerSliver(target.axis())) {
      throw tooFew(target, fitting.size());
    }
    MemorySegment decoded = decode(hashes, target, fitting);
    if (!verifier.matches(hashes, target, decoded)) {
      throw DecodeRules.rootMismatch(hashes, target);
    }
    return verified(hashes, target, decoded);
  }

  /**
   * Recovers many slivers of one axis from whole slivers of the other: the sources are expanded a
   * few at a time and not kept, the targets are decoded together, and each is re-hashed.
   *
   * @param metadata of the blob
   * @param targets slivers of one axis
   * @param sources checked slivers of the other axis, at least as many as a target has symbols
   * @return the slivers that came back, those that the metadata contradicts, and a proof for the
   *     first of these
   * @throws InsufficientDataException if there are too few distinct sources
   * @throws IllegalArgumentException if the metadata is for another number of shards, targets or
   *     sources lie on different axes, or a source is of another blob
   * @throws IndexOutOfBoundsException if there is no such target
   */
  public RecoveredSlivers recoverMany(
      VerifiedMetadata metadata, Collection<SliverId> targets, Collection<VerifiedSliver> sources)
      throws InsufficientDataException {
    if (targets.isEmpty()) {
      return new RecoveredSlivers(List.of(), List.of(), Optional.empty());
    }
    Axis axis = targets.iterator().next().axis();
    for (SliverId target : targets) {
      checkTarget(metadata, target);
      if (target.axis() != axis) {
        throw new IllegalArgumentException(
            "targets: got " + target + ", expected " + axis + " slivers");
      }
    }
    List<VerifiedSliver> used = firstOf(metadata, axis.opposite(), sources);
    return recoverMany(metadata, axis, List.copyOf(targets), used);
  }

  /** Returns as many slivers of an axis as determine the others, those of the lowest indices. */
  private List<VerifiedSliver> firstOf(
      VerifiedMetadata metadata, Axis axis, Collection<VerifiedSliver> slivers)
      throws InsufficientDataException {
    TreeMap<Integer, VerifiedSliver> byIndex = new TreeMap<>();
    for (VerifiedSliver sliver : slivers) {
      SliverId id = sliver.sliver().id();
      if (id.axis() != axis || !sliver.blobId().equals(metadata.blobId())) {
        throw new IllegalArgumentException(
            "sources: got %s, expected %s slivers of %s"
                .formatted(sliver, axis, metadata.blobId()));
      }
      byIndex.put(id.index(), sliver);
    }
    int needed = parameters.sourceSymbols(axis);
    if (byIndex.size() < needed) {
      throw new InsufficientDataException(axis + " slivers", needed, byIndex.size());
    }
    return byIndex.values().stream().limit(needed).toList();
  }

  private RecoveredSlivers recoverMany(
      VerifiedMetadata metadata, Axis axis, List<SliverId> targets, List<VerifiedSliver> sources) {
    List<VerifiedSliver> recovered = new ArrayList<>();
    List<SliverId> contradicted = new ArrayList<>();
    int symbolSize = metadata.symbolSize();
    CrossDecoder decoder = decoder(axis);
    BitSet indices = new BitSet();
    sources.forEach(source -> indices.set(source.sliver().id().index()));
    Crossing crossing = decoder.crossing(indices);
    long laneBytes = crossing.laneBytes(symbolSize);
    long sliverBytes = parameters.sliverLength(axis, symbolSize);
    int batch = Math.clamp(BATCH_BYTES / laneBytes, 1, targets.size());
    try (Arena scratch = parallelism > 1 ? Arena.ofShared() : Arena.ofConfined()) {
      SymbolCutter cutter =
          new SymbolCutter(parameters, axis.opposite(), engine, scratch, parallelism);
      MemorySegment lanes = scratch.allocate(batch * laneBytes, 64);
      SymbolRows block = crossing.laneByLane(lanes, symbolSize);
      for (int from = 0; from < targets.size(); from += batch) {
        List<SliverId> some = targets.subList(from, Math.min(targets.size(), from + batch));
        cutter.cut(
            sources.stream().map(source -> source.sliver().segment()).toList(),
            some.stream().mapToInt(SliverId::index).toArray(),
            symbolSize,
            crossing.used(),
            block);
        decoder.restore(crossing, block, symbolSize, some.size());
        boolean[] matches = verifier.crew(axis).matches(metadata, some, lanes, laneBytes);
        for (int lane = 0; lane < matches.length; lane++) {
          if (matches[lane]) {
            MemorySegment symbols = lanes.asSlice(lane * laneBytes, sliverBytes);
            recovered.add(verified(metadata, some.get(lane), symbols));
          } else {
            contradicted.add(some.get(lane));
          }
        }
      }
    }
    // cuts the evidence again, now with proofs
    return new RecoveredSlivers(
        recovered,
        contradicted,
        contradicted.stream()
            .findFirst()
            .map(
                target ->
                    new InconsistencyProof(
                        target,
                        sources.stream()
                            .map(source -> cut(metadata, source, target.index()))
                            .toList())));
  }

  /** Returns one symbol of a checked sliver, with its proof. */
  private RecoverySymbol cut(VerifiedMetadata metadata, VerifiedSliver source, int target) {
    try (Arena scratch = Arena.ofConfined()) {
      return ExpandedSliver.of(parameters, verifier, metadata, source.sliver(), scratch)
          .recoverySymbol(target);
    } catch (VerificationException e) {
      throw new IllegalStateException(source + " changed after it was verified", e);
    }
  }

  /**
   * Judges a claim that a blob is inconsistent: returns if it is proven.
   *
   * @param metadata of the blob
   * @param proof the claim
   * @throws VerificationException if the claim fails: {@link Reason#WRONG_SYMBOL_COUNT} if it has
   *     not just as many symbols as the sliver, {@link Reason#DUPLICATE} if two are from one
   *     source, {@link Reason#CONSISTENT_BLOB} if the symbols decode to what the metadata commits
   *     to, and as {@link RecoverySymbol#verify} if a symbol is not proven
   * @throws IllegalArgumentException if the metadata is for another number of shards
   */
  public void confirm(VerifiedMetadata metadata, InconsistencyProof proof)
      throws VerificationException {
    DecodeRules.checkShards(parameters, metadata);
    SliverId target = proof.target();
    if (target.index() >= parameters.shards()) {
      throw new VerificationException(
          Reason.INDEX_OUT_OF_RANGE,
          "inconsistency proof: got target %s, expected an index below %s"
              .formatted(target, parameters.shards()));
    }
    int needed = parameters.symbolsPerSliver(target.axis());
    if (proof.symbols().size() != needed) {
      throw new VerificationException(
          Reason.WRONG_SYMBOL_COUNT,
          "inconsistency proof: got %s symbols, expected %s"
              .formatted(proof.symbols().size(), needed));
    }
    List<RejectedSymbol> rejected = new ArrayList<>();
    List<RecoverySymbol> used = prove(metadata, target, proof.symbols(), rejected);
    if (!rejected.isEmpty()) {
      RejectedSymbol first = rejected.getFirst();
      throw new VerificationException(first.reason(), "inconsistency proof: " + first.message());
    }
    MemorySegment decoded = decode(metadata, target, bare(used));
    if (verifier.matches(metadata, target, decoded)) {
      throw new VerificationException(
          Reason.CONSISTENT_BLOB,
          "inconsistency proof: its symbols decode to the "
              + target
              + " sliver that the metadata commits to");
    }
  }

  private void checkTarget(SliverHashes hashes, SliverId target) {
    DecodeRules.checkShards(parameters, hashes);
    Objects.checkIndex(target.index(), parameters.shards());
  }

  /**
   * Returns the symbols that are proven for the target; those that are not are added to rejected.
   */
  private List<RecoverySymbol> prove(
      VerifiedMetadata metadata,
      SliverId target,
      Collection<RecoverySymbol> symbols,
      List<RejectedSymbol> rejected) {
    List<GeneralRecoverySymbol> offered = new ArrayList<>();
    for (RecoverySymbol symbol : symbols) {
      if (symbol.axis() == target.axis()) {
        offered.add(symbol.withTarget(target.index()));
      } else {
        rejected.add(
            new RejectedSymbol(
                SymbolId.of(target, symbol.sourceIndex()),
                Reason.WRONG_AXIS,
                symbol + ": got one for " + symbol.axis() + " slivers, expected " + target.axis()));
      }
    }
    Map<GeneralRecoverySymbol, RejectedSymbol> bad = symbolVerifier.verify(metadata, offered);
    RecoverySymbol[] good = new RecoverySymbol[parameters.shards()];
    for (GeneralRecoverySymbol symbol : offered) {
      if (bad.containsKey(symbol)) {
        rejected.add(bad.get(symbol));
      } else if (good[symbol.sourceIndex()] == null) {
        good[symbol.sourceIndex()] = symbol.withoutTarget();
      } else {
        rejected.add(duplicate(symbol.id()));
      }
    }
    return lowest(target, good);
  }

  private static RejectedSymbol duplicate(SymbolId cell) {
    return new RejectedSymbol(
        cell, Reason.DUPLICATE, "recovery symbol " + cell + ": got more than one from its source");
  }

  /** Returns the symbols that fit the hashes, the first that came of each source. */
  private List<DecodingSymbol> fitting(
      SliverHashes hashes, SliverId target, Collection<DecodingSymbol> symbols) {
    DecodingSymbol[] fitting = new DecodingSymbol[parameters.shards()];
    for (DecodingSymbol symbol : symbols) {
      int source = symbol.sourceIndex();
      if (source < fitting.length
          && symbol.size() == hashes.symbolSize()
          && fitting[source] == null) {
        fitting[source] = symbol;
      }
    }
    return lowest(target, fitting);
  }

  /** Returns the symbols of the lowest sources, ascending: no more than the target has. */
  private <T> List<T> lowest(SliverId target, T[] bySource) {
    return Arrays.stream(bySource)
        .filter(Objects::nonNull)
        .limit(parameters.symbolsPerSliver(target.axis()))
        .toList();
  }

  private static List<DecodingSymbol> bare(List<RecoverySymbol> symbols) {
    return symbols.stream().map(RecoverySymbol::withoutProof).toList();
  }

  /** Decodes symbols of ascending sources into memory that the next call overwrites. */
  private MemorySegment decode(SliverHashes hashes, SliverId target, List<DecodingSymbol> used) {
    int symbolSize = hashes.symbolSize();
    BitSet sources = new BitSet();
    used.forEach(symbol -> sources.set(symbol.sourceIndex()));
    CrossDecoder decoder = decoder(target.axis());
    Crossing crossing = decoder.crossing(sources);
    lane = NativeMemory.atLeast(lane, crossing.laneBytes(symbolSize), arena);
    SymbolRows symbols = crossing.laneByLane(lane, symbolSize);
    used.forEach(symbol -> symbol.copyTo(lane, symbols.offset(symbol.sourceIndex())));
    decoder.restore(crossing, symbols, symbolSize, 1);
    return lane.asSlice(0, parameters.sliverLength(target.axis(), symbolSize));
  }

  /** Returns a copy, on the heap, of symbols that were found to be those of the sliver. */
  private static VerifiedSliver verified(SliverHashes hashes, SliverId id, MemorySegment symbols) {
    MemorySegment copy = MemorySegment.ofArray(symbols.toArray(ValueLayout.JAVA_BYTE));
    return new VerifiedSliver(Sliver.view(id, hashes.symbolSize(), copy), hashes.blobId());
  }

  SliverVerifier verifier() {
    return verifier;
  }

  /** Restores slivers of an axis. */
  private CrossDecoder decoder(Axis axis) {
    return decoders.computeIfAbsent(
        axis, a -> new CrossDecoder(parameters, a.opposite(), engine, arena, parallelism));
  }

  private InsufficientDataException tooFew(SliverId target, int got) {
    return new InsufficientDataException(
        "symbols for the " + target + " sliver", parameters.symbolsPerSliver(target.axis()), got);
  }
}
