package io.redstuff.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.StoredBlob;
import io.redstuff.codec.TestBlobs;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.store.SliverState.Condition;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.RangeCheck;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With 10 shards, 4 primary or 7 secondary slivers decode. */
class StoredEncodingTest {
  private static final StoredBlob BLOB = StoredBlob.honest(10, 1300, 1);
  private static final Workspace MUCH = Workspace.ofMemory(1L << 30);

  private final List<SliverState> complaints = new ArrayList<>();

  private static StoredEncoding of(List<Sliver> left) throws Exception {
    return StoredEncoding.open(MemoryStore.of(BLOB.metadata, left), Optional.empty());
  }

  private static Sliver spoilt(SliverId id) {
    byte[] bytes = BLOB.sliver(id).toBytes();
    bytes[3] ^= 1;
    return Sliver.copyOf(id, BLOB.metadata.symbolSize(), bytes);
  }

  private StoredSlivers slivers(StoredEncoding stored) {
    return stored.slivers(Set.of(Axis.values()), complaints::add);
  }

  private static byte[] decode(StoredEncoding stored, StoredSlivers slivers) throws Exception {
    byte[] blob = new byte[BLOB.blob.length];
    BlobTarget target = BlobTarget.of(MemorySegment.ofArray(blob));
    stored.decode(slivers, ConsistencyCheck.DEFAULT, target, MUCH, WorkMonitor.NONE);
    return blob;
  }

  private static BlobSource source(byte[] blob) {
    return BlobSource.of(MemorySegment.ofArray(blob));
  }

  // --- opening ---

  @Test
  void opensTheBlobThatIsAskedFor() throws Exception {
    MemoryStore store = MemoryStore.of(BLOB.metadata, BLOB.all());
    StoredEncoding stored = StoredEncoding.open(store, Optional.of(BLOB.metadata.blobId()));
    assertEquals(BLOB.metadata, stored.metadata());
    assertSame(store, stored.store());
    assertEquals(10, stored.codec().parameters().shards());
    RedStuff other = BLOB.codec.withParallelism(3);
    assertSame(other, StoredEncoding.of(store, other, stored.metadata()).codec());
    assertEquals(
        "metadata: got one for 10 shards, expected 11",
        assertThrows(
                IllegalArgumentException.class,
                () -> StoredEncoding.of(store, RedStuff.forShards(11), stored.metadata()))
            .getMessage());
    assertThrows(IndexOutOfBoundsException.class, () -> stored.place(SliverId.primary(10)));
    BlobId foreign = StoredBlob.honest(10, 1300, 2).metadata.blobId();
    VerificationException e =
        assertThrows(
            VerificationException.class, () -> StoredEncoding.open(store, Optional.of(foreign)));
    assertEquals(VerificationException.Reason.BLOB_ID_MISMATCH, e.reason());
    assertThrows(IOException.class, () -> StoredEncoding.open(new MemoryStore(), Optional.empty()));
  }

  @Test
  void refusesWhatIsNoMetadata() throws Exception {
    byte[] good = BLOB.metadata.toBcs();
    assertEquals(BLOB.metadata, StoredEncoding.verify(good, Optional.empty()));
    byte[] few = Arrays.copyOf(good, 32 + 2 + 8 + 1 + 3 * 66);
    few[42] = 3;
    assertEquals(
        "shards: got 3, expected 4 to 49155",
        assertThrows(
                VerificationException.class, () -> StoredEncoding.verify(few, Optional.empty()))
            .getMessage());
    for (byte[] bad :
        List.of(
            Arrays.copyOf(good, good.length - 1),
            Arrays.copyOf(good, good.length + 1),
            new byte[64 + 66 * 49_155 + 1])) {
      assertThrows(
          MalformedDataException.class, () -> StoredEncoding.verify(bad, Optional.empty()));
    }
    good[50] ^= 1;
    assertThrows(VerificationException.class, () -> StoredEncoding.verify(good, Optional.empty()));
  }

