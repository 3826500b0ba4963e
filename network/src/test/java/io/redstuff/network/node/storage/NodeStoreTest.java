package io.redstuff.network.node.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.ShardIndex;
import io.redstuff.SliverId;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.codec.RedStuff;
import io.redstuff.network.ledger.testing.ChildJvm;
import io.redstuff.network.ledger.transaction.TransactionDigest;
import io.redstuff.store.Durability;
import io.redstuff.store.Inspection;
import io.redstuff.store.SliverPlace;
import io.redstuff.store.SliverState.Condition;
import io.redstuff.store.SliverStore;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's file: what was written is there, whole, also after a crash. */
class NodeStoreTest {
  private static final EncodingParameters PARAMETERS = EncodingParameters.forShards(10);

  @TempDir private Path directory;

  private static BlobId blob(int number) {
    byte[] bytes = new byte[BlobId.BYTES];
    bytes[0] = (byte) (number >> 8);
    bytes[1] = (byte) number;
    return BlobId.of(bytes);
  }

  private static KeptSliver sliver(int shard, Axis axis, int blob, int bytes) {
    return new KeptSliver(
        new SliverKey(ShardIndex.of(shard), axis, blob(blob)), 2, new byte[bytes]);
  }

  @Test
  void keepsAndForgets() throws Exception {
    try (NodeStore store = NodeStore.open(directory)) {
      assertTrue(store.metadata(blob(1)).isEmpty());
      assertTrue(store.putMetadata(blob(1), new byte[] {1, 2}));
      assertFalse(store.putMetadata(blob(1), new byte[] {3}));
      assertArrayEquals(new byte[] {1, 2}, store.metadata(blob(1)).orElseThrow());
      KeptSliver sliver = sliver(3, Axis.SECONDARY, 1, 8);
      assertTrue(store.putSliver(sliver));
      assertFalse(store.putSliver(sliver(3, Axis.SECONDARY, 1, 10)));
      assertArrayEquals(new byte[8], store.sliver(sliver.key()).orElseThrow().symbols());
      assertTrue(store.hasSliver(sliver.key()));
      assertFalse(store.hasSliver(sliver(3, Axis.PRIMARY, 1, 8).key()));
      store.putSlivers(List.of(sliver(3, Axis.PRIMARY, 1, 8), sliver(1, Axis.PRIMARY, 2, 8)));
      assertEquals(List.of(blob(1), blob(2)), store.blobs(Optional.empty(), 10));
      assertEquals(List.of(blob(2)), store.blobs(Optional.of(blob(1)), 10));
      assertEquals(List.of(ShardIndex.of(1), ShardIndex.of(3)), store.shards());
      assertEquals(3, store.sliverCount());
      assertEquals(List.of(sliver(3, Axis.PRIMARY, 1, 8).key(), sliver.key()), store.held(blob(1)));
      assertTrue(store.removeSliver(sliver.key()));
      assertFalse(store.removeSliver(sliver.key()));
      assertEquals(1, store.removeBlob(blob(1)));
      assertFalse(store.hasMetadata(blob(1)));
      assertEquals(1, store.removeShard(ShardIndex.of(1), 5));
      assertEquals(List.of(), store.shards());
      assertEquals(List.of(), store.blobs(Optional.empty(), 10));
    }
  }

  /**
   * SQLite rolls back by itself when there is no room, and nothing can be committed on that
   * connection any more: another one takes its place, here one that may have more pages.
   */
  @Test
  void aFullDiskIsOvercome() throws Exception {
    KeptSliver large = sliver(2, Axis.PRIMARY, 1, 100_000);
    try (NodeStore store = NodeStore.open(directory)) {
      Field field = NodeStore.class.getDeclaredField("writer");
      field.setAccessible(true);
      GroupWriter writer = (GroupWriter) field.get(store);
      AtomicReference<SQLException> full = new AtomicReference<>();
      writer.write(
          session -> {
            if (full.get() != null) {
              return 0; // tried again alone
            }
            session.update("DELETE FROM proofs"); // begins a transaction
            session.first(row -> row.getInt(1), "PRAGMA max_page_count = 1");
            full.set(
                assertThrows(
                    SQLException.class,
                    () ->
                        session.update(
                            "INSERT INTO slivers VALUES (?, 1, 1, 2, zeroblob(100000))",
                            (Object) blob(1).toBytes())));
            throw full.get();
          });
      assertTrue(full.get().getMessage().contains("full"), full.get().getMessage());
      assertEquals(0, store.sliverCount());
      assertTrue(store.putSliver(large));
      assertArrayEquals(large.symbols(), store.sliver(large.key()).orElseThrow().symbols());
    }
  }

