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
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.MerkleTree;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import io.redstuff.store.InconsistencySearch;
import io.redstuff.store.Inspection;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.RepairReport;
import io.redstuff.store.SliverRepair;
import io.redstuff.store.SliverState;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The four cases, A to D in docs/proofs.md, in which the network's own check takes something that
 * no honest writer or node makes, and what we do with it. Whatever we refuse, the rest of the blob
 * can be read, and the writer exposed with a proof that both accept.
 */
class StrictnessTest {
  private static final Workspace MEMORY = Workspace.ofMemory(1L << 30);
  private static final int SHARDS = 10;

  /** As long as the paths in a tree over 10 symbols are. */
  private static final int HEIGHT = 4;

  /** A writer who commits to something of its own making in place of a sliver's hash. */
  private static final class Cheat {
    final StoredBlob stored = StoredBlob.honest(SHARDS, 1300, 3);
    final SliverId sliver;

    /** The tree whose root is committed to; null if there is no hash. */
    MerkleTree tree;

    /** The leaves of the tree: the sliver's symbols first. */
    final List<byte[]> leaves = new ArrayList<>();

    Cheat(SliverId sliver) {
      this.sliver = sliver;
    }

    Cheat commitToNothing() throws RedStuffException {
      stored.commitTo(sliver, new byte[0]);
      return this;
    }

    Cheat commitToTreeOver(int count) throws RedStuffException {
      int size = stored.metadata.symbolSize();
      for (int i = 0; i < count; i++) {
        leaves.add(i < SHARDS ? stored.codec.symbol(stored.sliver(sliver), i) : new byte[size]);
      }
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment data = arena.allocate((long) count * size);
        for (int i = 0; i < count; i++) {
          MemorySegment.copy(leaves.get(i), 0, data, ValueLayout.JAVA_BYTE, (long) i * size, size);
        }
        LeafHasher hasher = new LeafHasher(Engines.selected(), arena);
        tree = MerkleTree.ofLeaves(hasher, data, 0, size, size, count);
      }
      stored.commitTo(sliver, tree.root());
      return this;
    }

    /** What a colluding node would send for the crossing sliver with an index. */
    RecoverySymbol symbol(int index) {
      DecodingSymbol symbol = new DecodingSymbol(sliver.index(), leaves.get(index));
      return new RecoverySymbol(sliver.axis().opposite(), symbol, tree.proof(index));
    }

    SliverId crossing(int index) {
      return new SliverId(sliver.axis().opposite(), index);
    }

