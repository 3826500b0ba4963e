package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.Recovery.Inconsistent;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.simd.Blake2b;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers, nodes and accidents that must not get a wrong byte, or a wrong accusation, past us. */
class CheatTest {
  private static final int SHARDS = 10;
  private static final StoredBlob HONEST = StoredBlob.honest(SHARDS, 1300, 1);

  private static Reason refusal(RecoverySymbol symbol, StoredBlob stored, SliverId target) {
    return assertThrows(VerificationException.class, () -> symbol.verify(stored.metadata, target))
        .reason();
  }

  private static RecoverySymbol with(RecoverySymbol symbol, byte[] data, MerkleProof proof) {
    return new RecoverySymbol(symbol.axis(), new DecodingSymbol(symbol.sourceIndex(), data), proof);
  }

  // --- symbols ---

  @Test
  void symbolProvesItsOwnPlaceOnly() throws RedStuffException {
    for (Axis axis : Axis.values()) {
      for (int index = 0; index < SHARDS; index++) {
        SliverId target = new SliverId(axis, index);
        for (RecoverySymbol symbol : HONEST.symbolsFor(target)) {
          symbol.verify(HONEST.metadata, target);
          SliverId next = new SliverId(axis, (index + 1) % SHARDS);
          assertEquals(Reason.ROOT_MISMATCH, refusal(symbol, HONEST, next));
          SliverId across = new SliverId(axis.opposite(), index);
          assertEquals(Reason.WRONG_AXIS, refusal(symbol, HONEST, across));
          SliverId outside = new SliverId(axis, SHARDS);
          assertEquals(Reason.INDEX_OUT_OF_RANGE, refusal(symbol, HONEST, outside));
        }
      }
    }
  }

  @Test
  void symbolOfAnotherBlobSourceSizeOrShardCount() throws RedStuffException {
    SliverId target = SliverId.primary(2);
    RecoverySymbol symbol = HONEST.symbolsFor(target).get(5);
    StoredBlob other = StoredBlob.honest(SHARDS, 1300, 2);
    assertEquals(Reason.ROOT_MISMATCH, refusal(symbol, other, target));
    StoredBlob longer = StoredBlob.honest(SHARDS, 2000, 1);
    assertEquals(Reason.WRONG_SYMBOL_SIZE, refusal(symbol, longer, target));
    StoredBlob wider = StoredBlob.honest(31, 30_000, 1);
    assertThrows(VerificationException.class, () -> symbol.verify(wider.metadata, target));
    byte[] data = symbol.data();
    RecoverySymbol otherSource =
        new RecoverySymbol(Axis.PRIMARY, new DecodingSymbol(6, data), symbol.proof());
    assertEquals(Reason.ROOT_MISMATCH, refusal(otherSource, HONEST, target));
    RecoverySymbol noSource =
        new RecoverySymbol(Axis.PRIMARY, new DecodingSymbol(60_000, data), symbol.proof());
    assertEquals(Reason.INDEX_OUT_OF_RANGE, refusal(noSource, HONEST, target));
    RecoverySymbol cut = with(symbol, Arrays.copyOf(data, data.length - 2), symbol.proof());
    assertEquals(Reason.WRONG_SYMBOL_SIZE, refusal(cut, HONEST, target));
  }

  @Test
  void shortenedAndLengthenedPaths() throws RedStuffException {
    SliverId target = SliverId.secondary(3);
    RecoverySymbol symbol = HONEST.symbolsFor(target).get(1);
    byte[] path = symbol.proof().toBcs();
    byte[] shorter = Arrays.copyOf(path, path.length - 33);
    shorter[0]--;
    byte[] longer = Arrays.copyOf(path, path.length + 33);
    longer[0]++;
    longer[path.length] = 1;
    for (byte[] wrong : List.of(shorter, longer)) {
      RecoverySymbol changed = with(symbol, symbol.data(), MerkleProof.parse(wrong));
      assertEquals(Reason.PATH_LENGTH, refusal(changed, HONEST, target));
    }
  }