  @Test
  void remembersWhatItOwes() throws Exception {
    StatusEvent event =
        new StatusEvent(blob(1), StatusEvent.Kind.CERTIFIED, TransactionDigest.of(new byte[32]), 3);
    List<ShardIndex> shards = List.of(ShardIndex.of(1), ShardIndex.of(2));
    try (NodeStore store = NodeStore.open(directory)) {
      assertEquals(0, store.nextEvent());
      store.follow(7, List.of(blob(2), blob(1), blob(3)), List.of(event));
    }
    try (NodeStore store = NodeStore.open(directory)) {
      assertEquals(7, store.nextEvent());
      assertEquals(Optional.of(event), store.statusEvent(blob(1), StatusEvent.Kind.CERTIFIED));
      assertTrue(store.statusEvent(blob(1), StatusEvent.Kind.INVALID).isEmpty());
      assertEquals(List.of(blob(1), blob(2), blob(3)), store.owed(Optional.empty(), 5));
      assertTrue(store.isOwed(blob(3)));
      assertFalse(store.isOwed(blob(4)));
      for (ShardIndex shard : shards) {
        for (Axis axis : Axis.values()) {
          store.putSliver(sliver(shard.value(), axis, 1, 8));
          store.putSliver(sliver(shard.value(), axis, 2, 8));
        }
      }
      store.putMetadata(blob(1), new byte[1]);
      assertEquals(List.of(blob(2), blob(3)), store.lacking(shards, Optional.empty(), 5));
      assertEquals(List.of(blob(3)), store.lacking(shards, Optional.of(blob(2)), 5));
      store.removeSliver(sliver(2, Axis.PRIMARY, 1, 8).key());
      assertEquals(List.of(blob(1)), store.lacking(shards, Optional.empty(), 1));
      store.putProof(blob(5), new byte[] {9});
      store.putProof(blob(5), new byte[] {8});
      assertArrayEquals(new byte[] {9}, store.proof(blob(5)).orElseThrow());
      assertEquals(List.of(blob(5)), store.proven());
      store.removeProof(blob(5));
      assertEquals(List.of(), store.proven());
    }
  }

  @Test
  void givesShardsInTheOrderOfBlobsAndNotTooMuch() throws Exception {
    try (NodeStore store = NodeStore.open(directory)) {
      for (int i = 300; i > 0; i -= 100) {
        store.putSliver(sliver(4, Axis.PRIMARY, i, 100));
      }
      store.putSliver(sliver(4, Axis.SECONDARY, 5, 100));
      ShardIndex shard = ShardIndex.of(4);
      List<KeptSliver> all = store.slivers(shard, Axis.PRIMARY, blob(0), 10, 1000);
      assertEquals(
          List.of(blob(100), blob(200), blob(300)),
          all.stream().map(kept -> kept.key().blob()).toList());
      assertEquals(2, store.slivers(shard, Axis.PRIMARY, blob(0), 10, 200).size());
      assertEquals(2, store.slivers(shard, Axis.PRIMARY, blob(101), 10, 1000).size());
      assertEquals(1, store.slivers(shard, Axis.PRIMARY, blob(0), 1, 1000).size());
    }
  }

  @Test
  void aBlobIsAStoreOfSlivers() throws Exception {
    byte[] bytes = new byte[3000];
    new Random(1).nextBytes(bytes);
    RedStuff codec = RedStuff.forShards(10);
    try (NodeStore store = NodeStore.open(directory);
        EncodedBlob encoded = codec.encode(bytes)) {
      BlobSlivers slivers = new BlobSlivers(store, encoded.blobId());
      assertThrows(IOException.class, () -> slivers.readMetadata(100));
      StoredEncoding.create(
          slivers,
          codec,
          BlobSource.of(MemorySegment.ofArray(bytes)),
          Workspace.ofMemory(64 << 20),
          WorkMonitor.NONE);
      assertThrows(
          IOException.class, () -> slivers.begin(SliverStore.Mode.CREATE, Durability.FORCED));
      StoredEncoding opened = StoredEncoding.open(slivers, Optional.of(encoded.blobId()));
      assertEquals(encoded.metadata(), opened.metadata());
      assertEquals(5, slivers.readMetadata(5).length);
      Inspection found = opened.inspect(WorkMonitor.NONE);
      assertTrue(found.isWhole());
      // One is lost, one has another length, one other bytes.
      SliverKey lost = SliverKey.of(encoded.blobId(), SliverId.primary(1), PARAMETERS);
      SliverKey cut = SliverKey.of(encoded.blobId(), SliverId.primary(2), PARAMETERS);
      SliverKey changed = SliverKey.of(encoded.blobId(), SliverId.secondary(3), PARAMETERS);
      store.removeSliver(lost);
      KeptSliver before = store.sliver(cut).orElseThrow();
      store.removeSliver(cut);
      store.putSliver(new KeptSliver(cut, before.symbolSize(), new byte[2]));
      KeptSliver other = store.sliver(changed).orElseThrow();
      other.symbols()[1]++;
      store.removeSliver(changed);
      store.putSliver(other);
      found = opened.inspect(WorkMonitor.NONE);
      assertEquals(Condition.MISSING, found.state(SliverId.primary(1)).condition());
      assertEquals(Condition.BAD, found.state(SliverId.primary(2)).condition());
      assertEquals(Condition.BAD, found.state(SliverId.secondary(3)).condition());
      SliverPlace place = opened.place(SliverId.primary(1));
      MemorySegment target = MemorySegment.ofArray(new byte[4]);
      assertThrows(EOFException.class, () -> slivers.read(place, 0, target));
      SliverPlace cutPlace = opened.place(SliverId.primary(2));
      assertThrows(EOFException.class, () -> slivers.read(cutPlace, 0, target));
      try (SliverStore.Batch batch = slivers.begin(SliverStore.Mode.REPLACE, Durability.FORCED)) {
        batch.write(place, 0, MemorySegment.ofArray(new byte[(int) place.length()]));
        batch.write(cutPlace, 0, MemorySegment.ofArray(new byte[(int) cutPlace.length()]));
        batch.discard(cutPlace);
        batch.read(place, 0, target);
        batch.commit(new byte[0]);
      }
      assertEquals(List.of(lost), store.held(encoded.blobId()));
      assertFalse(store.hasMetadata(encoded.blobId()));
    }
  }

