package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.ExpandedSliver;
import io.redstuff.codec.Recovery;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.SliverRecoverer;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Recovers slivers of a directory the way storage nodes do: from symbols, with proofs, cut from
 * good slivers of the other axis.
 *
 * <p>Each source is expanded once and gives its symbols for all targets, or as many as fit into
 * memory. When there are too few sources, more of them are recovered first, from slivers of the
 * targets' own axis.
 */
final class SliverHealer implements Healer {

  /** What a symbol takes on the heap beside its bytes, and what a node of its path takes. */
  private static final int SYMBOL_OVERHEAD = 160;

  private static final int NODE_BYTES = 56;

  private final Session session;
  private final RedStuff codec;
  private final VerifiedMetadata metadata;
  private final SliverInspector inspector;
  private final SliverCensus census;
  private final long memory;

  /** Slivers that were recovered only to recover others. */
  private final Map<Axis, List<Sliver>> helpers = new EnumMap<>(Axis.class);

  /** The first one; there may be one for every sliver, and they are large. */
  private Optional<InconsistencyProof> inconsistency = Optional.empty();

  private long filesRead;
  private long bytesRead;

  /**
   * A healer.
   *
   * @param census tells the good slivers
   * @param memory bytes that symbols may take, of a quarter of the heap at most
   */
  SliverHealer(
      Session session,
      RedStuff codec,
      VerifiedMetadata metadata,
      SliverCensus census,
      long memory) {
    this.session = session;
    this.codec = codec;
    this.metadata = metadata;
    this.inspector = new SliverInspector(codec, metadata);
    this.census = census;
    // Never more than a good part of the heap: there are other things on it.
    this.memory = Math.min(memory, Runtime.getRuntime().maxMemory() / 4);
    for (Axis axis : Axis.values()) {
      helpers.put(axis, new ArrayList<>());
    }
  }

  /** Takes what was recovered. */
  @FunctionalInterface
  private interface SliverSink {

    /** {@code sliver}, re-hashed, belongs at {@code file}. */
    void accept(SliverFile file, VerifiedSliver sliver) throws CommandException;
  }

  @Override
  public boolean heal(Axis axis, List<SliverFile> targets, Sink sink) throws CommandException {
    return healSlivers(
        axis,
        targets,
        (file, sliver) -> sink.accept(file, () -> file.write(session.files(), sliver.sliver())));
  }

  private boolean healSlivers(Axis axis, List<SliverFile> targets, SliverSink sink)
      throws CommandException {
    if (sources(axis) < needed(axis)) {
      makeSources(axis);
    }
    if (sources(axis) < needed(axis)) {
      return false;
    }
    int batch = Math.clamp(memory / bytesPerTarget(axis), 1, Integer.MAX_VALUE);
    for (int from = 0; from < targets.size(); from += batch) {
      int to = (int) Math.min(targets.size(), (long) from + batch);
      healBatch(axis, targets.subList(from, to), sink);
    }
    return true;
  }

  /**
   * Whether memory has room for the symbols of that many slivers, so that sources are read once.
   */
  boolean hasRoomFor(Axis axis, int targets) {
    return targets * bytesPerTarget(axis) <= memory;
  }

  /** The proof that the writer cheated, if one was met on the way. */
  Optional<InconsistencyProof> inconsistency() {
    return inconsistency;
  }

  @Override
  public boolean isInconsistent() {
    return inconsistency.isPresent();
  }

  @Override
  public long filesRead() {
    return filesRead;
  }

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  private int needed(Axis axis) {
    return census.parameters().symbolsPerSliver(axis);
  }

  private int sources(Axis axis) {
    return census.good(axis.opposite()).size() + held(axis.opposite()).size();
  }

  /** The helpers of {@code axis} that are not in their files by now. */
  private List<Sliver> held(Axis axis) {
    return helpers.get(axis).stream().filter(sliver -> !census.isGood(sliver.id())).toList();
  }

