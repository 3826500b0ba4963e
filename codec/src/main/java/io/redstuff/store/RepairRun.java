package io.redstuff.store;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.Crossing;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.RejectedSymbol;
import io.redstuff.proof.SymbolVerifier;
import io.redstuff.stream.StreamDecoder;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The repair of one encoding: one call of {@link SliverRepair#run}. */
final class RepairRun implements AutoCloseable {
  private final StoredEncoding stored;
  private final EncodingParameters parameters;
  private final Inspection found;
  private final Workspace workspace;
  private final WorkMonitor monitor;
  private final StoredSlivers slivers;
  private final RestoredSlivers restored;
  private final Arena arena = Arena.ofShared();
  private final Map<Axis, CrossRepair> crossings = new EnumMap<>(Axis.class);

  /** By sliver, the proven loose symbols on it by the index of the sliver that crosses it. */
  private final Map<SliverId, NavigableMap<Integer, GeneralRecoverySymbol>> loose = new HashMap<>();

  private final List<RejectedSymbol> rejected = new ArrayList<>();

  /** What is to be restored. */
  private final NavigableSet<SliverId> targets = new TreeSet<>();

  /** Those of them that the blob does not have as the metadata commits to them. */
  private final Set<SliverId> notInBlob = new TreeSet<>();

  private final NavigableMap<SliverId, String> unrestored = new TreeMap<>();
  private final Set<SliverId> contradicted = new TreeSet<>();
  private Optional<InconsistencyProof> inconsistency = Optional.empty();
  private boolean isInconsistent;
  private final long wantedBytes;

  RepairRun(
      StoredEncoding stored,
      Inspection found,
      Collection<GeneralRecoverySymbol> symbols,
      Workspace workspace,
      Durability durability,
      WorkMonitor monitor) {
    this.stored = stored;
    this.parameters = stored.metadata().parameters();
    this.found = found;
    this.workspace = workspace;
    this.monitor = Monitors.rising(monitor);
    this.slivers = stored.slivers();
    found.states().forEach(slivers::know);
    this.restored = new RestoredSlivers(stored, slivers, durability);
    found.checked().stream().filter(id -> found.state(id).isLacking()).forEach(targets::add);
    this.wantedBytes = bytes(targets);
    sort(symbols);
  }

  private void sort(Collection<GeneralRecoverySymbol> symbols) {
    Map<GeneralRecoverySymbol, RejectedSymbol> failed;
    try (Arena scratch = Arena.ofConfined()) {
      failed =
          new SymbolVerifier(stored.codec().engine(), scratch).verify(stored.metadata(), symbols);
    }
    rejected.addAll(failed.values());
    for (GeneralRecoverySymbol symbol : symbols) {
      if (!failed.containsKey(symbol)) {
        sort(symbol.target(), symbol.sourceIndex(), symbol);
        sort(symbol.source(), symbol.targetIndex(), symbol);
      }
    }
  }

  /** One that is proven against the crossing sliver can also serve in an inconsistency proof. */
  private void sort(SliverId sliver, int crossing, GeneralRecoverySymbol symbol) {
    loose
        .computeIfAbsent(sliver, _ -> new TreeMap<>())
        .merge(crossing, symbol, (old, now) -> old.target().equals(sliver) ? old : now);
  }

  /** Restores what can be restored. */
  RepairReport report() throws IOException {
    tell(0);
    while (!targets.isEmpty() && restoreSome()) {
      tell(0);
    }
    for (SliverId target : targets) {
      unrestored.put(target, shortage(target.axis()));
    }
    return new RepairReport(
        found,
        found.now(slivers),
        unrestored,
        rejected,
        isInconsistent,
        inconsistency,
        slivers.sliversRead(),
        slivers.bytesRead());
  }

  private String shortage(Axis axis) {
    return "%s slivers cannot be recovered: got %s usable %s slivers, needed %s"
        .formatted(
            axis,
            slivers.count(axis.opposite()),
            axis.opposite(),
            parameters.symbolsPerSliver(axis));
  }

  /**
   * Takes one step: some targets are restored or given up, or some bad slivers are left out.
   *
   * @return false if nothing can be done
   */
  private boolean restoreSome() throws IOException {
    if (!parameters.isDecodable(slivers.count(Axis.PRIMARY), slivers.count(Axis.SECONDARY))) {
      return restoreWithLooseSymbols();
    }
    List<Axis> crossable = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      int needed = parameters.symbolsPerSliver(axis);
      if (!targets(axis).isEmpty() && slivers.count(axis.opposite()) >= needed) {
        crossable.add(axis);
      }
    }
    if (isBlobWorthwhile(crossable)) {
      restoreFromBlob();
    } else if (!crossable.isEmpty()) {
      restoreByCrossing(crossable.getFirst());
    } else {
      // The blob could be decoded, but is not what the metadata commits to.
      isInconsistent = true;
      giveUp(List.copyOf(targets));
    }
    return true;
  }

  private List<SliverId> targets(Axis axis) {
    return targets.stream().filter(id -> id.axis() == axis).toList();
  }

  /**
   * Returns whether to decode the blob: where that is the only way, or reads less than to take
   * symbols from slivers that cross the targets.
   *
   * @throws IllegalArgumentException if it is the only way, and there is no room
   */
  private boolean isBlobWorthwhile(List<Axis> crossable) {
    List<SliverId> left = targets.stream().filter(id -> !notInBlob.contains(id)).toList();
    if (left.isEmpty()) {
      return false;
    }
    boolean isOnlyWay = left.stream().anyMatch(id -> !crossable.contains(id.axis()));
    boolean hasRoom = MatrixRoom.isIn(workspace, stored);
    if (isOnlyWay && !hasRoom && crossable.isEmpty()) {
      throw new IllegalArgumentException(
          "memory budget: got %s bytes and no place for a temporary file, expected one or at least %s bytes to decode the blob into"
              .formatted(workspace.memoryBudget(), MatrixRoom.memoryFor(stored)));
    }
    // Slivers beyond the blob's own rows and columns take all of it, once for each axis, or more
    // often if there are too many to be restored together.
    List<Axis> beyond =
        left.stream()
            .filter(id -> id.index() >= parameters.sourceSymbols(id.axis()))
            .map(SliverId::axis)
            .distinct()
            .toList();
    boolean isRepeated =
        beyond.size() > 1
            || beyond.stream().anyMatch(axis -> targets(axis).size() > crossing(axis).most());
    return hasRoom && (isOnlyWay || isRepeated);
  }

  /** Decodes the blob and encodes the targets. */
  private void restoreFromBlob() throws IOException {
    Set<SliverId> wanted = new TreeSet<>(targets);
    wanted.removeAll(notInBlob);
    long bytes = bytes(wanted);
    try (MatrixRoom room = MatrixRoom.in(workspace, stored)) {
      StreamDecoder.of(stored.codec(), room.rest())
          .reportingTo(slivers::leaveOut)
          .watchedBy(step(0, bytes / 2))
          .decode(room.metadata(), slivers, ConsistencyCheck.DEFAULT, room.blob());
      Set<SliverPairIndex> pairs =
          wanted.stream().map(id -> id.pair(parameters)).collect(Collectors.toSet());
      StreamEncoder.of(stored.codec(), room.rest())
          .watchedBy(step(bytes / 2, bytes))
          .encodePairs(room.blob(), pairs, restored.sink(wanted));
      Set<SliverId> refused = restored.keepGood();
      notInBlob.addAll(refused);
      targets.removeAll(wanted);
      targets.addAll(refused);
    } catch (InsufficientDataException _) {
      // Slivers were left out, and what is there now is for the next step to see.
      return;
    } catch (VerificationException e) {
      if (e.reason() == VerificationException.Reason.INCONSISTENT_BLOB) {
        notInBlob.addAll(targets);
      }
    }
  }

  /** Restores targets of an axis from symbols of slivers of the other axis. */
  private void restoreByCrossing(Axis axis) throws IOException {
    CrossRepair cross = crossing(axis);
    List<SliverId> left = targets(axis);
    List<SliverId> now = left.subList(0, Math.min(left.size(), cross.most()));
    Crossing crossing = cross.crossing(slivers.usable(axis.opposite()));
    List<SliverId> mismatches = new ArrayList<>();
    long bytes = bytes(now);
    boolean read =
        cross.restore(
            now,
            crossing,
            Map.of(),
            step(0, bytes),
            (sliver, symbols, matches) -> {
              if (matches) {
                restored.put(sliver, symbols);
              } else {
                mismatches.add(sliver);
              }
            });
    restored.commit();
    if (read) {
      now.stream().filter(id -> !mismatches.contains(id)).forEach(targets::remove);
      for (SliverId mismatch : mismatches) {
        judge(mismatch, crossing, Map.of());
      }
    }
  }

  private CrossRepair crossing(Axis axis) {
    return crossings.computeIfAbsent(
        axis, a -> new CrossRepair(stored, slivers, a, workspace.memoryBudget(), arena));
  }

  /**
   * Finds out who is to blame for a sliver that came out wrong: bad slivers, which are left out
   * from now on, or the writer.
   */
  private void judge(
      SliverId target, Crossing crossing, Map<Integer, GeneralRecoverySymbol> proven) {
    List<SliverId> sources = new ArrayList<>();
    for (int index : crossing.used()) {
      if (!proven.containsKey(index)) {
        sources.add(new SliverId(crossing.axis(), index));
      }
    }
    stored.check(slivers, sources, step(0, 0));
    if (!sources.stream().allMatch(slivers::has)) {
      return;
    }
    isInconsistent = true;
    giveUp(List.of(target));
    if (inconsistency.isEmpty()) {
      inconsistency = evidence(target, crossing, proven);
    }
  }

  private void giveUp(List<SliverId> hopeless) {
    contradicted.addAll(hopeless);
    for (SliverId target : hopeless) {
      if (targets.remove(target)) {
        unrestored.put(
            target, "proven symbols of " + target.axis() + " slivers contradict the metadata");
      }
    }
  }

  /**
   * Returns the symbols that gave the wrong sliver, unless one is not proven against its source.
   */
  private Optional<InconsistencyProof> evidence(
      SliverId target, Crossing crossing, Map<Integer, GeneralRecoverySymbol> proven) {
    List<RecoverySymbol> symbols = new ArrayList<>();
    for (int index : crossing.used()) {
      GeneralRecoverySymbol symbol = proven.get(index);
      if (symbol == null) {
        slivers.cut(new SliverId(crossing.axis(), index), target).ifPresent(symbols::add);
      } else if (symbol.target().equals(target)) {
        symbols.add(symbol.withoutTarget());
      }
    }
    return symbols.size() == crossing.used().length
        ? Optional.of(new InconsistencyProof(target, symbols))
        : Optional.empty();
  }

  /**
   * Restores a single sliver where those of neither axis are enough: a target if it can be done,
   * else one that may help with them.
   */
  private boolean restoreWithLooseSymbols() throws IOException {
    if (loose.isEmpty()) {
      return false;
    }
    stored.check(slivers, StoredEncoding.all(parameters), step(0, 0));
    List<SliverId> candidates = new ArrayList<>(targets);
    candidates.addAll(loose.keySet());
    for (SliverId candidate : candidates) {
      Map<Integer, GeneralRecoverySymbol> symbols =
          new TreeMap<>(loose.getOrDefault(candidate, new TreeMap<>()));
      BitSet sources = slivers.usable(candidate.axis().opposite());
      symbols.keySet().removeIf(sources::get);
      symbols.keySet().forEach(sources::set);
      if (sources.cardinality() >= parameters.symbolsPerSliver(candidate.axis())
          && !slivers.has(candidate)
          && !contradicted.contains(candidate)) {
        restoreAlone(candidate, sources, symbols);
        return true;
      }
    }
    return false;
  }

  private void restoreAlone(
      SliverId target, BitSet sources, Map<Integer, GeneralRecoverySymbol> proven)
      throws IOException {
    CrossRepair cross = crossing(target.axis());
    Crossing crossing = cross.crossing(sources);
    List<SliverId> mismatches = new ArrayList<>();
    cross.restore(
        List.of(target),
        crossing,
        proven,
        step(0, 0),
        (sliver, symbols, matches) -> {
          if (!matches) {
            mismatches.add(sliver);
          } else if (targets.contains(sliver)) {
            restored.put(sliver, symbols);
            targets.remove(sliver);
          } else {
            slivers.hold(sliver, arena.allocate(symbols.byteSize(), 64).copyFrom(symbols));
          }
        });
    restored.commit();
    for (SliverId mismatch : mismatches) {
      judge(mismatch, crossing, proven);
    }
  }

  private long bytes(Collection<SliverId> of) {
    return of.stream().mapToLong(id -> stored.place(id).length()).sum();
  }

  /** Tells of so many bytes more than those of targets that are done with. */
  private void tell(long more) {
    Monitors.tell(monitor, wantedBytes - bytes(targets) + more, wantedBytes);
  }

  /** For a part of a step: that much beyond the targets that are done with. */
  private WorkMonitor step(long from, long to) {
    long done = wantedBytes - bytes(targets);
    return Monitors.step(monitor, done + from, done + to, wantedBytes);
  }

  @Override
  public void close() {
    try (arena) {
      restored.close();
    }
  }
}
