package io.redstuff.codec;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import io.redstuff.proof.SymbolVerifier;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private final EncodingParameters parameters;
  private final Engine engine;
  private final Arena arena;
  private final VerifiedMetadata metadata;
  private final SliverVerifier verifier;
  private final SliverRecoverer recoverer;

  /** By axis and index, what is known to be good. */
  private final Map<Axis, TreeMap<Integer, VerifiedSliver>> good = new EnumMap<>(Axis.class);

  /** By sliver, the proven loose symbols on it by the index of the sliver that crosses it. */
  private final Map<SliverId, TreeMap<Integer, GeneralRecoverySymbol>> loose = new HashMap<>();

  private final Set<SliverId> bad = new TreeSet<>();
  private final List<RejectedSymbol> rejected = new ArrayList<>();
  private final List<VerifiedSliver> restored = new ArrayList<>();
  private final List<InconsistencyProof> inconsistencies = new ArrayList<>();

  /** Slivers that cannot come back: committed symbols decode to something else. */
  private final Set<SliverId> contradicted = new HashSet<>();

  MatrixRepair(RedStuff codec, VerifiedMetadata metadata, Arena arena) {
    this.parameters = codec.parameters();
    DecodeRules.checkShards(parameters, metadata);
    this.engine = codec.engine();
    this.arena = arena;
    this.metadata = metadata;
    this.verifier = codec.newVerifier(arena);
    this.recoverer = codec.newRecoverer(arena);
    for (Axis axis : Axis.values()) {
      good.put(axis, new TreeMap<>());
    }
  }

  /**
   * Repairs.
   *
   * @param wanted which slivers to restore; others only as far as they are needed for these
   */
  RepairResult repair(
      Collection<Sliver> survivors,
      Collection<GeneralRecoverySymbol> symbols,
      Collection<SliverId> wanted)
      throws InsufficientDataException {
    sortSlivers(survivors);
    sortSymbols(symbols);
    repairUntilNothingComes(wanted);
    if (!missing(wanted).isEmpty()) {
      repairUntilNothingComes(all());
    }
    return new RepairResult(restored, missing(wanted), List.copyOf(bad), rejected, inconsistencies);
  }

  private List<SliverId> all() {
    List<SliverId> all = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      for (int index = 0; index < parameters.shards(); index++) {
        all.add(new SliverId(axis, index));
      }
    }
    return all;
  }

  private void sortSlivers(Collection<Sliver> survivors) {
    // what is wrong with a bad one does not matter here: it is as good as missing
    for (VerifiedSliver verified :
        verifier.verifyAll(metadata, List.copyOf(survivors), (sliver, _) -> bad.add(sliver.id()))) {
      SliverId id = verified.sliver().id();
      good.get(id.axis()).putIfAbsent(id.index(), verified);
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
    // one that is proven against the crossing sliver can also serve in an inconsistency proof
    loose
        .computeIfAbsent(sliver, id -> new TreeMap<>())
        .merge(crossing, symbol, (old, now) -> old.target().equals(sliver) ? old : now);
  }

  private List<SliverId> missing(Collection<SliverId> wanted) {
    return wanted.stream()
        .filter(id -> !good.get(id.axis()).containsKey(id.index()))
        .sorted()
        .toList();
  }

  private void repairUntilNothingComes(Collection<SliverId> wanted)
      throws InsufficientDataException {
    int before;
    do {
      before = restored.size();
      for (Axis axis : Axis.values()) {
        repairAxis(
            axis,
            missing(wanted).stream()
                .filter(id -> id.axis() == axis && !contradicted.contains(id))
                .toList());
      }
    } while (restored.size() > before);
  }

  private void repairAxis(Axis axis, List<SliverId> targets) throws InsufficientDataException {
    TreeMap<Integer, VerifiedSliver> sources = good.get(axis.opposite());
    if (sources.size() >= parameters.symbolsPerSliver(axis)) {
      RecoveredSlivers result = recoverer.recoverMany(metadata, targets, sources.values());
      result.recovered().forEach(this::keep);
      contradicted.addAll(result.contradicted());
      result.proof().ifPresent(inconsistencies::add);
    } else {
      for (SliverId target : targets) {
        repairAlone(target);
      }
    }
  }

  private void keep(VerifiedSliver sliver) {
    SliverId id = sliver.sliver().id();
    good.get(id.axis()).put(id.index(), sliver);
    restored.add(sliver);
  }

  /** Recovers one sliver from the slivers and the loose symbols that cross it. */
  private void repairAlone(SliverId target) throws InsufficientDataException {
    int needed = parameters.symbolsPerSliver(target.axis());
    TreeMap<Integer, VerifiedSliver> sources = good.get(target.axis().opposite());
    TreeMap<Integer, GeneralRecoverySymbol> symbols = loose.getOrDefault(target, new TreeMap<>());
    TreeSet<Integer> crossing = new TreeSet<>(sources.keySet());
    crossing.addAll(symbols.keySet());
    if (crossing.size() < needed) {
      return;
    }
    List<DecodingSymbol> used = new ArrayList<>();
    List<RecoverySymbol> evidence = new ArrayList<>();
    for (int index : crossing.stream().limit(needed).toList()) {
      if (sources.containsKey(index)) {
        evidence.add(recoverer.cut(metadata, sources.get(index), target.index()));
        used.add(evidence.getLast().withoutProof());
      } else {
        GeneralRecoverySymbol symbol = symbols.get(index);
        if (symbol.target().equals(target)) {
          evidence.add(symbol.withoutTarget());
        }
        used.add(new DecodingSymbol(index, symbol.data()));
      }
    }
    try {
      keep(recoverer.recoverUnproven(metadata, target, used));
    } catch (VerificationException e) {
      // the symbols are proven, so it is the target's hash that is wrong
      contradicted.add(target);
      if (evidence.size() == needed) {
        inconsistencies.add(new InconsistencyProof(target, evidence));
      }
    }
  }
}
