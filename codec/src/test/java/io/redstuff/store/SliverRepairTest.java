package io.redstuff.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.StoredBlob;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.store.SliverState.Condition;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With 10 shards, 7 secondary slivers restore primary ones and 4 primary slivers secondary ones.
 */
class SliverRepairTest {
  private static final StoredBlob HONEST = StoredBlob.honest(10, 1300, 1);
  private static final Workspace MUCH = Workspace.ofMemory(1L << 30);

  @TempDir private Path directory;

  /** A blob's slivers in memory, some of which are then lost or spoilt. */
  private static final class Case {
    final StoredBlob blob;
    final MeteredStore store;
    final MemoryStore memory;
    final StoredEncoding stored;

    Case(StoredBlob blob, Collection<Sliver> left) throws IOException, RedStuffException {
      this.blob = blob;
      this.memory = MemoryStore.of(blob.metadata, left);
      this.store = new MeteredStore(memory);
      this.stored = StoredEncoding.of(store, blob.codec, blob.metadata);
    }

    static Case without(StoredBlob blob, SliverId... lost) throws IOException, RedStuffException {
      List<SliverId> gone = Arrays.asList(lost);
      return new Case(blob, blob.all().stream().filter(s -> !gone.contains(s.id())).toList());
    }

    /** Turns a bit of a sliver that is there. */
    Case spoil(SliverId... slivers) throws IOException {
      try (SliverStore.Batch batch = memory.begin(SliverStore.Mode.ADD, Durability.BUFFERED)) {
        for (SliverId id : slivers) {
          byte[] bytes = blob.sliver(id).toBytes();
          bytes[2 * blob.metadata.symbolSize() + 5] ^= 1; // on row or column 2
          batch.write(stored.place(id), 0, MemorySegment.ofArray(bytes));
        }
        batch.commit(new byte[0]);
      }
      return this;
    }

    RepairReport repair() throws IOException {
      return SliverRepair.of(stored, stored.inspect(WorkMonitor.NONE), MUCH).run(WorkMonitor.NONE);
    }

    /** Checks and repairs these alone. */
    RepairReport repair(Workspace workspace, SliverId... wanted) throws IOException {
      Inspection found = stored.inspect(List.of(wanted), WorkMonitor.NONE);
      return SliverRepair.of(stored, found, workspace).run(WorkMonitor.NONE);
    }

    RepairReport repair(Collection<GeneralRecoverySymbol> loose) throws IOException {
      return repair(stored.inspect(WorkMonitor.NONE), loose);
    }

    RepairReport repair(Inspection found, Collection<GeneralRecoverySymbol> loose)
        throws IOException {
      return new SliverRepair(stored, found, List.copyOf(loose), MUCH, Durability.BUFFERED)
          .run(WorkMonitor.NONE);
    }

    void assertHas(SliverId... slivers) {
      Set<Sliver> there = Set.copyOf(memory.slivers());
      for (SliverId id : slivers) {
        assertTrue(there.contains(blob.sliver(id)), id::toString);
      }
    }

    long bytes(SliverId... slivers) {
      return Arrays.stream(slivers).mapToLong(id -> stored.place(id).length()).sum();
    }
  }

  private static SliverId[] ids(Axis axis, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(index -> new SliverId(axis, index))
        .toArray(SliverId[]::new);
  }

  private static SliverId[] both(SliverId[] one, SliverId[] other) {
    return Stream.of(one, other).flatMap(Arrays::stream).toArray(SliverId[]::new);
  }

  private static SliverId[] all(int shards) {
    return both(ids(Axis.PRIMARY, 0, shards), ids(Axis.SECONDARY, 0, shards));
  }

  // --- what is read ---

  /** Rows and columns of the blob itself: one symbol of just enough slivers of the other axis. */
  @ParameterizedTest
  @EnumSource
  void sourceSliversTakeASymbolOfEach(Axis axis) throws Exception {
    // Symbols of 6 KiB, between which nothing is read for the sake of fewer reads.
    StoredBlob blob = StoredBlob.honest(10, 28 * 6000, 2);
    SliverId[] lost = {new SliverId(axis, 0), new SliverId(axis, 1), new SliverId(axis, 3)};
    Case repair = Case.without(blob, lost);
    RepairReport report = repair.repair(MUCH, lost);
    repair.assertHas(lost);
    assertEquals(List.of(lost), report.restored());
    int needed = blob.codec.parameters().symbolsPerSliver(axis);
    assertEquals(3L * needed * blob.metadata.symbolSize(), repair.store.bytesRead.sum());
    assertEquals(repair.store.bytesRead.sum(), report.bytesRead());
    assertEquals(needed, report.sliversRead());
    assertEquals(0, report.before().bytesRead());
    assertEquals(10, report.after().count(axis.opposite(), Condition.UNCHECKED));
    assertEquals(3, report.after().count(axis, Condition.RESTORED));
    assertEquals(7, report.after().count(axis, Condition.UNCHECKED));
  }

