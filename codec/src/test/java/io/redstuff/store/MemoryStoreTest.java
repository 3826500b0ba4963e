package io.redstuff.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.Sliver;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryStoreTest extends StoreContract {
  @Override
  SliverStore store() {
    return new MemoryStore();
  }

  @Test
  void startsWithWhatIsLeftOfAnEncoding() throws IOException {
    Sliver sliver = BLOB.sliver(PRIMARY);
    MemoryStore store = MemoryStore.of(BLOB.metadata, List.of(sliver, BLOB.sliver(SECONDARY)));
    assertEquals(Set.of(sliver, BLOB.sliver(SECONDARY)), Set.copyOf(store.slivers()));
    assertEquals(sliver, Sliver.copyOf(PRIMARY, BLOB.metadata.symbolSize(), read(store, PRIMARY)));
    assertEquals(BLOB.metadata.toBcs().length, store.readMetadata(99_999).length);
  }

  @Test
  void aSliverOfAnotherLengthIsBad() {
    int size = BLOB.metadata.symbolSize();
    Sliver cut = Sliver.copyOf(PRIMARY, size, Arrays.copyOf(symbols(PRIMARY), 6 * size));
    assertEquals(
        "got %s bytes in symbols of %s, expected %s in symbols of %2$s"
            .formatted(6 * size, size, 7 * size),
        MemoryStore.of(BLOB.metadata, List.of(cut)).look(place(PRIMARY)).reason());
  }
}
