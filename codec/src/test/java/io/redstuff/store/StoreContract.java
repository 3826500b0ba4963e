package io.redstuff.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.StoredBlob;
import io.redstuff.store.SliverState.Condition;
import io.redstuff.store.SliverStore.Batch;
import io.redstuff.store.SliverStore.Mode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store does, whatever it is made of. */
abstract class StoreContract {
  static final StoredBlob BLOB = StoredBlob.honest(10, 1300, 1);
  static final SliverId PRIMARY = SliverId.primary(3);
  static final SliverId SECONDARY = SliverId.secondary(6);

  /** A store with nothing in it. */
  abstract SliverStore store();

  static SliverPlace place(SliverId sliver) {
    return new SliverPlace(sliver, BLOB.codec.parameters(), BLOB.metadata.symbolSize());
  }

  static byte[] symbols(SliverId sliver) {
    return BLOB.sliver(sliver).toBytes();
  }

  /** Writes slivers of {@link #BLOB} in two pieces each, the pieces in turn. */
  static void write(Batch batch, SliverId... slivers) throws IOException {
    int size = BLOB.metadata.symbolSize();
    for (SliverId id : slivers) {
      batch.write(place(id), 0, MemorySegment.ofArray(symbols(id)).asSlice(0, size));
    }
    for (SliverId id : slivers) {
      batch.write(place(id), size, MemorySegment.ofArray(symbols(id)).asSlice(size));
    }
  }

  static void put(SliverStore store, Mode mode, byte[] metadata, SliverId... slivers)
      throws IOException {
    try (Batch batch = store.begin(mode, Durability.BUFFERED)) {
      write(batch, slivers);
      batch.commit(metadata);
    }
  }

  static byte[] read(SliverStore store, SliverId sliver) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(place(sliver).length());
      store.read(place(sliver), 0, target);
      return target.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  static Condition look(SliverStore store, SliverId sliver) {
    SliverState state = store.look(place(sliver));
    assertEquals(sliver, state.sliver());
    assertEquals(state.condition() == Condition.BAD, !state.reason().isEmpty());
    return state.condition();
  }

  @Test
  void nothingIsThereAtFirst() throws IOException {
    SliverStore store = store();
    assertThrows(IOException.class, () -> store.readMetadata(100));
    assertEquals(Condition.MISSING, look(store, PRIMARY));
    assertThrows(IOException.class, () -> read(store, PRIMARY));
    assertEquals(List.of(), store.strays(BLOB.codec.parameters()));
  }

  @Test
  void whatIsCommittedIsThere() throws IOException {
    SliverStore store = store();
    byte[] metadata = BLOB.metadata.toBcs();
    try (Batch batch = store.begin(Mode.CREATE, Durability.FORCED)) {
      write(batch, PRIMARY, SECONDARY);
      assertEquals(Condition.MISSING, look(store, PRIMARY));
      assertThrows(IOException.class, () -> store.readMetadata(100));
      batch.commit(metadata);
    }
    for (SliverId id : List.of(PRIMARY, SECONDARY)) {
      assertEquals(Condition.UNCHECKED, look(store, id));
      assertArrayEquals(symbols(id), read(store, id));
    }
    assertEquals(Condition.MISSING, look(store, SliverId.primary(4)));
    assertArrayEquals(metadata, store.readMetadata(metadata.length));
    assertArrayEquals(metadata, store.readMetadata(metadata.length + 1));
    assertArrayEquals(Arrays.copyOf(metadata, 5), store.readMetadata(5));
  }