  /** The aim of 0.2 of 10 GiB for three of each axis, with 1000 shards and a shorter blob. */
  @Test
  void threeSourceSliversOfEachAxisOfAThousandTakeLittle() throws Exception {
    StoredBlob blob = StoredBlob.honest(1000, 334 * 667 * 4, 3);
    SliverId[] lost = both(ids(Axis.PRIMARY, 5, 8), ids(Axis.SECONDARY, 5, 8));
    Case repair = Case.without(blob, lost);
    RepairReport report = repair.repair(MUCH, lost);
    repair.assertHas(lost);
    assertEquals(3 * (334 + 667) * 4, repair.store.bytesRead.sum());
    assertTrue(50 * report.bytesRead() < blob.blob.length, "read " + report.bytesRead());
  }

  /** Beyond the blob's rows or columns every symbol of the blob is needed, but only once. */
  @ParameterizedTest
  @EnumSource
  void otherSliversTakeTheBlobOnce(Axis axis) throws Exception {
    SliverId[] lost = {new SliverId(axis, 2), new SliverId(axis, 8), new SliverId(axis, 9)};
    Case repair = Case.without(HONEST, lost);
    RepairReport report = repair.repair(MUCH, lost);
    repair.assertHas(lost);
    assertEquals(28L * HONEST.metadata.symbolSize(), report.bytesRead());
    assertEquals(report.bytesRead(), repair.store.bytesRead.sum());
  }

  @Test
  void ofBothAxesTheBlobIsStillReadOnce() throws Exception {
    SliverId[] lost = both(ids(Axis.PRIMARY, 8, 10), ids(Axis.SECONDARY, 8, 10));
    Case repair = Case.without(HONEST, lost);
    RepairReport report = repair.repair(MUCH, lost);
    repair.assertHas(lost);
    assertEquals(28L * HONEST.metadata.symbolSize(), report.bytesRead());
    assertEquals(1, repair.store.commits);
  }

  @Test
  void onlyWhatIsAskedForIsCheckedAndRestored() throws Exception {
    Case repair =
        Case.without(HONEST, SliverId.primary(1), SliverId.primary(2)).spoil(SliverId.primary(3));
    SliverId[] wanted = {SliverId.primary(0), SliverId.primary(1), SliverId.primary(3)};
    RepairReport report = repair.repair(MUCH, wanted);
    repair.assertHas(wanted);
    assertEquals(List.of(SliverId.primary(1), SliverId.primary(3)), report.restored());
    assertEquals(
        repair.bytes(SliverId.primary(0), SliverId.primary(3)), report.before().bytesRead());
    assertEquals(Condition.BAD, report.before().state(SliverId.primary(3)).condition());
    assertEquals(Condition.GOOD, report.after().state(SliverId.primary(0)).condition());
    assertEquals(Condition.MISSING, report.after().state(SliverId.primary(2)).condition());
    assertEquals(6, report.after().count(Axis.PRIMARY, Condition.UNCHECKED));
    assertEquals(10, report.after().count(Axis.SECONDARY, Condition.UNCHECKED));
    assertFalse(report.after().isWhole());
    assertTrue(report.unrestored().isEmpty());
  }

  @Test
  void aWholeEncodingIsLeftAlone() throws Exception {
    Case repair = Case.without(HONEST);
    RepairReport report = repair.repair();
    assertEquals(List.of(), report.restored());
    assertEquals(0, report.bytesRead());
    assertEquals(0, repair.store.commits);
    assertTrue(report.after().isWhole());
    assertEquals(repair.bytes(all(10)), report.before().bytesRead());
  }

  // --- who is to blame ---

