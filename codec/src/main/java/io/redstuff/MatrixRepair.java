package io.redstuff;

import io.redstuff.internal.SliverHealer;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import io.redstuff.proof.SymbolVerifier;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Restores all slivers that can be restored from the slivers and loose symbols that survive.
 *
 * <p>Rows help columns and columns help rows: what is restored on one axis gives symbols to the
 * other, round by round, until nothing more comes. Targets that have enough whole slivers of the
 * other axis are decoded together; the others one by one, from slivers and loose symbols.
 *
 * <p>Everything that comes out has been re-hashed. A sliver that decodes, from committed symbols,
 * to something else than the metadata commits to is the writer's fault and comes with its proof.
 * For one thread at a time; used for one repair.
 */
final class MatrixRepair {
  /** Symbols are cut for as many targets at once as fit this many bytes. */
  private static final long BATCH_BYTES = 256L << 20;

  private final EncodingParameters parameters;
  private final Engine engine;
  private final Arena arena;
  private final VerifiedMetadata metadata;
  private final SliverVerifier verifier;
  private final Map<Axis, SliverHealer> healers = new EnumMap<>(Axis.class);

  /** By axis and index, what is known to be good. */
  private final Map<Axis, TreeMap<Integer, VerifiedSliver>> good = new EnumMap<>(Axis.class);

  /** By sliver, the proven loose symbols on it by the index of the sliver that crosses it. */
  private final Map<SliverId, TreeMap<Integer, GeneralRecoverySymbol>> loose = new HashMap<>();

  private final Set<SliverId> bad = new TreeSet<>();
  private final List<RejectedSymbol> rejected = new ArrayList<>();
  private final List<VerifiedSliver> restored = new ArrayList<>();

  /** Slivers that cannot come back: their symbols contradict the metadata. */
  private final Map<SliverId, InconsistencyProof> inconsistent = new HashMap<>();

  private final Set<SliverId> contradicted = new HashSet<>();

  MatrixRepair(
      EncodingParameters parameters, Engine engine, VerifiedMetadata metadata, Arena arena) {
    SliverVerifier.checkShards(parameters, metadata);
    this.parameters = parameters;
    this.engine = engine;
    this.arena = arena;
    this.metadata = metadata;
    this.verifier = new SliverVerifier(parameters, engine, arena);
    for (Axis axis : Axis.values()) {
      good.put(axis, new TreeMap<>());
    }
  }