  /** With symbols of 64 bytes an inner node's content is as long as a leaf's. */
  @Test
  void innerNodeOfferedAsLeaf() throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(4, 6 * 64, 5);
    assertEquals(64, stored.metadata.symbolSize());
    SliverId source = SliverId.secondary(1);
    byte[] left;
    byte[] right;
    try (Arena arena = Arena.ofConfined()) {
      ExpandedSliver expanded = stored.codec.expand(stored.metadata, stored.sliver(source), arena);
      left = Blake2b.hash(new byte[] {0}, expanded.symbol(0));
      right = Blake2b.hash(new byte[] {0}, expanded.symbol(1));
    }
    byte[] children = Arrays.copyOf(left, 64);
    System.arraycopy(right, 0, children, 32, 32);
    RecoverySymbol honest = stored.symbolsFor(SliverId.primary(0)).get(1);
    byte[] path = honest.proof().toBcs();
    // the path from the inner node: without its first step
    byte[] upper = new byte[path.length - 33];
    System.arraycopy(path, 34, upper, 1, upper.length - 1);
    upper[0] = (byte) (path[0] - 1);
    RecoverySymbol forged = with(honest, children, MerkleProof.parse(upper));
    assertEquals(Reason.PATH_LENGTH, refusal(forged, stored, SliverId.primary(0)));
    // and stretched to the right length by any first step
    RecoverySymbol stretched = with(honest, children, honest.proof());
    assertEquals(Reason.ROOT_MISMATCH, refusal(stretched, stored, SliverId.primary(0)));
  }

  // --- writers ---

  /** Recovers every sliver; the honest ones must come back right, and the proofs must hold. */
  private static List<Inconsistent> disputes(StoredBlob stored) throws RedStuffException {
    List<Inconsistent> found = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      List<RecoverySymbol> usable = new ArrayList<>();
      for (int index = 0; index < SHARDS; index++) {
        SliverId target = new SliverId(axis, index);
        usable.clear();
        for (Sliver source : stored.slivers(axis.opposite())) {
          try (Arena arena = Arena.ofConfined()) {
            usable.add(stored.codec.expand(stored.metadata, source, arena).recoverySymbol(index));
          } catch (VerificationException e) {
            assertEquals(Reason.ROOT_MISMATCH, e.reason());
          }
        }
        Recovery recovery = stored.codec.recover(stored.metadata, target, usable);
        if (recovery instanceof Inconsistent inconsistent) {
          byte[] wire = inconsistent.proof().toBcs();
          InconsistencyProof parsed = InconsistencyProof.parse(wire);
          stored.codec.confirm(stored.metadata, parsed);
          assertEquals(target, parsed.target());
          found.add(inconsistent);
        } else {
          Recovery.Recovered recovered = (Recovery.Recovered) recovery;
          stored.codec.verify(stored.metadata, recovered.sliver().sliver());
        }
      }
    }
    return found;
  }

  @Test
  void wrongSymbolInsideACommittedRow() throws RedStuffException {
    StoredBlob cheat = StoredBlob.honest(SHARDS, 1300, 7);
    cheat.alterAndCommit(SliverId.primary(2), 11);
    List<Inconsistent> disputes = disputes(cheat);
    assertTrue(disputes.stream().anyMatch(d -> d.proof().target().equals(SliverId.primary(2))));
    assertUnreadable(cheat);
  }

  @Test
  void wrongRowRoot() throws RedStuffException {
    StoredBlob cheat = StoredBlob.honest(SHARDS, 1300, 7);
    cheat.commitWrongly(SliverId.primary(4));
    List<Inconsistent> disputes = disputes(cheat);
    assertEquals(
        List.of(SliverId.primary(4)), disputes.stream().map(d -> d.proof().target()).toList());
  }

  @Test
  void swappedColumns() throws RedStuffException {
    StoredBlob cheat = StoredBlob.honest(SHARDS, 1300, 7);
    cheat.swapSecondaryAndCommit(1, 2);
    List<Inconsistent> disputes = disputes(cheat);
    assertTrue(disputes.stream().anyMatch(d -> d.proof().target().equals(SliverId.secondary(1))));
    assertTrue(disputes.stream().anyMatch(d -> d.proof().target().equals(SliverId.secondary(2))));
    // some rows decode from the columns to what was never a row
    assertTrue(disputes.stream().anyMatch(d -> d.proof().target().axis() == Axis.PRIMARY));
    VerificationException failure =
        assertThrows(
            VerificationException.class, () -> cheat.codec.decode(cheat.metadata, cheat.secondary));
    assertEquals(Reason.INCONSISTENT_BLOB, failure.reason());
  }

  /** Columns that match their hashes say nothing about the hash of a row of the same index. */
  @Test
  void verifiedColumnsVouchForNoRow() throws RedStuffException {
    StoredBlob cheat = StoredBlob.honest(SHARDS, 1300, 7);
    cheat.commitWrongly(SliverId.primary(2));
    try (Arena arena = Arena.ofConfined()) {
      SliverVerifier verifier = cheat.codec.newVerifier(arena);
      List<VerifiedSliver> columns = new ArrayList<>();
      for (Sliver sliver : cheat.secondary) {
        columns.add(verifier.verify(cheat.metadata, sliver));
      }
      MemorySegment target = arena.allocate(cheat.blob.length);
      BlobDecoder decoder = cheat.codec.newDecoder(arena);
      VerificationException failure =
          assertThrows(
              VerificationException.class,
              () ->
                  decoder.decodeVerified(
                      cheat.metadata, columns, ConsistencyCheck.DEFAULT, target));
      assertEquals(Reason.INCONSISTENT_BLOB, failure.reason());
    }
  }

  private static void assertUnreadable(StoredBlob cheat) {
    VerificationException failure =
        assertThrows(
            VerificationException.class,
            () -> cheat.codec.decode(cheat.metadata, cheat.primary, ConsistencyCheck.STRICT));
    assertEquals(Reason.INCONSISTENT_BLOB, failure.reason());
  }

  // --- nodes that accuse an honest writer ---

  @ParameterizedTest
  @EnumSource
  void honestWriterCannotBeFramed(Axis axis) throws RedStuffException {
    SliverId target = new SliverId(axis, 5);
    int needed = HONEST.codec.parameters().symbolsPerSliver(axis);
    List<RecoverySymbol> all = HONEST.symbolsFor(target);
    List<RecoverySymbol> symbols = all.subList(0, needed);
    assertClaim(Reason.CONSISTENT_BLOB, target, symbols);
    assertClaim(Reason.WRONG_SYMBOL_COUNT, target, all);
    assertClaim(Reason.WRONG_SYMBOL_COUNT, target, symbols.subList(1, needed));
    assertClaim(Reason.WRONG_SYMBOL_COUNT, target, List.of());
    List<RecoverySymbol> repeated = new ArrayList<>(symbols);
    repeated.set(0, symbols.get(1));
    assertClaim(Reason.DUPLICATE, target, repeated);
    List<RecoverySymbol> forged = new ArrayList<>(symbols);
    byte[] data = symbols.get(2).data();
    data[3] ^= 1;
    forged.set(2, with(symbols.get(2), data, symbols.get(2).proof()));
    assertClaim(Reason.ROOT_MISMATCH, target, forged);
    assertClaim(Reason.ROOT_MISMATCH, new SliverId(axis, 6), symbols);
    assertClaim(Reason.INDEX_OUT_OF_RANGE, new SliverId(axis, SHARDS), symbols);
    assertClaim(Reason.INDEX_OUT_OF_RANGE, new SliverId(axis, SHARDS), List.of());
  }

  private static void assertClaim(Reason reason, SliverId target, List<RecoverySymbol> symbols) {
    InconsistencyProof claim = new InconsistencyProof(target, symbols);
    VerificationException failure =
        assertThrows(
            VerificationException.class, () -> HONEST.codec.confirm(HONEST.metadata, claim));
    assertEquals(reason, failure.reason(), failure.getMessage());
  }

  @Test
  void proofOfOneBlobIsNoneForAnother() throws RedStuffException {
    StoredBlob cheat = StoredBlob.honest(SHARDS, 1300, 1);
    cheat.commitWrongly(SliverId.secondary(0));
    InconsistencyProof proof =
        assertInstanceOf(
                Inconsistent.class,
                cheat.codec.recover(
                    cheat.metadata,
                    SliverId.secondary(0),
                    HONEST.symbolsFor(SliverId.secondary(0))))
            .proof();
    cheat.codec.confirm(cheat.metadata, proof);
    VerificationException failure =
        assertThrows(
            VerificationException.class, () -> HONEST.codec.confirm(HONEST.metadata, proof));
    assertEquals(Reason.CONSISTENT_BLOB, failure.reason());
    assertThrows(
        IllegalArgumentException.class,
        () -> RedStuff.forShards(11).confirm(HONEST.metadata, proof));
  }

  // --- repair ---

  @Tag("slow")
  @Property(tries = 200)
  void repairGivesTheOriginalBytesOrNone(
      @ForAll @IntRange(min = 4, max = 25) int shards,
      @ForAll @IntRange(max = 1500) int length,
      @ForAll @IntRange(max = 100) int damage,
      @ForAll long seed)
      throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(shards, length, (int) seed);
    Random random = new Random(seed);
    List<Sliver> survivors = new ArrayList<>();
    for (Sliver sliver : stored.all()) {
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
      GeneralRecoverySymbol symbol = stored.symbol(source, random.nextInt(shards));
      loose.add(
          random.nextInt(5) == 0
              ? symbol.withoutTarget().withTarget(random.nextInt(shards))
              : symbol);
    }
    RepairResult result = stored.codec.repair(stored.metadata, survivors, loose);
    assertEquals(List.of(), result.inconsistencies());
    for (VerifiedSliver sliver : result.restored()) {
      assertEquals(stored.sliver(sliver.sliver().id()), sliver.sliver());
    }
    long good = survivors.stream().filter(s -> s.equals(stored.sliver(s.id()))).count();
    assertEquals(2L * shards, good + result.restored().size() + result.unrestored().size());
    assertEquals(survivors.size() - good, result.bad().size());
    for (Axis axis : Axis.values()) {
      long whole =
          survivors.stream()
              .filter(s -> s.id().axis() == axis && s.equals(stored.sliver(s.id())))
              .count();
      if (whole >= stored.codec.parameters().sourceSymbols(axis)) {
        assertEquals(List.of(), result.unrestored(), "enough " + axis + " slivers restore all");
      }
    }
  }

  /** Neither axis has enough slivers; loose symbols bring one row back, and that row the rest. */
  @Test
  void rowsHelpColumnsHelpRows() throws RedStuffException {
    EncodingParameters parameters = HONEST.codec.parameters();
    List<Sliver> survivors = new ArrayList<>(HONEST.primary.subList(0, 3));
    survivors.addAll(HONEST.secondary.subList(0, 6));
    assertEquals(4, parameters.sourceSymbols(Axis.PRIMARY));
    assertEquals(7, parameters.sourceSymbols(Axis.SECONDARY));
    RepairResult without = HONEST.codec.repair(HONEST.metadata, survivors, List.of());
    assertEquals(List.of(), without.restored());
    assertEquals(11, without.unrestored().size());
    GeneralRecoverySymbol loose = HONEST.symbol(SliverId.secondary(8), 9);
    RepairResult with = HONEST.codec.repair(HONEST.metadata, survivors, List.of(loose));
    assertEquals(11, with.restored().size());
    assertEquals(List.of(), with.unrestored());
    assertEquals(SliverId.primary(9), with.restored().getFirst().sliver().id());
    // the same symbol, proven against the row it lies on instead
    GeneralRecoverySymbol other = HONEST.symbol(SliverId.primary(9), 8);
    assertEquals(loose.id(), other.id());
    assertArrayEquals(loose.data(), other.data());
    assertEquals(
        11, HONEST.codec.repair(HONEST.metadata, survivors, List.of(other)).restored().size());
  }

  /** A row that only columns bring back, which nobody asked for, and which rows bring back. */
  @Test
  void sliversNobodyAskedForAreRepairedOnTheWay() throws RedStuffException {
    SliverPairIndex pair = new SliverPairIndex(9);
    RepairResult result =
        HONEST.codec.repair(
            HONEST.metadata, HONEST.primary.subList(0, 4), List.of(), List.of(pair));
    assertEquals(List.of(), result.unrestored());
    Sliver row = HONEST.primary.get(9);
    assertTrue(result.restored().stream().anyMatch(restored -> restored.sliver().equals(row)));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    RedStuff.forShards(11)
                        .repair(HONEST.metadata, List.of(), List.of(), List.of(pair)))
            .getMessage();
    assertEquals("metadata: got one for 10 shards, expected 11", message);
  }

  /** More sources and targets than are expanded or hashed in one go, and no multiple of that. */
  @ParameterizedTest
  @EnumSource
  void groupsOfSourcesAndTargets(Axis axis) throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(SHARDS, 28 * 400, 5);
    List<SliverId> targets = new ArrayList<>();
    for (int index = 3; index < 8; index++) {
      targets.add(new SliverId(axis, index));
    }
    try (Arena arena = Arena.ofConfined()) {
      SliverVerifier verifier = stored.codec.newVerifier(arena);
      List<VerifiedSliver> sources = new ArrayList<>();
      for (Sliver sliver : stored.slivers(axis.opposite())) {
        sources.add(verifier.verify(stored.metadata, sliver));
      }
      RecoveredSlivers result =
          stored.codec.newRecoverer(arena).recoverMany(stored.metadata, targets, sources);
      assertEquals(
          targets.stream().map(stored::sliver).toList(),
          result.recovered().stream().map(VerifiedSliver::sliver).toList());
    }
  }

  @Test
  void givenPairsAreMadeWholeAndNoMore() throws RedStuffException {
    List<Sliver> survivors = new ArrayList<>();
    for (Sliver sliver : HONEST.all()) {
      if (sliver.id().pair(HONEST.codec.parameters()).value() > 2) {
        survivors.add(sliver);
      }
    }
    RepairResult result =
        HONEST.codec.repair(HONEST.metadata, survivors, List.of(), List.of(new SliverPairIndex(1)));
    assertEquals(
        List.of(SliverId.primary(1), SliverId.secondary(8)),
        result.restored().stream().map(sliver -> sliver.sliver().id()).toList());
    assertEquals(List.of(), result.unrestored());
    assertThrows(
        IndexOutOfBoundsException.class,
        () ->
            HONEST.codec.repair(
                HONEST.metadata, survivors, List.of(), List.of(new SliverPairIndex(SHARDS))));
  }

  @Test
  void manySliversOfOnePatternTogether() throws RedStuffException {
    try (Arena arena = Arena.ofConfined()) {
      SliverVerifier verifier = HONEST.codec.newVerifier(arena);
      SliverRecoverer recoverer = HONEST.codec.newRecoverer(arena);
      for (Axis axis : Axis.values()) {
        int needed = HONEST.codec.parameters().symbolsPerSliver(axis);
        List<VerifiedSliver> sources = new ArrayList<>();
        List<SliverId> targets = new ArrayList<>();
        for (int i = 0; i < SHARDS; i++) {
          targets.add(new SliverId(axis, i));
          if (i >= SHARDS - needed) {
            sources.add(
                verifier.verify(HONEST.metadata, HONEST.sliver(new SliverId(axis.opposite(), i))));
          }
        }
        RecoveredSlivers result = recoverer.recoverMany(HONEST.metadata, targets, sources);
        assertEquals(
            HONEST.slivers(axis), result.recovered().stream().map(VerifiedSliver::sliver).toList());
        sources.removeLast();
        assertThrows(
            InsufficientDataException.class,
            () -> recoverer.recoverMany(HONEST.metadata, targets, sources));
        targets.add(new SliverId(axis.opposite(), 0));
        assertThrows(
            IllegalArgumentException.class,
            () -> recoverer.recoverMany(HONEST.metadata, targets, sources));
      }
    }
  }

  @Test
  void repairOfACheatersBlobShowsTheProof() throws RedStuffException {
    StoredBlob cheat = StoredBlob.honest(SHARDS, 1300, 7);
    cheat.commitWrongly(SliverId.primary(4));
    RepairResult result = cheat.codec.repair(cheat.metadata, cheat.all(), List.of());
    assertEquals(List.of(SliverId.primary(4)), result.bad());
    assertEquals(List.of(SliverId.primary(4)), result.unrestored());
    assertEquals(1, result.inconsistencies().size());
    cheat.codec.confirm(cheat.metadata, result.inconsistencies().getFirst());
  }

  /** Too few whole slivers, but symbols enough for one target, all proven against their columns. */
  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void repairFromLooseSymbolsShowsTheProof(int wholeColumns) throws RedStuffException {
    StoredBlob cheat = StoredBlob.honest(SHARDS, 1300, 7);
    SliverId target = SliverId.primary(4);
    cheat.commitWrongly(target);
    List<GeneralRecoverySymbol> loose =
        cheat.symbolsFor(target).subList(wholeColumns, SHARDS).stream()
            .map(symbol -> symbol.withTarget(4))
            .toList();
    RepairResult result =
        cheat.codec.repair(cheat.metadata, cheat.secondary.subList(0, wholeColumns), loose);
    assertEquals(List.of(), result.restored());
    assertTrue(result.unrestored().contains(target));
    assertEquals(
        List.of(target),
        result.inconsistencies().stream().map(InconsistencyProof::target).toList());
    cheat.codec.confirm(cheat.metadata, result.inconsistencies().getFirst());
  }

  /** Symbols proven against the row itself say nothing against it to a third party. */
  @Test
  void symbolsOfTheTargetsOwnTreeAreNoEvidence() throws RedStuffException {
    StoredBlob cheat = StoredBlob.honest(SHARDS, 1300, 7);
    SliverId target = SliverId.primary(2);
    cheat.alterAndCommit(target, 11);
    List<GeneralRecoverySymbol> loose = new ArrayList<>();
    for (int column = 0; column < SHARDS; column++) {
      loose.add(
          column < 3 ? cheat.symbol(SliverId.secondary(column), 2) : cheat.symbol(target, column));
    }
    RepairResult result = cheat.codec.repair(cheat.metadata, List.of(), loose);
    assertEquals(List.of(), result.rejected());
    assertEquals(List.of(), result.restored());
    assertEquals(List.of(), result.inconsistencies());
    // from its own tree alone, the altered row is what was committed to
    List<GeneralRecoverySymbol> own = new ArrayList<>(loose.subList(3, SHARDS));
    RepairResult ofItself = cheat.codec.repair(cheat.metadata, List.of(), own);
    assertEquals(
        List.of(cheat.sliver(target)),
        ofItself.restored().stream().map(VerifiedSliver::sliver).toList());
    // of two proofs for a cell, that of the column counts, whichever came first
    for (int order = 0; order < 2; order++) {
      List<GeneralRecoverySymbol> both = new ArrayList<>(own);
      cheat.symbolsFor(target).forEach(symbol -> both.add(symbol.withTarget(2)));
      if (order == 1) {
        Collections.reverse(both);
      }
      RepairResult proven = cheat.codec.repair(cheat.metadata, List.of(), both);
      assertEquals(1, proven.inconsistencies().size());
      cheat.codec.confirm(cheat.metadata, proven.inconsistencies().getFirst());
    }
  }

  @Test
  void sourcesMustCrossTheTargetsAndBeOfTheBlob() throws RedStuffException {
    StoredBlob other = StoredBlob.honest(SHARDS, 1300, 2);
    try (Arena arena = Arena.ofConfined()) {
      SliverVerifier verifier = HONEST.codec.newVerifier(arena);
      SliverRecoverer recoverer = HONEST.codec.newRecoverer(arena);
      List<VerifiedSliver> columns = new ArrayList<>();
      for (Sliver sliver : HONEST.secondary) {
        columns.add(verifier.verify(HONEST.metadata, sliver));
      }
      List<SliverId> rows = List.of(SliverId.primary(1), SliverId.primary(2));
      assertEquals(2, recoverer.recoverMany(HONEST.metadata, rows, columns).recovered().size());
      assertEquals(
          List.of(), recoverer.recoverMany(HONEST.metadata, List.of(), columns).recovered());
      for (VerifiedSliver wrong :
          List.of(
              verifier.verify(HONEST.metadata, HONEST.primary.get(3)),
              verifier.verify(other.metadata, other.secondary.get(3)))) {
        List<VerifiedSliver> sources = new ArrayList<>(columns);
        sources.set(9, wrong);
        String message =
            assertThrows(
                    IllegalArgumentException.class,
                    () -> recoverer.recoverMany(HONEST.metadata, rows, sources))
                .getMessage();
        assertTrue(message.startsWith("sources: got " + wrong), message);
      }
      List<SliverId> mixed = List.of(SliverId.primary(1), SliverId.secondary(1));
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> recoverer.recoverMany(HONEST.metadata, mixed, columns))
              .getMessage();
      assertTrue(message.startsWith("targets: got " + mixed.get(1)), message);
    }
  }

  @Property(tries = 150)
  void randomDamageNeverGivesOtherBytes(
      @ForAll @IntRange(min = 4, max = 16) int shards,
      @ForAll @IntRange(max = 600) int length,
      @ForAll @IntRange(max = 3) int cheats,
      @ForAll ConsistencyCheck check,
      @ForAll long seed) {
    StoredBlob stored = StoredBlob.honest(shards, length, (int) seed);
    Random random = new Random(seed);
    for (int i = 0; i < cheats; i++) {
      SliverId id = new SliverId(Axis.ofVariant(random.nextInt(2)), random.nextInt(shards));
      if (random.nextBoolean()) {
        stored.alterAndCommit(id, random.nextInt(stored.sliver(id).toBytes().length));
      }
    }
    boolean honest = stored.metadata.blobId().equals(stored.codec.blobId(stored.blob));
    List<Sliver> given = new ArrayList<>();
    for (Sliver sliver : stored.all()) {
      if (random.nextInt(3) > 0) {
        byte[] bytes = sliver.toBytes();
        if (random.nextInt(8) == 0) {
          bytes[random.nextInt(bytes.length)] ^= 1;
        }
        given.add(Sliver.copyOf(sliver.id(), sliver.symbolSize(), bytes));
      }
    }
    try {
      byte[] decoded = stored.codec.decode(stored.metadata, given, check);
      if (honest || check == ConsistencyCheck.STRICT) {
        assertArrayEquals(stored.blob, decoded);
      }
      if (check == ConsistencyCheck.STRICT) {
        assertEquals(stored.metadata.blobId(), stored.codec.blobId(decoded));
      }
    } catch (InsufficientDataException e) {
      assertTrue(e.got() < e.needed());
    } catch (VerificationException e) {
      assertTrue(e.reason() == Reason.ROOT_MISMATCH || !honest, e.getMessage());
    }
  }
}