  @Test
  void partsCanBeRead() throws IOException {
    SliverStore store = store();
    put(store, Mode.CREATE, new byte[0], SECONDARY);
    int size = BLOB.metadata.symbolSize();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment symbol = arena.allocate(size);
      store.read(place(SECONDARY), 2L * size, symbol);
      assertArrayEquals(
          Arrays.copyOfRange(symbols(SECONDARY), 2 * size, 3 * size),
          symbol.toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void whatIsNotCommittedIsGone() throws IOException {
    SliverStore store = store();
    try (Batch batch = store.begin(Mode.CREATE, Durability.FORCED)) {
      write(batch, PRIMARY, SECONDARY);
    }
    assertEquals(Condition.MISSING, look(store, PRIMARY));
    put(store, Mode.CREATE, new byte[0], SECONDARY);
    assertEquals(Condition.UNCHECKED, look(store, SECONDARY));
  }

  @Test
  void aBatchReadsBackAndForgets() throws IOException {
    SliverStore store = store();
    try (Batch batch = store.begin(Mode.ADD, Durability.BUFFERED);
        Arena arena = Arena.ofConfined()) {
      write(batch, PRIMARY, SECONDARY);
      MemorySegment target = arena.allocate(place(SECONDARY).length());
      batch.read(place(SECONDARY), 0, target);
      assertArrayEquals(symbols(SECONDARY), target.toArray(ValueLayout.JAVA_BYTE));
      batch.discard(place(PRIMARY));
      batch.discard(place(SliverId.primary(9)));
      batch.commit(new byte[0]);
    }
    assertEquals(Condition.MISSING, look(store, PRIMARY));
    assertEquals(Condition.UNCHECKED, look(store, SECONDARY));
  }

  @Test
  void modesSayWhatBecomesOfWhatIsThere() throws IOException {
    SliverStore store = store();
    byte[] metadata = BLOB.metadata.toBcs();
    put(store, Mode.CREATE, metadata, PRIMARY, SECONDARY);
    IOException refusal =
        assertThrows(
            IOException.class, () -> put(store, Mode.CREATE, metadata, SliverId.primary(4)));
    assertFalse(refusal.getMessage().isEmpty());
    put(store, Mode.ADD, new byte[0], SliverId.primary(4), PRIMARY);
    assertArrayEquals(metadata, store.readMetadata(9999));
    assertEquals(Condition.UNCHECKED, look(store, SECONDARY));
    put(store, Mode.REPLACE, new byte[] {1}, SliverId.primary(5));
    assertArrayEquals(new byte[] {1}, store.readMetadata(9999));
    for (SliverId gone : List.of(PRIMARY, SECONDARY, SliverId.primary(4))) {
      assertEquals(Condition.MISSING, look(store, gone));
    }
    assertEquals(Condition.UNCHECKED, look(store, SliverId.primary(5)));
  }

  /** A sliver of another size in the place, and one of a place that the encoding has not. */
  @ParameterizedTest
  @EnumSource
  void foreignSliversAreSeen(Axis axis) throws IOException {
    SliverStore store = store();
    StoredBlob longer = StoredBlob.honest(10, 2000, 1);
    SliverId id = new SliverId(axis, 2);
    Sliver sliver = longer.sliver(id);
    SliverPlace place =
        new SliverPlace(id, longer.codec.parameters(), longer.metadata.symbolSize());
    try (Batch batch = store.begin(Mode.CREATE, Durability.BUFFERED)) {
      batch.write(place, 0, sliver.segment());
      batch.commit(new byte[0]);
    }
    assertEquals(Condition.UNCHECKED, store.look(place).condition());
    assertEquals(Condition.BAD, look(store, id));
    StoredBlob wider = StoredBlob.honest(31, 1300, 1);
    SliverId far = SliverId.primary(20);
    try (Batch batch = store.begin(Mode.ADD, Durability.BUFFERED)) {
      batch.write(
          new SliverPlace(far, wider.codec.parameters(), wider.metadata.symbolSize()),
          0,
          wider.sliver(far).segment());
      batch.commit(new byte[0]);
    }
    assertEquals(1, store.strays(BLOB.codec.parameters()).size());
    assertTrue(store.strays(BLOB.codec.parameters()).getFirst().contains("20"));
  }

  @Test
  void sliversWithoutMetadataAreNotAddedToByANewEncoding() throws IOException {
    SliverStore store = store();
    put(store, Mode.CREATE, new byte[0], PRIMARY);
    assertThrows(IOException.class, () -> put(store, Mode.CREATE, new byte[] {1}, SECONDARY));
    assertEquals(Condition.UNCHECKED, look(store, PRIMARY));
    assertEquals(Condition.MISSING, look(store, SECONDARY));
    assertThrows(IOException.class, () -> store.readMetadata(1));
  }
}