  @ParameterizedTest
  @ValueSource(ints = {2, 9})
  void badSliversAreFoundOnlyWhenTheyDoHarm(int index) throws Exception {
    SliverId lost = SliverId.primary(index);
    Case harmless = Case.without(HONEST, lost).spoil(SliverId.secondary(7));
    assertEquals(List.of(lost), harmless.repair(MUCH, lost).restored());
    Case harmful = Case.without(HONEST, lost).spoil(SliverId.secondary(0), SliverId.secondary(3));
    harmful.store.unreadable.add(SliverId.secondary(1));
    RepairReport report = harmful.repair(MUCH, lost);
    harmful.assertHas(lost);
    assertEquals(List.of(lost), report.restored());
    List<SliverState> bad = report.after().bad();
    assertEquals(
        List.of(SliverId.secondary(0), SliverId.secondary(1), SliverId.secondary(3)),
        bad.stream().map(SliverState::sliver).toList());
    assertTrue(bad.get(0).reason().contains("its hash is not the one"), bad.get(0).reason());
    assertEquals("cannot be read: input/output error", bad.get(1).reason());
    assertFalse(report.isInconsistent());
  }

  @Test
  void tooFewAreLeftWhenTheBadAreFound() throws Exception {
    SliverId lost = SliverId.primary(2);
    Case repair =
        Case.without(HONEST, both(new SliverId[] {lost}, ids(Axis.PRIMARY, 4, 10)))
            .spoil(ids(Axis.SECONDARY, 0, 4));
    RepairReport report = repair.repair(MUCH, lost);
    assertEquals(List.of(), report.restored());
    assertEquals(
        "primary slivers cannot be recovered: got 6 usable secondary slivers, needed 7",
        report.unrestored().get(lost));
    assertFalse(report.isInconsistent());
  }

  @ParameterizedTest
  @EnumSource
  void aCheatersSliverComesWithItsProof(Axis axis) throws Exception {
    StoredBlob cheat = StoredBlob.honest(10, 1300, 7);
    SliverId target = new SliverId(axis, 2);
    cheat.commitWrongly(target);
    SliverId other = new SliverId(axis, 1);
    RepairReport report = Case.without(cheat, other).repair();
    assertTrue(report.isInconsistent());
    assertEquals(Set.of(target), report.unrestored().keySet());
    assertEquals(
        "proven symbols of " + axis + " slivers contradict the metadata",
        report.unrestored().get(target));
    assertEquals(List.of(other), report.restored());
    assertEquals(target, report.inconsistency().orElseThrow().target());
    cheat.codec.confirm(cheat.metadata, report.inconsistency().get());
  }

  /** The blob decodes, but one of its slivers is not what the metadata commits to. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSliverThatIsNotInTheBlobIsNotRestoredFromIt(boolean provable) throws Exception {
    StoredBlob cheat = StoredBlob.honest(10, 1300, 7);
    SliverId target = SliverId.primary(8);
    cheat.commitWrongly(target);
    SliverId[] lost = both(ids(Axis.PRIMARY, 8, 10), ids(Axis.SECONDARY, provable ? 8 : 6, 10));
    Case repair = Case.without(cheat, lost);
    RepairReport report = repair.repair(MUCH, lost);
    assertTrue(report.isInconsistent());
    assertEquals(Set.of(target), report.unrestored().keySet());
    repair.assertHas(SliverId.primary(9), SliverId.secondary(9));
    InconsistencyProof proof = report.inconsistency().orElseThrow();
    assertEquals(target, proof.target());
    cheat.codec.confirm(cheat.metadata, proof);
  }

  /** Slivers that rotted since they were inspected; one of the sources was restored just before. */
  @Test
  void whatRottedSinceTheInspectionAccusesNobody() throws Exception {
    SliverId[] lost = {SliverId.primary(2), SliverId.secondary(2)};
    SliverId[] rotten = {SliverId.primary(0), SliverId.secondary(1)};
    Case repair = Case.without(HONEST, lost);
    Inspection found = repair.stored.inspect(WorkMonitor.NONE);
    repair.spoil(rotten);
    RepairReport report = repair.repair(found, List.of());
    assertFalse(report.isInconsistent());
    repair.assertHas(lost);
    assertEquals(List.of(lost), report.restored());
    assertEquals(List.of(rotten), report.after().bad().stream().map(SliverState::sliver).toList());
  }

