package io.redstuff.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.StoredBlob;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** With 10 shards, 4 primary or 7 secondary slivers determine the blob. */
class InconsistencySearchTest {
  private static final Workspace MUCH = Workspace.ofMemory(1L << 30);

  @TempDir private Path directory;

  /** What a cheating writer does, and which sliver shows it where the first 4 rows are there. */
  record Cheat(String name, Consumer<StoredBlob> deed, SliverId shown) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Cheat> cheats() {
    return Stream.of(
        new Cheat(
            "row that is used",
            blob -> blob.alterAndCommit(SliverId.primary(2), 11),
            SliverId.secondary(0)),
        new Cheat(
            "another row",
            blob -> blob.alterAndCommit(SliverId.primary(5), 11),
            SliverId.primary(5)),
        new Cheat(
            "column", blob -> blob.alterAndCommit(SliverId.secondary(8), 3), SliverId.secondary(8)),
        new Cheat(
            "hash of a row", blob -> blob.commitWrongly(SliverId.primary(0)), SliverId.primary(0)),
        new Cheat(
            "hash of a column",
            blob -> blob.commitWrongly(SliverId.secondary(3)),
            SliverId.secondary(3)),
        new Cheat(
            "columns swapped", blob -> blob.swapSecondaryAndCommit(1, 2), SliverId.secondary(1)));
  }

  private static Optional<InconsistencyProof> search(
      StoredBlob blob, List<Sliver> left, Workspace workspace) throws Exception {
    StoredEncoding stored =
        StoredEncoding.open(MemoryStore.of(blob.metadata, left), Optional.empty());
    return InconsistencySearch.run(stored, stored.slivers(), workspace, WorkMonitor.NONE);
  }

  @ParameterizedTest
  @MethodSource("cheats")
  void everyCheatIsShown(Cheat cheat) throws Exception {
    StoredBlob blob = StoredBlob.honest(10, 1300, 7);
    cheat.deed().accept(blob);
    for (Workspace workspace : List.of(MUCH, Workspace.ofMemory(4L << 20).spillingTo(directory))) {
      InconsistencyProof proof = search(blob, blob.all(), workspace).orElseThrow();
      assertEquals(cheat.shown(), proof.target());
      blob.codec.confirm(blob.metadata, proof);
    }
    assertEquals(List.of(), DirectoryStoreTest.tree(directory));
  }

  /** From columns alone; a row that is not there is shown first. */
  @Test
  void columnsAreEnough() throws Exception {
    StoredBlob blob = StoredBlob.honest(10, 1300, 7);
    blob.swapSecondaryAndCommit(1, 2);
    List<Sliver> left = new ArrayList<>(blob.secondary.subList(1, 9));
    left.add(blob.primary.get(0));
    left.remove(5);
    InconsistencyProof proof = search(blob, left, MUCH).orElseThrow();
    assertEquals(SliverId.primary(1), proof.target());
    blob.codec.confirm(blob.metadata, proof);
  }

  @ParameterizedTest
  @EnumSource
  void anHonestWriterHasNothingToFear(Axis axis) throws Exception {
    StoredBlob blob = StoredBlob.honest(10, 1300, 7);
    int needed = blob.codec.parameters().sourceSymbols(axis);
    List<Sliver> left = new ArrayList<>(blob.slivers(axis).subList(10 - needed - 1, 10));
    byte[] spoilt = left.getFirst().toBytes();
    spoilt[0] ^= 1;
    left.set(0, Sliver.copyOf(left.getFirst().id(), left.getFirst().symbolSize(), spoilt));
    assertTrue(search(blob, left, MUCH).isEmpty());
  }

  @Test
  void theGoodAreCountedWhereTheyAreTooFew() throws Exception {
    StoredBlob blob = StoredBlob.honest(10, 1300, 7);
    List<Sliver> left = new ArrayList<>(blob.primary.subList(0, 3));
    left.addAll(blob.secondary.subList(0, 6));
    StoredEncoding few = StoredEncoding.open(MemoryStore.of(blob.metadata, left), Optional.empty());
    StoredSlivers slivers = few.slivers();
    assertThrows(
        InsufficientDataException.class,
        () -> InconsistencySearch.run(few, slivers, MUCH, WorkMonitor.NONE));
    byte[] spoilt = blob.primary.get(3).toBytes();
    spoilt[0] ^= 1;
    left.add(Sliver.copyOf(SliverId.primary(3), blob.metadata.symbolSize(), spoilt));
    StoredEncoding bad = StoredEncoding.open(MemoryStore.of(blob.metadata, left), Optional.empty());
    StoredSlivers again = bad.slivers();
    assertThrows(
        VerificationException.class,
        () -> InconsistencySearch.run(bad, again, MUCH, WorkMonitor.NONE));
    for (StoredSlivers counted : List.of(slivers, again)) {
      assertEquals(3, counted.count(Axis.PRIMARY));
      assertEquals(6, counted.count(Axis.SECONDARY));
    }
  }

  @Test
  void theMonitorHearsOfTheBlob() throws Exception {
    StoredBlob blob = StoredBlob.honest(10, 28 * 48, 7);
    StoredEncoding stored =
        StoredEncoding.open(MemoryStore.of(blob.metadata, blob.all()), Optional.empty());
    List<Long> heard = new ArrayList<>();
    InconsistencySearch.run(
        stored,
        stored.slivers(),
        MUCH,
        (done, total) -> {
          heard.add(done);
          assertEquals(28 * 48, total);
        });
    assertEquals(heard.stream().sorted().toList(), heard);
    assertEquals(28 * 48, heard.getLast());
  }

  /** From columns alone a column is shown by symbols of rows that were decoded. */
  @Test
  void aColumnIsShownWithoutRows() throws Exception {
    StoredBlob blob = StoredBlob.honest(10, 1300, 7);
    blob.commitWrongly(SliverId.secondary(8));
    InconsistencyProof proof = search(blob, blob.secondary, MUCH).orElseThrow();
    assertEquals(SliverId.secondary(8), proof.target());
    blob.codec.confirm(blob.metadata, proof);
  }
}