  // --- inspecting ---

  @Test
  void inspectionTellsEachSliver() throws Exception {
    List<Sliver> left = new ArrayList<>(BLOB.primary.subList(1, 10));
    left.set(3, spoilt(SliverId.primary(4)));
    left.addAll(BLOB.secondary);
    left.add(StoredBlob.honest(31, 1300, 1).primary.get(20));
    StoredEncoding stored = of(left);
    Inspection found = stored.inspect(WorkMonitor.NONE);
    assertEquals(20, found.states().size());
    assertEquals(20, found.checked().size());
    assertEquals(Condition.MISSING, found.state(SliverId.primary(0)).condition());
    assertEquals(8, found.count(Axis.PRIMARY, Condition.GOOD));
    assertEquals(10, found.count(Axis.SECONDARY, Condition.GOOD));
    assertEquals(List.of(SliverId.primary(4)), found.bad().stream().map(b -> b.sliver()).toList());
    assertEquals(
        "primary 4 sliver: its hash is not the one that blob "
            + BLOB.metadata.blobId()
            + " commits to",
        found.bad().getFirst().reason());
    assertEquals(List.of("primary 20"), found.strays());
    assertTrue(found.isDecodable());
    assertFalse(found.isWhole());
    assertEquals(BLOB.metadata, found.metadata());
    assertThrows(IndexOutOfBoundsException.class, () -> found.state(SliverId.primary(10)));
    assertTrue(of(BLOB.all()).inspect(WorkMonitor.NONE).isWhole());
    assertFalse(of(BLOB.primary.subList(0, 3)).inspect(WorkMonitor.NONE).isDecodable());
  }

  /** Short slivers are hashed together, long ones alone; the threads share both. */
  @ParameterizedTest
  @ValueSource(ints = {1, 28 * 64, 28 * 3000})
  void inspectionSeesTheSameWithAnyLengthAndThreads(int length) throws Exception {
    StoredBlob blob = StoredBlob.honest(10, length, 3);
    for (int threads : new int[] {1, 3}) {
      List<Sliver> slivers = new ArrayList<>(blob.all());
      slivers.remove(13);
      MemoryStore memory = MemoryStore.of(blob.metadata, slivers);
      MeteredStore store = new MeteredStore(memory);
      store.unreadable.add(SliverId.secondary(8));
      List<Long> heard = new ArrayList<>();
      Inspection found =
          StoredEncoding.of(store, blob.codec.withParallelism(threads), blob.metadata)
              .inspect((done, _) -> heard.add(done));
      assertEquals(18, found.states().stream().filter(SliverState::isGood).count());
      assertEquals(
          "cannot be read: input/output error", found.state(SliverId.secondary(8)).reason());
      assertEquals(store.bytesRead.sum(), found.bytesRead());
      assertEquals(0, heard.getFirst());
      assertEquals(heard.stream().sorted().toList(), heard);
    }
  }

  @Test
  void inspectionMayBeCancelled() throws Exception {
    StoredEncoding stored = of(BLOB.all());
    WorkMonitor cancelled =
        new WorkMonitor() {
          @Override
          public void progress(long done, long total) {}

          @Override
          public boolean isCancelled() {
            return true;
          }
        };
    assertThrows(CancellationException.class, () -> stored.inspect(cancelled));
  }