  /** What was restored from the blob cannot be read back: a disk's fault, not the writer's. */
  @Test
  void aDiskThatFailsAccusesNobody() throws Exception {
    SliverId[] lost = both(ids(Axis.PRIMARY, 8, 10), ids(Axis.SECONDARY, 8, 10));
    Case repair = Case.without(HONEST, lost);
    repair.store.readsBack = false;
    IOException failed = assertThrows(IOException.class, () -> repair.repair(MUCH, lost));
    assertEquals("Input/output error", failed.getMessage());
    assertEquals(16, repair.memory.slivers().size());
  }

  /** Rows of the blob itself do not match: what can be had from columns is had. */
  @Test
  void whatIsNotABlobIsRestoredByCrossing() throws Exception {
    StoredBlob cheat = StoredBlob.honest(10, 1300, 7);
    cheat.commitWrongly(SliverId.primary(2));
    SliverId[] lost = both(ids(Axis.PRIMARY, 8, 10), ids(Axis.SECONDARY, 8, 10));
    Case repair = Case.without(cheat, lost);
    RepairReport report = repair.repair(MUCH, lost);
    assertEquals(List.of(lost), report.restored());
    repair.assertHas(lost);
  }

  @Test
  void nothingComesOfABlobThatIsNone() throws Exception {
    StoredBlob cheat = StoredBlob.honest(10, 1300, 7);
    cheat.commitWrongly(SliverId.primary(2));
    SliverId[] lost = both(ids(Axis.PRIMARY, 8, 9), ids(Axis.SECONDARY, 4, 10));
    // Not by crossing, since there are 4 columns of 7; and rows do not give a blob.
    RepairReport report = Case.without(cheat, lost).repair(MUCH, SliverId.primary(8));
    assertEquals(Set.of(SliverId.primary(8)), report.unrestored().keySet());
    assertTrue(report.isInconsistent());
    assertTrue(report.inconsistency().isEmpty());
  }

  // --- axes that help each other ---

  @ParameterizedTest
  @EnumSource
  void oneAxisBringsTheOtherBack(Axis axis) throws Exception {
    Case repair = Case.without(HONEST, ids(axis, 0, 10));
    assertTrue(repair.repair().after().isWhole());
    repair.assertHas(all(10));
  }

  @Test
  void whatOnlyHelpsIsNotWritten() throws Exception {
    SliverId lost = SliverId.primary(2);
    Case repair = Case.without(HONEST, both(new SliverId[] {lost}, ids(Axis.SECONDARY, 0, 6)));
    assertEquals(List.of(lost), repair.repair(MUCH, lost).restored());
    assertEquals(10 + 4, repair.memory.slivers().size());
  }

  /** Neither axis has enough slivers; loose symbols bring one row back, and that row the rest. */
  @Test
  void rowsHelpColumnsHelpRows() throws Exception {
    List<Sliver> left = new ArrayList<>(HONEST.primary.subList(0, 3));
    left.addAll(HONEST.secondary.subList(0, 6));
    Case without = new Case(HONEST, left);
    RepairReport none = without.repair();
    assertEquals(List.of(), none.restored());
    assertEquals(11, none.unrestored().size());
    GeneralRecoverySymbol loose = HONEST.symbol(SliverId.secondary(8), 9);
    // The same symbol, proven against the row it lies on instead.
    GeneralRecoverySymbol other = HONEST.symbol(SliverId.primary(9), 8);
    assertEquals(loose.id(), other.id());
    assertArrayEquals(loose.data(), other.data());
    for (GeneralRecoverySymbol symbol : List.of(loose, other)) {
      Case with = new Case(HONEST, left);
      RepairReport report = with.repair(List.of(symbol));
      assertEquals(11, report.restored().size());
      assertTrue(report.after().isWhole());
      with.assertHas(all(10));
    }
  }

  /** A sliver that nobody asked for helps, and is not written. */
  @Test
  void looseSymbolsBringBackWhatHelps() throws Exception {
    List<Sliver> left = new ArrayList<>(HONEST.primary.subList(0, 3));
    left.addAll(HONEST.secondary.subList(0, 6));
    Case repair = new Case(HONEST, left);
    SliverId wanted = SliverId.secondary(9);
    Inspection found = repair.stored.inspect(List.of(wanted), WorkMonitor.NONE);
    RepairReport report = repair.repair(found, List.of(HONEST.symbol(SliverId.secondary(8), 9)));
    assertEquals(List.of(wanted), report.restored());
    repair.assertHas(wanted);
    assertEquals(10, repair.memory.slivers().size());
    assertEquals(Condition.MISSING, report.after().state(SliverId.primary(9)).condition());
  }