  /** What cannot be written fails alone, also if it came together with others. */
  @Test
  void aWriteThatFailsKeepsNoOthersOut() throws Exception {
    try (NodeStore store = NodeStore.open(directory);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> good = new ArrayList<>();
      List<Future<?>> bad = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int number = i;
        good.add(threads.submit(() -> store.putSliver(sliver(1, Axis.PRIMARY, number, 8))));
        bad.add(
            threads.submit(
                () -> {
                  KeptSliver none =
                      new KeptSliver(sliver(2, Axis.PRIMARY, number, 8).key(), 2, null);
                  store.putAll(blob(number), new byte[0], List.of(none), false);
                  return none;
                }));
      }
      for (Future<Boolean> each : good) {
        assertTrue(each.get());
      }
      for (Future<?> each : bad) {
        assertThrows(ExecutionException.class, each::get);
      }
      assertEquals(40, store.sliverCount());
    }
  }

  @Test
  void isOneProcessAtATime() throws Exception {
    NodeStore closed;
    try (NodeStore store = NodeStore.open(directory)) {
      closed = store;
      IOException e = assertThrows(IOException.class, () -> NodeStore.open(directory));
      assertTrue(e.getMessage().contains("another node store has it open"), e::getMessage);
    }
    assertThrows(IOException.class, () -> closed.putMetadata(blob(1), new byte[1]));
    assertThrows(IOException.class, () -> NodeStore.open(directory.resolve("none")));
  }

  @Test
  void anInterruptEndsWaiting() throws Exception {
    try (NodeStore store = NodeStore.open(directory)) {
      CompletableFuture<Throwable> failure = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  store.putMetadata(blob(1), new byte[1]);
                  failure.complete(null);
                } catch (IOException e) {
                  failure.complete(e);
                }
              });
      assertTrue(failure.get() instanceof InterruptedIOException);
    }
  }

  /** What a child that is killed was told is written, is written. */
  @Test
  void survivesBeingKilled() throws Exception {
    int acknowledged = -1;
    for (int round = 0; round < 2; round++) {
      Process child =
          ChildJvm.start(WritingMain.class, directory.toString(), "" + (acknowledged + 1));
      try (BufferedReader out = child.inputReader()) {
        for (int i = 0; i < 15; i++) {
          acknowledged = Integer.parseInt(out.readLine());
        }
        child.destroyForcibly().waitFor();
      }
      try (NodeStore store = NodeStore.open(directory)) {
        for (int i = 0; i <= acknowledged; i++) {
          KeptSliver kept = store.sliver(sliver(1, Axis.PRIMARY, i, 0).key()).orElseThrow();
          assertEquals(5000, kept.symbols().length);
          assertTrue(store.hasMetadata(blob(i)));
        }
      }
    }
  }

  /** Writes until it is killed, and says what is written. */
  static final class WritingMain {
    private WritingMain() {}

    public static void main(String[] args) throws Exception {
      try (NodeStore store = NodeStore.open(Path.of(args[0]))) {
        for (int i = Integer.parseInt(args[1]); ; i++) {
          store.putMetadata(blob(i), new byte[100]);
          store.putSliver(sliver(1, Axis.PRIMARY, i, 5000));
          System.out.println(i);
          System.out.flush();
        }
      }
    }
  }
}