  RepairResult repair(Collection<Sliver> survivors, Collection<GeneralRecoverySymbol> symbols) {
    sortSlivers(survivors);
    sortSymbols(symbols);
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Axis axis : Axis.values()) {
        progress |= repairAxis(axis);
      }
    }
    List<SliverId> unrestored = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      for (int index : missing(axis)) {
        unrestored.add(new SliverId(axis, index));
      }
    }
    return new RepairResult(
        restored, unrestored, List.copyOf(bad), rejected, List.copyOf(inconsistent.values()));
  }

  private void sortSlivers(Collection<Sliver> survivors) {
    for (Sliver sliver : survivors) {
      SliverId id = sliver.id();
      try {
        VerifiedSliver verified = verifier.verify(metadata, sliver);
        good.get(id.axis()).putIfAbsent(id.index(), verified);
      } catch (VerificationException e) {
        bad.add(id);
      }
    }
  }

  private void sortSymbols(Collection<GeneralRecoverySymbol> symbols) {
    SymbolVerifier symbolVerifier = new SymbolVerifier(engine, arena);
    Map<GeneralRecoverySymbol, RejectedSymbol> failed = symbolVerifier.verify(metadata, symbols);
    rejected.addAll(failed.values());
    for (GeneralRecoverySymbol symbol : symbols) {
      if (!failed.containsKey(symbol)) {
        put(symbol.target(), symbol.sourceIndex(), symbol);
        put(symbol.source(), symbol.targetIndex(), symbol);
      }
    }
  }

  private void put(SliverId sliver, int crossing, GeneralRecoverySymbol symbol) {
    TreeMap<Integer, GeneralRecoverySymbol> onSliver =
        loose.computeIfAbsent(sliver, id -> new TreeMap<>());
    // one that is proven against the other axis can also serve in an inconsistency proof
    onSliver.merge(crossing, symbol, (old, now) -> old.target().equals(sliver) ? old : now);
  }

  private int[] missing(Axis axis) {
    TreeMap<Integer, VerifiedSliver> present = good.get(axis);
    int[] missing = new int[parameters.shards() - present.size()];
    int count = 0;
    for (int index = 0; index < parameters.shards(); index++) {
      if (!present.containsKey(index)) {
        missing[count++] = index;
      }
    }
    return missing;
  }

  /** One round on one axis; true if a sliver came back. */
  private boolean repairAxis(Axis axis) {
    int before = good.get(axis).size();
    int[] targets =
        Arrays.stream(missing(axis))
            .filter(index -> !contradicted.contains(new SliverId(axis, index)))
            .toArray();
    TreeMap<Integer, VerifiedSliver> sources = good.get(axis.opposite());
    int needed = parameters.symbolsPerSliver(axis);
    if (sources.size() >= needed) {
      repairTogether(axis, targets, sources);
    } else {
      for (int target : targets) {
        repairAlone(new SliverId(axis, target), sources);
      }
    }
    return good.get(axis).size() > before;
  }

  private void repairTogether(
      Axis axis, int[] targets, NavigableMap<Integer, VerifiedSliver> available) {
    int needed = parameters.symbolsPerSliver(axis);
    int[] sources = available.keySet().stream().limit(needed).mapToInt(i -> i).toArray();
    MemorySegment[] slivers = new MemorySegment[needed];
    for (int i = 0; i < needed; i++) {
      slivers[i] = available.get(sources[i]).sliver().segment();
    }
    int symbolSize = metadata.symbolSize();
    long sliverBytes = parameters.sliverLength(axis, symbolSize);
    int batch = Math.clamp(BATCH_BYTES / sliverBytes, 1, Math.max(1, targets.length));
    for (int from = 0; from < targets.length; from += batch) {
      int[] now = Arrays.copyOfRange(targets, from, Math.min(targets.length, from + batch));
      try (Arena scratch = Arena.ofConfined()) {
        MemorySegment symbols = scratch.allocate(now.length * sliverBytes, 64);
        MemorySegment decoded = scratch.allocate(now.length * sliverBytes, 64);
        healer(axis).cut(slivers, now, symbolSize, symbols);
        healer(axis).decode(sources, symbols, now.length, symbolSize, decoded);
        keep(axis, now, decoded, sources);
      }
    }
  }

  /** Hashes decoded slivers; keeps the right ones, and proofs of inconsistency for the others. */
  private void keep(Axis axis, int[] targets, MemorySegment decoded, int[] sources) {
    int symbolSize = metadata.symbolSize();
    long sliverBytes = parameters.sliverLength(axis, symbolSize);
    List<SliverId> wrong = new ArrayList<>();
    verifier
        .hasher(axis)
        .hash(
            decoded,
            0,
            sliverBytes,
            targets.length,
            symbolSize,
            (lane, root) -> {
              SliverId id = new SliverId(axis, targets[lane]);
              if (metadata.matches(id, MemorySegment.ofArray(root), 0)) {
                keep(id, decoded.asSlice(lane * sliverBytes, sliverBytes));
              } else {
                wrong.add(id);
              }
            });
    if (!wrong.isEmpty()) {
      contradicted.addAll(wrong);
      // one proof exposes the writer; making one for every sliver would expand all sources for each
      SliverId first = wrong.getFirst();
      inconsistent.put(first, prove(first, sources));
    }
  }

  private void keep(SliverId id, MemorySegment symbols) {
    byte[] bytes = symbols.toArray(ValueLayout.JAVA_BYTE);
    Sliver sliver = Sliver.of(id, metadata.symbolSize(), MemorySegment.ofArray(bytes));
    VerifiedSliver verified = new VerifiedSliver(sliver, metadata.blobId());
    good.get(id.axis()).put(id.index(), verified);
    restored.add(verified);
  }

  private InconsistencyProof prove(SliverId target, int[] sources) {
    List<RecoverySymbol> symbols = new ArrayList<>();
    for (int source : sources) {
      symbols.add(cut(new SliverId(target.axis().opposite(), source), target.index()));
    }
    return new InconsistencyProof(target, symbols);
  }

  private RecoverySymbol cut(SliverId source, int target) {
    Sliver sliver = good.get(source.axis()).get(source.index()).sliver();
    try (Arena scratch = Arena.ofConfined()) {
      return ExpandedSliver.of(parameters, engine, metadata, sliver, scratch)
          .recoverySymbol(target);
    } catch (VerificationException e) {
      throw new IllegalStateException(source + " sliver changed after it was verified", e);
    }
  }

  /** Recovers one sliver from the slivers and the loose symbols that cross it. */
  private void repairAlone(SliverId target, NavigableMap<Integer, VerifiedSliver> sources) {
    int needed = parameters.symbolsPerSliver(target.axis());
    TreeMap<Integer, GeneralRecoverySymbol> symbols = loose.getOrDefault(target, new TreeMap<>());
    TreeSet<Integer> crossing = new TreeSet<>(sources.keySet());
    crossing.addAll(symbols.keySet());
    if (crossing.size() < needed) {
      return;
    }
    int symbolSize = metadata.symbolSize();
    long sliverBytes = parameters.sliverLength(target.axis(), symbolSize);
    int[] used = crossing.stream().limit(needed).mapToInt(i -> i).toArray();
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment collected = scratch.allocate(sliverBytes, 64);
      MemorySegment decoded = scratch.allocate(sliverBytes, 64);
      List<RecoverySymbol> evidence = new ArrayList<>();
      for (int i = 0; i < used.length; i++) {
        byte[] data;
        if (sources.containsKey(used[i])) {
          RecoverySymbol symbol =
              cut(new SliverId(target.axis().opposite(), used[i]), target.index());
          evidence.add(symbol);
          data = symbol.data();
        } else {
          GeneralRecoverySymbol symbol = symbols.get(used[i]);
          if (symbol.target().equals(target)) {
            evidence.add(symbol.symbol());
          }
          data = symbol.data();
        }
        MemorySegment.copy(
            data, 0, collected, ValueLayout.JAVA_BYTE, (long) i * symbolSize, symbolSize);
      }
      healer(target.axis()).decode(used, collected, 1, symbolSize, decoded);
      Sliver sliver = Sliver.of(target, symbolSize, decoded);
      if (verifier.matches(metadata, sliver)) {
        keep(target, decoded);
      } else {
        contradicted.add(target);
        if (evidence.size() == needed) {
          inconsistent.put(target, new InconsistencyProof(target, evidence));
        }
      }
    }
  }

  private SliverHealer healer(Axis axis) {
    return healers.computeIfAbsent(axis, a -> new SliverHealer(parameters, a, engine, arena));
  }
}