  @Test
  void looseSymbolsThatFailTheirProofAreNamed() throws Exception {
    GeneralRecoverySymbol wrong =
        HONEST.symbol(SliverId.secondary(8), 9).withoutTarget().withTarget(1);
    Case repair = new Case(HONEST, HONEST.primary.subList(0, 3));
    RepairReport report = repair.repair(List.of(wrong));
    assertEquals(List.of(wrong.id()), report.rejected().stream().map(r -> r.id()).toList());
    assertEquals(17, report.unrestored().size());
  }

  /** Too few whole slivers, but symbols enough for one target, all proven against their columns. */
  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void looseSymbolsShowTheProof(int wholeColumns) throws Exception {
    StoredBlob cheat = StoredBlob.honest(10, 1300, 7);
    SliverId target = SliverId.primary(4);
    cheat.commitWrongly(target);
    List<GeneralRecoverySymbol> loose =
        cheat.symbolsFor(target).subList(wholeColumns, 10).stream()
            .map(symbol -> symbol.withTarget(4))
            .toList();
    RepairReport report = new Case(cheat, cheat.secondary.subList(0, wholeColumns)).repair(loose);
    assertEquals(List.of(), report.restored());
    assertTrue(report.unrestored().containsKey(target));
    assertEquals(target, report.inconsistency().orElseThrow().target());
    cheat.codec.confirm(cheat.metadata, report.inconsistency().get());
  }

  /** Symbols proven against the row itself say nothing against it to a third party. */
  @Test
  void symbolsOfTheTargetsOwnTreeAreNoEvidence() throws Exception {
    StoredBlob cheat = StoredBlob.honest(10, 1300, 7);
    SliverId target = SliverId.primary(2);
    cheat.alterAndCommit(target, 11);
    List<GeneralRecoverySymbol> loose = new ArrayList<>();
    for (int column = 0; column < 10; column++) {
      loose.add(
          column < 3 ? cheat.symbol(SliverId.secondary(column), 2) : cheat.symbol(target, column));
    }
    RepairReport report = new Case(cheat, List.of()).repair(loose);
    assertEquals(List.of(), report.rejected());
    assertEquals(List.of(), report.restored());
    assertTrue(report.isInconsistent());
    assertTrue(report.inconsistency().isEmpty());
    // From its own tree alone, the altered row is what was committed to.
    List<GeneralRecoverySymbol> own = new ArrayList<>(loose.subList(3, 10));
    Case ofItself = new Case(cheat, List.of());
    assertEquals(List.of(target), ofItself.repair(own).restored());
    ofItself.assertHas(target);
    // Of two proofs for a cell, that of the column counts, whichever came first.
    for (boolean reversed : new boolean[] {false, true}) {
      List<GeneralRecoverySymbol> both = new ArrayList<>(own);
      cheat.symbolsFor(target).forEach(symbol -> both.add(symbol.withTarget(2)));
      if (reversed) {
        Collections.reverse(both);
      }
      RepairReport proven = new Case(cheat, List.of()).repair(both);
      cheat.codec.confirm(cheat.metadata, proven.inconsistency().orElseThrow());
    }
  }