  /** An interrupted look at a file says nothing of the sliver. */
  @Test
  void anInterruptEndsAnInspection(@TempDir Path directory) throws Exception {
    StoredEncoding stored =
        StoredEncoding.create(
            DirectoryStore.at(directory), BLOB.codec, source(BLOB.blob), MUCH, WorkMonitor.NONE);
    Thread.currentThread().interrupt();
    try {
      assertThrows(CancellationException.class, () -> stored.inspect(WorkMonitor.NONE));
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertTrue(stored.inspect(WorkMonitor.NONE).isWhole());
  }

  /** Nor does a read that was interrupted, whoever reads. */
  @Test
  void anInterruptedReadEndsAllWorkAndCountsNoSliverAsBad() throws Exception {
    List<Sliver> left = new ArrayList<>(BLOB.all());
    left.removeFirst();
    MeteredStore store = new MeteredStore(MemoryStore.of(BLOB.metadata, left));
    StoredEncoding stored = StoredEncoding.open(store, Optional.empty());
    Inspection found = stored.inspect(WorkMonitor.NONE);
    store.failure = new NamedIoException("file", new ClosedByInterruptException());
    left.forEach(sliver -> store.unreadable.add(sliver.id()));
    StoredSlivers slivers = slivers(stored);
    assertThrows(CancellationException.class, () -> stored.inspect(WorkMonitor.NONE));
    assertThrows(CancellationException.class, () -> decode(stored, slivers));
    assertThrows(
        CancellationException.class,
        () -> SliverRepair.of(stored, found, MUCH).run(WorkMonitor.NONE));
    try (Arena arena = Arena.ofConfined()) {
      assertThrows(CancellationException.class, () -> slivers.expand(SliverId.primary(1), arena));
    }
    assertEquals(List.of(), complaints);
  }

  @Test
  void statesTellWhatTheyAre() {
    SliverId id = SliverId.primary(1);
    SliverState found = SliverState.unchecked(StoreContract.place(id), "x");
    assertEquals(new SliverState(id, "x", Condition.UNCHECKED, ""), found);
    assertTrue(found.as(Condition.RESTORED).isGood());
    assertFalse(found.asBad("y").isGood());
    assertEquals("y", found.asBad("y").reason());
    assertFalse(found.isLacking());
    assertTrue(found.as(Condition.MISSING).isLacking());
  }

  // --- reading ---

  @ParameterizedTest
  @EnumSource
  void decodesFromEitherAxis(Axis axis) throws Exception {
    StoredEncoding stored = of(BLOB.all());
    StoredSlivers slivers = stored.slivers(Set.of(axis), complaints::add);
    assertArrayEquals(BLOB.blob, decode(stored, slivers));
    assertEquals(List.of(), complaints);
    assertEquals(10, slivers.count(axis));
    assertEquals(0, slivers.count(axis.opposite()));
    assertTrue(slivers.bytesRead() >= BLOB.blob.length);
    assertEquals(stored.codec().parameters().sourceSymbols(axis), slivers.sliversRead());
  }

  @Test
  void badSliversAreLeftOutAndNamedOnce() throws Exception {
    List<Sliver> left = new ArrayList<>(BLOB.all());
    left.set(2, spoilt(SliverId.primary(2)));
    left.set(7, Sliver.copyOf(SliverId.primary(7), 2, new byte[14]));
    StoredEncoding stored = of(left);
    StoredSlivers slivers = slivers(stored);
    assertArrayEquals(BLOB.blob, decode(stored, slivers));
    assertEquals(
        List.of(SliverId.primary(7), SliverId.primary(2)),
        complaints.stream().map(SliverState::sliver).toList());
    assertEquals(8, slivers.count(Axis.PRIMARY));
  }

  @Test
  void whereThereAreTooFewTheGoodAreCounted() throws Exception {
    List<Sliver> left = new ArrayList<>(BLOB.primary.subList(0, 3));
    left.add(spoilt(SliverId.secondary(5)));
    left.add(BLOB.sliver(SliverId.secondary(6)));
    StoredEncoding few = of(left);
    StoredSlivers slivers = slivers(few);
    assertThrows(InsufficientDataException.class, () -> decode(few, slivers));
    assertEquals(3, slivers.count(Axis.PRIMARY));
    assertEquals(1, slivers.count(Axis.SECONDARY));
    assertEquals(1, complaints.size());
    left.add(spoilt(SliverId.primary(3)));
    StoredEncoding bad = of(left);
    StoredSlivers again = slivers(bad);
    assertThrows(VerificationException.class, () -> decode(bad, again));
    assertEquals(3, again.count(Axis.PRIMARY));
    assertEquals(1, again.count(Axis.SECONDARY));
  }

  @Test
  void rangesAreRead() throws Exception {
    StoredEncoding stored = of(BLOB.secondary);
    StoredSlivers slivers = slivers(stored);
    byte[] range = new byte[60];
    try (StoredRanges ranges = stored.ranges(slivers, RangeCheck.RECOVERED)) {
      assertEquals(BLOB.blob.length, ranges.length());
      ranges.read(700, MemorySegment.ofArray(range));
    }
    assertArrayEquals(Arrays.copyOfRange(BLOB.blob, 700, 760), range);
    assertEquals(60, slivers.bytesRead());
    assertEquals(2, slivers.sliversRead());
  }

  /** A row that cannot be read comes from columns, and what these lack from other rows. */
  @ParameterizedTest
  @EnumSource
  void rangesAreReadWithoutSliversThatCannotBeRead(RangeCheck check) throws Exception {
    MeteredStore store = new MeteredStore(MemoryStore.of(BLOB.metadata, BLOB.all()));
    StoredEncoding stored = StoredEncoding.open(store, Optional.empty());
    Set<SliverId> bad = Set.of(SliverId.primary(1), SliverId.primary(2), SliverId.secondary(0));
    store.unreadable.addAll(bad);
    int row = 7 * BLOB.metadata.symbolSize();
    byte[] range = new byte[row];
    try (StoredRanges ranges = stored.ranges(slivers(stored), check)) {
      for (int read = 0; read < 2; read++) {
        ranges.read(row, MemorySegment.ofArray(range));
        assertArrayEquals(Arrays.copyOfRange(BLOB.blob, row, 2 * row), range);
      }
      ranges.read(2L * row, MemorySegment.ofArray(range));
      assertArrayEquals(Arrays.copyOfRange(BLOB.blob, 2 * row, 3 * row), range);
      assertTrue(bad.containsAll(complaints.stream().map(SliverState::sliver).toList()));
      assertEquals(complaints.size(), Set.copyOf(complaints).size());
      assertEquals("cannot be read: input/output error", complaints.getFirst().reason());
      BLOB.all().forEach(sliver -> store.unreadable.add(sliver.id()));
      MemorySegment target = MemorySegment.ofArray(range);
      assertThrows(InsufficientDataException.class, () -> ranges.read(0, target));
    }
  }

  /** Whichever sliver cannot be read, the others give the blob, as long as there are enough. */
  @Test
  void decodingGoesOnWithoutSliversThatCannotBeRead() throws Exception {
    StoredBlob blob = StoredBlob.honest(10, 28 * 40, 3);
    MeteredStore store = new MeteredStore(MemoryStore.of(blob.metadata, blob.primary));
    StoredEncoding stored = StoredEncoding.open(store, Optional.empty());
    List<SliverId> bad = List.of(SliverId.primary(0), SliverId.primary(3));
    store.unreadable.addAll(bad);
    for (ConsistencyCheck check : ConsistencyCheck.values()) {
      complaints.clear();
      byte[] back = new byte[blob.blob.length];
      List<Long> heard = new ArrayList<>();
      stored.decode(
          slivers(stored),
          check,
          BlobTarget.of(MemorySegment.ofArray(back)),
          MUCH,
          (done, _) -> heard.add(done));
      assertArrayEquals(blob.blob, back);
      assertEquals(bad, complaints.stream().map(SliverState::sliver).toList());
      assertEquals("cannot be read: input/output error", complaints.getFirst().reason());
      assertEquals(heard.stream().sorted().toList(), heard);
    }
    for (int index = 1; index < 7; index++) {
      store.unreadable.add(SliverId.primary(index));
    }
    InsufficientDataException e =
        assertThrows(
            InsufficientDataException.class,
            () ->
                stored.decode(
                    slivers(stored),
                    ConsistencyCheck.DEFAULT,
                    BlobTarget.of(MemorySegment.ofArray(new byte[blob.blob.length])),
                    MUCH,
                    WorkMonitor.NONE));
    assertEquals(3, e.got());
  }

  @Test
  void sliversAreExpanded() throws Exception {
    List<Sliver> left = new ArrayList<>(BLOB.all());
    left.set(2, spoilt(SliverId.primary(2)));
    left.remove(1);
    MeteredStore store = new MeteredStore(MemoryStore.of(BLOB.metadata, left));
    store.unreadable.add(SliverId.primary(4));
    StoredSlivers slivers = slivers(StoredEncoding.open(store, Optional.empty()));
    try (Arena arena = Arena.ofConfined()) {
      for (int index : new int[] {1, 2, 4}) {
        assertTrue(slivers.expand(SliverId.primary(index), arena).isEmpty());
      }
      SliverId good = SliverId.primary(3);
      assertEquals(BLOB.sliver(good), slivers.expand(good, arena).orElseThrow().sliver());
      assertEquals(Condition.GOOD, slivers.state(good).condition());
      assertEquals(
          List.of(SliverId.primary(2), SliverId.primary(4)),
          complaints.stream().map(SliverState::sliver).toList());
    }
  }

  // --- writing ---

  @Test
  void createsAndExtends() throws Exception {
    MemoryStore store = new MemoryStore();
    StoredEncoding made =
        StoredEncoding.create(store, BLOB.codec, source(BLOB.blob), MUCH, WorkMonitor.NONE);
    assertEquals(BLOB.metadata, made.metadata());
    assertEquals(Set.copyOf(BLOB.all()), Set.copyOf(store.slivers()));
    assertThrows(
        IOException.class,
        () -> StoredEncoding.create(store, BLOB.codec, source(BLOB.blob), MUCH, WorkMonitor.NONE));

    MemoryStore part = MemoryStore.of(BLOB.metadata, List.of(spoilt(SliverId.primary(3))));
    StoredEncoding stored = StoredEncoding.open(part, Optional.empty());
    Set<SliverPairIndex> pairs = Set.of(SliverPairIndex.of(3), SliverPairIndex.of(9));
    stored.extend(source(BLOB.blob), pairs, MUCH, Durability.BUFFERED, WorkMonitor.NONE);
    assertEquals(
        Stream.of(
                SliverId.primary(3),
                SliverId.primary(9),
                SliverId.secondary(6),
                SliverId.secondary(0))
            .map(BLOB::sliver)
            .collect(java.util.stream.Collectors.toSet()),
        Set.copyOf(part.slivers()));
    byte[] other = TestBlobs.bytes(1300, 2);
    Set<SliverPairIndex> more = Set.of(SliverPairIndex.of(4));
    VerificationException e =
        assertThrows(
            VerificationException.class,
            () -> stored.extend(source(other), more, MUCH, Durability.FORCED, WorkMonitor.NONE));
    assertEquals(VerificationException.Reason.ROOT_MISMATCH, e.reason());
    assertTrue(e.getMessage().startsWith("primary 4 sliver: "), e.getMessage());
    assertEquals(4, part.slivers().size());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            stored.extend(source(new byte[1299]), more, MUCH, Durability.FORCED, WorkMonitor.NONE));
  }

  /** Another blob is told from a disk that fails. */
  @Test
  void whatCannotBeReadBackIsNotAnotherBlob() throws Exception {
    MemoryStore memory = MemoryStore.of(BLOB.metadata, List.of());
    MeteredStore store = new MeteredStore(memory);
    store.readsBack = false;
    StoredEncoding stored = StoredEncoding.open(store, Optional.empty());
    Set<SliverPairIndex> pairs = Set.of(SliverPairIndex.of(4));
    IOException failed =
        assertThrows(
            IOException.class,
            () ->
                stored.extend(
                    source(BLOB.blob), pairs, MUCH, Durability.BUFFERED, WorkMonitor.NONE));
    assertSame(store.failure, failed);
    assertEquals(List.of(), memory.slivers());
  }
}