  /** Recovers slivers of the other axis, if it can be done, just as many as are lacking. */
  private void makeSources(Axis axis) throws CommandException {
    Axis helping = axis.opposite();
    if (census.hasEnough(axis)) {
      int lack = needed(axis) - sources(axis);
      List<SliverFile> targets = census.lacking(helping).stream().limit(lack).toList();
      healSlivers(helping, targets, (_, sliver) -> helpers.get(helping).add(sliver.sliver()));
    }
  }

  private void healBatch(Axis axis, List<SliverFile> targets, SliverSink sink)
      throws CommandException {
    List<RecoverySymbol[]> symbols = cut(axis, targets);
    List<Recovery> outcomes;
    try (Progress progress = session.startProgress("healing " + axis, targets.size(), "slivers")) {
      outcomes =
          Workers.map(
              codec.parallelism(),
              IntStream.range(0, targets.size()).boxed().toList(),
              progress,
              arena -> {
                SliverRecoverer recoverer = codec.newRecoverer(arena);
                return i -> recover(recoverer, targets.get(i).id(), symbols.get(i));
              });
    }
    for (int i = 0; i < targets.size(); i++) {
      switch (outcomes.get(i)) {
        case Recovery.Recovered recovered -> sink.accept(targets.get(i), recovered.sliver());
        case Recovery.Inconsistent found ->
            inconsistency = inconsistency.or(() -> Optional.of(found.proof()));
      }
    }
  }

  private Recovery recover(SliverRecoverer recoverer, SliverId target, RecoverySymbol[] symbols) {
    try {
      return recoverer.recoverOptimistically(metadata, target, Arrays.asList(symbols));
    } catch (RedStuffException e) {
      throw new IllegalStateException("symbols of verified slivers were refused", e);
    }
  }

  /** For each target its symbols, from just as many sources as needed. */
  private List<RecoverySymbol[]> cut(Axis axis, List<SliverFile> targets) throws CommandException {
    int needed = needed(axis);
    List<SliverFile> files = census.good(axis.opposite()).stream().limit(needed).toList();
    List<Sliver> held = held(axis.opposite()).stream().limit(needed - files.size()).toList();
    Map<SliverId, Integer> ranks = new HashMap<>();
    files.forEach(file -> ranks.put(file.id(), ranks.size()));
    held.forEach(sliver -> ranks.put(sliver.id(), ranks.size()));
    List<RecoverySymbol[]> symbols = targets.stream().map(_ -> new RecoverySymbol[needed]).toList();
    try (Progress progress =
        session.startProgress("reading " + axis.opposite(), needed, "slivers")) {
      for (SliverState state :
          inspector.expand(files, source -> cut(source, ranks, targets, symbols), progress)) {
        if (!(state instanceof SliverState.Good)) {
          throw CommandException.usage(state.file().name() + ": changed while it was read");
        }
      }
      Workers.map(
          codec.parallelism(),
          held,
          progress,
          _ ->
              sliver -> {
                try (Arena arena = Arena.ofConfined()) {
                  cut(codec.expand(metadata, sliver, arena), ranks, targets, symbols);
                } catch (VerificationException e) {
                  throw new IllegalStateException(sliver.id() + " sliver was verified before", e);
                }
                return true;
              });
    }
    filesRead += files.size();
    bytesRead += files.size() * fileBytes(axis.opposite());
    return symbols;
  }

  private static void cut(
      ExpandedSliver source,
      Map<SliverId, Integer> ranks,
      List<SliverFile> targets,
      List<RecoverySymbol[]> symbols) {
    int rank = ranks.get(source.sliver().id());
    for (int i = 0; i < targets.size(); i++) {
      symbols.get(i)[rank] = source.recoverySymbol(targets.get(i).id().index());
    }
  }

  private long fileBytes(Axis axis) {
    EncodingParameters parameters = census.parameters();
    return SliverBcs.length(parameters.sliverLength(axis, metadata.symbolSize()));
  }

  private long bytesPerTarget(Axis axis) {
    int height = Integer.SIZE - Integer.numberOfLeadingZeros(census.parameters().shards() - 1);
    long perSymbol = metadata.symbolSize() + SYMBOL_OVERHEAD + (long) height * NODE_BYTES;
    return needed(axis) * perSymbol + 2 * fileBytes(axis);
  }
}