  @net.jqwik.api.Tag("slow")
  @Property(tries = 200)
  void givesTheOriginalBytesOrNone(
      @ForAll @IntRange(min = 4, max = 25) int shards,
      @ForAll @IntRange(max = 1500) int length,
      @ForAll @IntRange(max = 100) int damage,
      @ForAll long seed)
      throws IOException, RedStuffException {
    StoredBlob blob = StoredBlob.honest(shards, length, (int) seed);
    Random random = new Random(seed);
    List<Sliver> survivors = new ArrayList<>();
    for (Sliver sliver : blob.all()) {
      if (random.nextInt(100) >= damage) {
        byte[] bytes = sliver.toBytes();
        if (random.nextInt(6) == 0) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        survivors.add(Sliver.copyOf(sliver.id(), sliver.symbolSize(), bytes));
      }
    }
    List<GeneralRecoverySymbol> loose = new ArrayList<>();
    for (int i = random.nextInt(3 * shards); i > 0; i--) {
      SliverId source = new SliverId(Axis.ofVariant(random.nextInt(2)), random.nextInt(shards));
      GeneralRecoverySymbol symbol = blob.symbol(source, random.nextInt(shards));
      loose.add(
          random.nextInt(5) == 0
              ? symbol.withoutTarget().withTarget(random.nextInt(shards))
              : symbol);
    }
    Case repair = new Case(blob, survivors);
    RepairReport report;
    if (random.nextBoolean()) {
      report = repair.repair(loose);
      assertEquals(
          survivors.stream().filter(s -> !s.equals(blob.sliver(s.id()))).count(),
          report.before().bad().size());
      assertEquals(
          Set.copyOf(report.unrestored().keySet()),
          new TreeSet<>(
              report.after().states().stream()
                  .filter(SliverState::isLacking)
                  .map(SliverState::sliver)
                  .toList()));
    } else {
      SliverId[] wanted =
          Arrays.stream(all(shards)).filter(_ -> random.nextInt(4) == 0).toArray(SliverId[]::new);
      Inspection found = repair.stored.inspect(List.of(wanted), WorkMonitor.NONE);
      report = repair.repair(found, loose);
      assertTrue(Set.of(wanted).containsAll(report.restored()));
    }
    assertFalse(report.isInconsistent());
    repair.assertHas(report.restored().toArray(SliverId[]::new));
    for (Axis axis : Axis.values()) {
      long whole =
          survivors.stream()
              .filter(s -> s.id().axis() == axis && s.equals(blob.sliver(s.id())))
              .count();
      if (whole >= blob.codec.parameters().sourceSymbols(axis)) {
        assertTrue(report.unrestored().isEmpty(), "enough " + axis + " slivers restore all");
      }
    }
  }

  // --- memory, threads, disks ---

  /** The same slivers with little memory, in several batches or by way of a temporary file. */
  @ParameterizedTest
  @ValueSource(longs = {1, 7_000, 40_000_000})
  void littleMemoryGivesTheSame(long memory) throws Exception {
    StoredBlob blob = StoredBlob.honest(31, 30_000, 4);
    SliverId[] lost = both(ids(Axis.PRIMARY, 5, 15), ids(Axis.SECONDARY, 22, 31));
    Workspace workspace = Workspace.ofMemory(memory);
    Case inBatches = Case.without(blob, lost);
    RepairReport report = inBatches.repair(workspace, lost);
    inBatches.assertHas(lost);
    if (memory == 1) {
      long size = blob.metadata.symbolSize();
      int blobSymbols = 11 * 21;
      // Primary 5 to 10 are the blob's own rows; 9 columns, of which none is the blob's own.
      assertEquals((6 * 21 + 4 * blobSymbols + 9 * blobSymbols) * size, report.bytesRead());
    }
    Case bySpill = Case.without(blob, lost);
    bySpill.repair(workspace.spillingTo(directory), lost);
    bySpill.assertHas(lost);
    assertEquals(List.of(), DirectoryStoreTest.tree(directory));
  }

  @Test
  void longSliversGoThroughATemporaryFile() throws Exception {
    StoredBlob blob = StoredBlob.honest(10, 1_800_000, 9);
    SliverId[] lost = both(ids(Axis.PRIMARY, 0, 6), ids(Axis.SECONDARY, 8, 10));
    for (int threads : new int[] {1, 3}) {
      Case repair = Case.without(blob, lost);
      StoredEncoding stored =
          StoredEncoding.of(repair.store, blob.codec.withParallelism(threads), blob.metadata);
      Inspection found = stored.inspect(WorkMonitor.NONE);
      long before = repair.store.bytesRead.sum();
      RepairReport report =
          SliverRepair.of(stored, found, Workspace.ofMemory(8L << 20).spillingTo(directory))
              .run(WorkMonitor.NONE);
      repair.assertHas(lost);
      assertEquals(repair.store.bytesRead.sum() - before, report.bytesRead());
      assertEquals(28L * blob.metadata.symbolSize(), report.bytesRead());
    }
    assertEquals(List.of(), DirectoryStoreTest.tree(directory));
  }

