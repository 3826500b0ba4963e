package io.redstuff.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.Sliver;
import java.io.IOException;
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
}
