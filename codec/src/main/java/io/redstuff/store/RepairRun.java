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
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
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
  private final SliverRepair repair;
  private final StoredEncoding stored;
  private final EncodingParameters parameters;
  private final Workspace workspace;
  private final WorkMonitor monitor;
  private final StoredSlivers slivers;
  private final LooseSymbols loose;
  private final RestoredSlivers restored;
  private final Arena arena;
  private final Map<Axis, CrossRepair> crossings = new EnumMap<>(Axis.class);

  /** What is to be restored. */
  private final NavigableSet<SliverId> targets = new TreeSet<>();

  /** Those of them that the blob does not have as the metadata commits to them. */
  private final Set<SliverId> notInBlob = new TreeSet<>();

  /** Sources that were hashed to find out who is to blame, each once. */
  private final Set<SliverId> hashed = new TreeSet<>();

  private final NavigableMap<SliverId, String> unrestored = new TreeMap<>();
  private final Set<SliverId> contradicted = new TreeSet<>();
  private Optional<InconsistencyProof> inconsistency = Optional.empty();
  private boolean isInconsistent;
  private final long wantedBytes;

  RepairRun(SliverRepair repair, WorkMonitor monitor) {
    this.repair = repair;
    this.stored = repair.stored();
    this.parameters = stored.metadata().parameters();
    this.workspace = repair.workspace();
    this.monitor = Monitors.rising(monitor);
    this.arena = stored.newArena();
    this.slivers = stored.slivers();
    repair.found().states().forEach(slivers::know);
    this.loose = new LooseSymbols(stored, repair.symbols());
    this.restored = new RestoredSlivers(stored, slivers, repair.durability());
    for (SliverId sliver : repair.found().checked()) {
      if (!slivers.has(sliver)) {
        targets.add(sliver);
      }
    }
    this.wantedBytes = bytes(targets);
  }

  /** Restores what can be restored. */
  RepairReport report() throws IOException {
    do {
      step(0, 0).report(0, 0);
    } while (!targets.isEmpty() && restoreSome());
    for (SliverId target : targets) {
      Axis sources = target.axis().opposite();
      unrestored.put(
          target,
          "%s slivers cannot be recovered: got %s usable %s slivers, needed %s"
              .formatted(target.axis(), slivers.count(sources), sources, needed(target.axis())));
    }
    Inspection before = repair.found();
    Inspection after =
        new Inspection(
            before.metadata(),
            stored.states(slivers),
            before.checked(),
            before.strays(),
            before.bytesRead());
    return new RepairReport(
        before,
        after,
        unrestored,
        loose.rejected(),
        isInconsistent,
        inconsistency,
        slivers.sliversRead(),
        slivers.bytesRead());
  }

  /** Returns how many slivers of the other axis a sliver takes. */
  private int needed(Axis axis) {
    return parameters.symbolsPerSliver(axis);
  }

  private boolean isCrossable(Axis axis) {
    return slivers.count(axis.opposite()) >= needed(axis);
  }

  private List<SliverId> targets(Axis axis) {
    return targets.stream().filter(id -> id.axis() == axis).toList();
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
    Optional<Axis> crossable =
        targets.stream().map(SliverId::axis).filter(this::isCrossable).findFirst();
    if (isBlobWorthwhile(crossable.isPresent())) {
      restoreFromBlob();
    } else if (crossable.isPresent()) {
      List<SliverId> ofAxis = targets(crossable.get());
      int most = Math.min(ofAxis.size(), crossing(crossable.get()).most());
      BitSet sources = slivers.usable(crossable.get().opposite());
      restoreByCrossing(ofAxis.subList(0, most), sources, Map.of());
    } else {
      // The blob could be decoded, but is not what the metadata commits to.
      isInconsistent = true;
      List.copyOf(targets).forEach(this::giveUp);
    }
    return true;
  }

  /**
   * Returns whether to decode the blob: where that is the only way, or reads less than to take
   * symbols from slivers that cross the targets.
   *
   * @throws IllegalArgumentException if it is the only way, and there is no room
   */
  private boolean isBlobWorthwhile(boolean isOtherWay) {
    List<SliverId> left = targets.stream().filter(id -> !notInBlob.contains(id)).toList();
    boolean isOnlyWay = left.stream().anyMatch(id -> !isCrossable(id.axis()));
    boolean hasRoom = MatrixRoom.isIn(workspace, stored);
    if (isOnlyWay && !hasRoom && !isOtherWay) {
      throw new IllegalArgumentException(
          "memory budget: got %s bytes and no place for a temporary file, expected one or %s bytes"
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
      stored.decode(
          room.metadata(),
          slivers,
          ConsistencyCheck.DEFAULT,
          room.blob(),
          room.rest(),
          step(0, bytes / 2));
      Set<SliverPairIndex> pairs =
          wanted.stream().map(id -> id.pair(parameters)).collect(Collectors.toSet());
      StreamEncoder.of(stored.codec(), room.rest())
          .watchedBy(step(bytes / 2, bytes))
          .encodePairs(room.blob(), pairs, restored.sink(wanted));
      Set<SliverId> refused = restored.keepGood();
      notInBlob.addAll(refused);
      targets.removeAll(wanted);
      targets.addAll(refused);
    } catch (InsufficientDataException | VerificationException e) {
      // Slivers were left out, and what is there now is for the next step to see.
      if (e instanceof VerificationException v
          && v.reason() == VerificationException.Reason.INCONSISTENT_BLOB) {
        notInBlob.addAll(targets);
      }
    }
  }

  /**
   * Restores slivers of an axis from symbols of slivers of the other axis. One that nobody asked
   * for is kept as long as it may help.
   *
   * @param sources which slivers of the other axis
   * @param proven symbols of a single sliver, by source, that take the place of what would be read
   */
  private void restoreByCrossing(
      List<SliverId> now, BitSet sources, Map<Integer, GeneralRecoverySymbol> proven)
      throws IOException {
    CrossRepair cross = crossing(now.getFirst().axis());
    Crossing crossing = cross.crossing(sources);
    List<SliverId> mismatches = new ArrayList<>();
    boolean read =
        cross.restore(
            now,
            crossing,
            proven,
            step(0, bytes(now)),
            (sliver, symbols, matches) -> {
              if (!matches) {
                mismatches.add(sliver);
              } else if (targets.remove(sliver)) {
                restored.put(sliver, symbols);
              } else {
                slivers.hold(sliver, arena.allocate(symbols.byteSize(), 64).copyFrom(symbols));
              }
            });
    restored.commit();
    if (read) {
      mismatches.forEach(mismatch -> judge(mismatch, crossing, proven));
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
    // What the caller found good may not be any more; what is held in memory was hashed here.
    List<SliverId> doubtful =
        sources.stream()
            .filter(source -> !slivers.state(source).isLacking() && hashed.add(source))
            .toList();
    stored.recheck(slivers, doubtful, step(0, 0));
    if (sources.stream().allMatch(slivers::has)) {
      isInconsistent = true;
      giveUp(target);
      inconsistency = inconsistency.or(() -> evidence(target, crossing, proven));
    }
  }

  private void giveUp(SliverId target) {
    contradicted.add(target);
    if (targets.remove(target)) {
      unrestored.put(
          target, "proven symbols of " + target.axis() + " slivers contradict the metadata");
    }
  }

  /** Returns the symbols that gave the wrong sliver, if all are proven against their sources. */
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
    List<SliverId> candidates = new ArrayList<>(loose.slivers());
    candidates.removeAll(contradicted);
    candidates.sort((a, b) -> Boolean.compare(targets.contains(b), targets.contains(a)));
    if (!candidates.isEmpty()) {
      stored.check(slivers, StoredEncoding.all(parameters), step(0, 0));
    }
    for (SliverId candidate : candidates) {
      Map<Integer, GeneralRecoverySymbol> symbols = loose.on(candidate);
      BitSet sources = slivers.usable(candidate.axis().opposite());
      symbols.keySet().removeIf(sources::get);
      symbols.keySet().forEach(sources::set);
      if (sources.cardinality() >= needed(candidate.axis()) && !slivers.has(candidate)) {
        restoreByCrossing(List.of(candidate), sources, symbols);
        return true;
      }
    }
    return false;
  }

  private long bytes(Collection<SliverId> of) {
    return of.stream().mapToLong(id -> stored.place(id).length()).sum();
  }

  /** For a step: so much after the targets that are done with, and never less than was told. */
  private WorkMonitor step(long from, long to) {
    long done = wantedBytes - bytes(targets);
    return Monitors.step(monitor, done + from, done + to, wantedBytes);
  }

  @Override
  public void close() throws IOException {
    try (arena) {
      restored.close();
    }
  }
}