  @Test
  void withoutRoomForTheBlobItSaysHowMuchIsNeeded() throws Exception {
    Case repair = Case.without(HONEST, both(ids(Axis.PRIMARY, 2, 3), ids(Axis.SECONDARY, 0, 6)));
    Workspace little = Workspace.ofMemory(1000);
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> repair.repair(little, SliverId.primary(2)))
            .getMessage();
    assertTrue(
        message.startsWith(
            "memory budget: got 1000 bytes and no place for a temporary file, expected one or "),
        message);
    Path nowhere = directory.resolve("nowhere");
    IOException failure =
        assertThrows(
            IOException.class,
            () ->
                repair.repair(
                    Workspace.ofMemory(MatrixRoom.memoryFor(repair.stored) - 1).spillingTo(nowhere),
                    SliverId.primary(2)));
    assertTrue(failure.getMessage().startsWith("temporary file in " + nowhere), "" + failure);
  }

  @Test
  void aFullDiskKeepsWhatWasRestoredBefore() throws Exception {
    SliverId[] lost = ids(Axis.PRIMARY, 0, 3);
    Case repair = Case.without(HONEST, lost);
    repair.store.room = 2;
    IOException full = assertThrows(IOException.class, () -> repair.repair(MUCH, lost));
    assertTrue(full.getMessage().startsWith("primary 2: "), full.getMessage());
    repair.assertHas(ids(Axis.PRIMARY, 0, 2));
    assertEquals(19, repair.memory.slivers().size());
  }

  @Test
  void aDirectoryIsHealedAndNothingElseIsLeftThere() throws Exception {
    Path root = directory.resolve("out");
    DirectoryStore store = DirectoryStore.at(root);
    StoredEncoding stored =
        StoredEncoding.create(
            store,
            HONEST.codec,
            BlobSource.of(MemorySegment.ofArray(HONEST.blob)),
            MUCH,
            WorkMonitor.NONE);
    List<String> tree = DirectoryStoreTest.tree(root);
    EncodingParameters parameters = HONEST.codec.parameters();
    Files.delete(store.file(SliverId.primary(2), parameters));
    Files.write(store.file(SliverId.secondary(9), parameters), new byte[5]);
    RepairReport report =
        SliverRepair.of(stored, stored.inspect(WorkMonitor.NONE), MUCH).run(WorkMonitor.NONE);
    assertTrue(report.after().isWhole());
    assertEquals(tree, DirectoryStoreTest.tree(root));
    assertTrue(StoredEncoding.open(store, Optional.empty()).inspect(WorkMonitor.NONE).isWhole());
  }

  // --- monitors ---

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theMonitorHearsItAllAndMayCancel(boolean throughBlob) throws Exception {
    SliverId[] lost =
        throughBlob
            ? both(ids(Axis.PRIMARY, 8, 10), ids(Axis.SECONDARY, 8, 10))
            : ids(Axis.PRIMARY, 0, 3);
    Case whole = Case.without(HONEST, lost);
    Inspection found = whole.stored.inspect(WorkMonitor.NONE);
    List<Long> heard = new ArrayList<>();
    long total = whole.bytes(lost);
    SliverRepair.of(whole.stored, found, MUCH)
        .run(
            (done, of) -> {
              heard.add(done);
              assertEquals(total, of);
            });
    assertEquals(heard.stream().sorted().toList(), heard);
    assertEquals(0, heard.getFirst());
    assertEquals(total, heard.getLast());
    for (int calls = 0; calls < heard.size() - 1; calls++) {
      int last = calls;
      Case cancelled = Case.without(HONEST, lost);
      List<Long> told = new ArrayList<>();
      WorkMonitor monitor =
          new WorkMonitor() {
            @Override
            public void progress(long done, long of) {
              told.add(done);
            }

            @Override
            public boolean isCancelled() {
              return told.size() > last;
            }
          };
      SliverRepair repair =
          SliverRepair.of(cancelled.stored, cancelled.stored.inspect(WorkMonitor.NONE), MUCH);
      assertThrows(CancellationException.class, () -> repair.run(monitor));
      assertEquals(20 - lost.length, cancelled.memory.slivers().size());
    }
  }

  // --- what else may come of a step ---

  /** There is no room for the blob, without which the row cannot be had before the columns. */
  @Test
  void withoutRoomForTheBlobWhatCrossesComesFirst() throws Exception {
    SliverId[] lost = both(ids(Axis.PRIMARY, 2, 3), ids(Axis.SECONDARY, 0, 6));
    Case repair = Case.without(HONEST, lost);
    assertEquals(List.of(lost), repair.repair(Workspace.ofMemory(1000), lost).restored());
    repair.assertHas(lost);
  }

  @Test
  void tooFewAreLeftWhenTheBlobIsDecoded() throws Exception {
    Case repair =
        Case.without(HONEST, both(ids(Axis.PRIMARY, 4, 10), ids(Axis.SECONDARY, 6, 10)))
            .spoil(SliverId.primary(1));
    RepairReport report = repair.repair(MUCH, SliverId.primary(8), SliverId.secondary(8));
    assertEquals(List.of(), report.restored());
    assertEquals(
        List.of(SliverId.primary(1)), report.after().bad().stream().map(b -> b.sliver()).toList());
    assertEquals(
        "primary slivers cannot be recovered: got 6 usable secondary slivers, needed 7",
        report.unrestored().get(SliverId.primary(8)));
    assertEquals(
        "secondary slivers cannot be recovered: got 3 usable primary slivers, needed 4",
        report.unrestored().get(SliverId.secondary(8)));
    assertFalse(report.isInconsistent());
  }

  /** A sliver that nobody asked for would help, but is not what the metadata commits to. */
  @Test
  void whatOnlyHelpsMayShowTheCheat() throws Exception {
    StoredBlob cheat = StoredBlob.honest(10, 1300, 7);
    SliverId helper = SliverId.primary(9);
    cheat.commitWrongly(helper);
    List<Sliver> left = new ArrayList<>(cheat.primary.subList(0, 2));
    left.addAll(cheat.secondary.subList(0, 6));
    Case repair = new Case(cheat, left);
    SliverId wanted = SliverId.secondary(9);
    Inspection found = repair.stored.inspect(List.of(wanted), WorkMonitor.NONE);
    RepairReport report = repair.repair(found, List.of(cheat.symbol(SliverId.secondary(8), 9)));
    assertEquals(Set.of(wanted), report.unrestored().keySet());
    assertTrue(report.isInconsistent());
    assertEquals(helper, report.inconsistency().orElseThrow().target());
    cheat.codec.confirm(cheat.metadata, report.inconsistency().get());
  }

  /** Long sources are read four at a time by a thread; after one that fails no more are read. */
  @Test
  void afterASourceThatFailsOthersAreChosenAtOnce() throws Exception {
    StoredBlob blob = StoredBlob.honest(10, 28 * 1100, 2);
    SliverId lost = SliverId.primary(9);
    Case repair = Case.without(blob, lost);
    repair.store.unreadable.add(SliverId.secondary(0));
    StoredEncoding stored =
        StoredEncoding.of(repair.store, blob.codec.withParallelism(1), blob.metadata);
    Inspection found = stored.inspect(List.of(lost), WorkMonitor.NONE);
    RepairReport report = SliverRepair.of(stored, found, MUCH).run(WorkMonitor.NONE);
    assertEquals(List.of(lost), report.restored());
    repair.assertHas(lost);
    // columns 1 to 3, then 1 to 7
    assertEquals((3 + 7) * 4 * 1100, repair.store.bytesRead.sum());
  }

  /** A sliver that was not looked at may turn out to be unreadable when the blob is decoded. */
  @Test
  void aBlobIsDecodedWithoutASourceThatFails() throws Exception {
    StoredBlob blob = StoredBlob.honest(10, 28 * 20, 2);
    SliverId[] lost = {
      SliverId.primary(8), SliverId.primary(9), SliverId.secondary(8), SliverId.secondary(9)
    };
    Case repair = Case.without(blob, lost);
    repair.store.unreadable.add(SliverId.primary(0));
    Inspection found = repair.stored.inspect(List.of(lost), WorkMonitor.NONE);
    RepairReport report = SliverRepair.of(repair.stored, found, MUCH).run(WorkMonitor.NONE);
    assertEquals(Set.of(lost), Set.copyOf(report.restored()));
    assertFalse(report.isInconsistent());
    repair.assertHas(lost);
  }

  @Test
  void nothingIsDecodedOfTooFewSourcesThatCanBeRead() throws Exception {
    StoredBlob blob = StoredBlob.honest(10, 28 * 20, 2);
    SliverId lost = SliverId.primary(9);
    List<Sliver> primaries = new ArrayList<>(blob.primary.subList(0, 5));
    Case repair = new Case(blob, primaries);
    primaries.forEach(sliver -> repair.store.unreadable.add(sliver.id()));
    Inspection found = repair.stored.inspect(List.of(lost), WorkMonitor.NONE);
    RepairReport report = SliverRepair.of(repair.stored, found, MUCH).run(WorkMonitor.NONE);
    assertEquals(Set.of(lost), report.unrestored().keySet());
    assertFalse(report.isInconsistent());
    assertEquals(5, report.after().bad().size());
  }
}
