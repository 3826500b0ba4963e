package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.Recovery.Inconsistent;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.simd.hash.Blake2b;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  // --- many slivers together ---

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

  @ParameterizedTest
  @EnumSource
  void aSliverThatIsNotImpliedIsNotAmongManyRecovered(Axis axis) throws RedStuffException {
    StoredBlob cheat = StoredBlob.honest(SHARDS, 1300, 2);
    SliverId wrong = new SliverId(axis, 5);
    cheat.commitWrongly(wrong);
    try (Arena arena = Arena.ofConfined()) {
      SliverVerifier verifier = cheat.codec.newVerifier(arena);
      List<VerifiedSliver> sources = new ArrayList<>();
      for (Sliver sliver : cheat.slivers(axis.opposite())) {
        sources.add(verifier.verify(cheat.metadata, sliver));
      }
      SliverId right = new SliverId(axis, 1);
      RecoveredSlivers result =
          cheat
              .codec
              .newRecoverer(arena)
              .recoverMany(cheat.metadata, List.of(wrong, right), sources);
      assertEquals(
          List.of(cheat.sliver(right)),
          result.recovered().stream().map(VerifiedSliver::sliver).toList());
      assertEquals(List.of(wrong), result.contradicted());
      assertEquals(wrong, result.proof().orElseThrow().target());
      cheat.codec.confirm(cheat.metadata, result.proof().get());
    }
  }
}