    @Override
    public String toString() {
      return sliver + (tree == null ? " without a hash" : " in a tree over " + leaves.size());
    }
  }

  private static VerificationException refused(Reason reason, Executable check) {
    VerificationException e = assertThrows(VerificationException.class, check);
    assertEquals(reason, e.reason(), e.getMessage());
    return e;
  }

  static List<Arguments> slivers() {
    List<Arguments> slivers = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      for (int index : new int[] {0, 3, 4, 9}) {
        slivers.add(Arguments.of(new SliverId(axis, index)));
      }
    }
    return slivers;
  }

  @ParameterizedTest
  @MethodSource("slivers")
  void caseAAnEmptyNodeAsHash(SliverId sliver) throws Exception {
    Cheat cheat = new Cheat(sliver).commitToNothing();
    StoredBlob stored = cheat.stored;
    assertEquals(0, stored.metadata.sliverHash(sliver).length);
    RecoverySymbol honest = StoredBlob.honest(SHARDS, 1300, 3).symbol(sliver, 5).withoutTarget();
    VerificationException e =
        refused(Reason.ROOT_MISMATCH, () -> honest.verify(stored.metadata, cheat.crossing(5)));
    assertTrue(e.getMessage().endsWith(" of which there is none"), e.getMessage());
    assertReadableAndExposed(cheat);
  }

  /**
   * The network's check of a stated target also takes the axis of the one with the other's index.
   */
  @Test
  void caseBASymbolForASliverThatItDoesNotLieOn() throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(SHARDS, 1300, 3);
    GeneralRecoverySymbol symbol = stored.symbol(SliverId.secondary(4), 7);
    symbol.verify(stored.metadata, SliverId.primary(7));
    symbol.verify(stored.metadata, SliverId.secondary(4));
    refused(
        Reason.NOT_USABLE_FOR_TARGET, () -> symbol.verify(stored.metadata, SliverId.primary(4)));
    refused(Reason.NOT_USABLE_FOR_TARGET, () -> symbol.usedFor(SliverId.primary(4)));
    // where both indices are the same it is the target
    stored.symbol(SliverId.secondary(4), 4).verify(stored.metadata, SliverId.primary(4));
  }

  @ParameterizedTest
  @MethodSource("slivers")
  void caseCAPathInALowerTree(SliverId sliver) throws Exception {
    Cheat cheat = new Cheat(sliver).commitToTreeOver(1 << (HEIGHT - 1));
    StoredBlob stored = cheat.stored;
    for (int index = 0; index < cheat.leaves.size(); index++) {
      RecoverySymbol symbol = cheat.symbol(index);
      SliverId target = cheat.crossing(index);
      // it is a leaf of what was committed to
      symbol
          .proof()
          .verify(stored.metadata.sliverHash(sliver), symbol.data(), index, cheat.leaves.size());
      VerificationException e =
          refused(Reason.PATH_LENGTH, () -> symbol.verify(stored.metadata, target));
      assertEquals(
          "recovery symbol: got a path of 3 nodes, expected 4 (the network's own check takes"
              + " shorter ones)",
          e.getMessage());
    }
    assertReadableAndExposed(cheat);
  }

  @ParameterizedTest
  @MethodSource("slivers")
  void caseDALeafBeyondTheShards(SliverId sliver) throws Exception {
    Cheat cheat = new Cheat(sliver).commitToTreeOver(1 << HEIGHT);
    StoredBlob stored = cheat.stored;
    for (int index = 0; index < cheat.leaves.size(); index++) {
      RecoverySymbol symbol = cheat.symbol(index);
      SliverId target = cheat.crossing(index);
      symbol
          .proof()
          .verify(stored.metadata.sliverHash(sliver), symbol.data(), index, cheat.leaves.size());
      if (index < SHARDS) {
        symbol.verify(stored.metadata, target);
      } else {
        refused(Reason.INDEX_OUT_OF_RANGE, () -> symbol.verify(stored.metadata, target));
      }
    }
    assertReadableAndExposed(cheat);
  }

  /** That the one sliver is as good as lost, and the writer is shown to have cheated. */
  private static void assertReadableAndExposed(Cheat cheat) throws RedStuffException, IOException {
    StoredBlob stored = cheat.stored;
    RedStuff codec = stored.codec;
    SliverId sliver = cheat.sliver;
    refused(Reason.ROOT_MISMATCH, () -> codec.verify(stored.metadata, stored.sliver(sliver)));
    List<Sliver> others = new ArrayList<>(stored.all());
    others.remove(stored.sliver(sliver));
    for (Sliver other : others) {
      assertEquals(other, codec.verify(stored.metadata, other).sliver());
    }

    // reading
    boolean inBlob =
        sliver.axis() == Axis.PRIMARY && sliver.index() < codec.parameters().primarySourceSymbols();
    for (Axis axis : Axis.values()) {
      List<Sliver> given = new ArrayList<>(stored.slivers(axis));
      Collections.reverse(given);
      assertArrayEquals(stored.blob, codec.decode(stored.metadata, given, ConsistencyCheck.SKIP));
      if (inBlob) {
        refused(Reason.INCONSISTENT_BLOB, () -> codec.decode(stored.metadata, given));
      } else {
        assertArrayEquals(stored.blob, codec.decode(stored.metadata, given));
      }
      refused(
          Reason.INCONSISTENT_BLOB,
          () -> codec.decode(stored.metadata, given, ConsistencyCheck.STRICT));
    }

    // dispute
    Recovery recovery = codec.recover(stored.metadata, sliver, stored.symbolsFor(sliver));
    InconsistencyProof proof = assertInstanceOf(Recovery.Inconsistent.class, recovery).proof();
    InconsistencyProof received = InconsistencyProof.parse(proof.toBcs());
    assertEquals(proof, received);
    codec.confirm(stored.metadata, received);
    refused(
        Reason.CONSISTENT_BLOB,
        () -> codec.confirm(StoredBlob.honest(SHARDS, 1300, 3).metadata, received));

    StoredEncoding kept =
        StoredEncoding.open(MemoryStore.of(stored.metadata, stored.all()), Optional.empty());
    assertEquals(stored.metadata, kept.metadata());
    InconsistencyProof found =
        InconsistencySearch.run(kept, kept.slivers(), MEMORY, WorkMonitor.NONE).orElseThrow();
    assertEquals(sliver, found.target());
    codec.confirm(stored.metadata, found);

    // repair
    Inspection bad = kept.inspect(WorkMonitor.NONE);
    assertEquals(List.of(sliver), bad.bad().stream().map(SliverState::sliver).toList());
    RepairReport repaired = SliverRepair.of(kept, bad, MEMORY).run(WorkMonitor.NONE);
    assertEquals(Set.of(sliver), repaired.unrestored().keySet());
    assertEquals(sliver, repaired.inconsistency().orElseThrow().target());
    codec.confirm(stored.metadata, repaired.inconsistency().get());
    List<Sliver> few = new ArrayList<>(others);
    few.removeIf(other -> other.id().index() % 4 == 1);
    MemoryStore store = MemoryStore.of(stored.metadata, few);
    StoredEncoding left = StoredEncoding.of(store, codec, stored.metadata);
    RepairReport healed =
        SliverRepair.of(left, left.inspect(WorkMonitor.NONE), MEMORY).run(WorkMonitor.NONE);
    assertEquals(Set.of(sliver), healed.unrestored().keySet());
    for (Sliver restored : store.slivers()) {
      assertEquals(stored.sliver(restored.id()), restored);
    }
  }
}
