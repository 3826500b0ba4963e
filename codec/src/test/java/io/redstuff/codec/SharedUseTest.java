package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Everything that may be shared is used by many threads at once, for some seconds. Each compares
 * all bytes that it gets with those that a thread alone got before, then overwrites its copies.
 *
 * <p>{@code -Dredstuff.hammer.seconds=60} goes on for that long.
 */
class SharedUseTest {

  private static final long NANOS =
      (long) (1e9 * Double.parseDouble(System.getProperty("redstuff.hammer.seconds", "1")));

  private static final int THREADS = 8;

  /** One use of what is shared. */
  @FunctionalInterface
  private interface Use {
    void run(Random random) throws Exception;
  }

  /** Has threads use what is shared until the time is over; gives how often they did. */
  private static long hammer(List<Use> uses) throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    long end = System.nanoTime() + NANOS;
    List<Callable<Long>> hammers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Random random = new Random(seed + i);
      hammers.add(
          () -> {
            List<Use> order = new ArrayList<>(uses);
            long count = 0;
            // Each use at least once by each thread, however slow the machine.
            do {
              Collections.shuffle(order, random);
              for (Use use : order) {
                use.run(random);
                count++;
              }
            } while (System.nanoTime() < end);
            return count;
          });
    }
    long total = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Long> done : threads.invokeAll(hammers)) {
        total += done.get();
      }
    }
    return total;
  }

  /** Compares, then overwrites what must be a copy. */
  private static void assertBytes(byte[] expected, byte[] actual) {
    assertArrayEquals(expected, actual);
    Arrays.fill(actual, (byte) 0x5a);
  }

  @ParameterizedTest
  @CsvSource({"10, 500, 1", "31, 20000, 1", "31, 20000, 3", "100, 9000, 2"})
  void oneOfEachForAllThreads(int shards, int length, int parallelism) throws Exception {
    StoredBlob stored = StoredBlob.honest(shards, length, 1);
    try (Arena arena = Arena.ofShared()) {
      long count = hammer(uses(stored, stored.codec.withParallelism(parallelism), arena));
      System.out.println(count + " uses by " + THREADS + " threads");
      assertTrue(count >= THREADS);
    }
  }

  private static List<Use> uses(StoredBlob stored, RedStuff codec, Arena arena) throws Exception {
    List<Use> uses = new ArrayList<>(codecUses(stored, codec, arena));
    uses.addAll(metadataUses(stored));
    uses.addAll(symbolUses(stored, codec, arena));
    return uses;
  }

  private static List<Use> codecUses(StoredBlob stored, RedStuff codec, Arena arena) {
    VerifiedMetadata metadata = stored.metadata;
    byte[] blob = stored.blob.clone();
    MemorySegment segment = arena.allocate(Math.max(1, blob.length)).asSlice(0, blob.length);
    segment.copyFrom(MemorySegment.ofArray(blob));
    ByteBuffer buffer = segment.asByteBuffer().asReadOnlyBuffer();
    EncodingParameters parameters = codec.parameters();
    List<ConsistencyCheck> checks = List.of(ConsistencyCheck.values());
    List<BlobId> ids = new ArrayList<>();
    List<byte[]> others = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      others.add(TestBlobs.bytes(stored.blob.length * i / 3, 77 + i));
      ids.add(codec.withParallelism(1).blobId(others.get(i)));
    }
    MemorySegment memory = arena.allocate(parameters.sliversLength(blob.length), 64);
    codec.newEncoder(arena).encode(segment, memory);
    long rowBytes = parameters.sliverLength(Axis.PRIMARY, metadata.symbolSize());
    return List.of(
        _ -> assertEquals(metadata.blobId(), codec.blobId(blob)),
        _ -> assertEquals(metadata.blobId(), codec.blobId(MemorySegment.ofBuffer(buffer))),
        _ -> assertEquals(metadata, codec.metadata(segment)),
        random -> {
          int i = random.nextInt(ids.size());
          assertEquals(ids.get(i), codec.blobId(others.get(i)));
        },
        random -> {
          try (EncodedBlob encoded = codec.encode(segment)) {
            SliverId id = stored.all().get(random.nextInt(2 * parameters.shards())).id();
            assertBytes(stored.sliver(id).toBytes(), encoded.sliver(id).toBytes());
            assertEquals(metadata, encoded.metadata());
          }
        },
        random -> {
          SliverId id = SliverId.primary(random.nextInt(parameters.shards()));
          Sliver view =
              Sliver.view(
                  id, metadata.symbolSize(), memory.asSlice(id.index() * rowBytes, rowBytes));
          assertBytes(stored.sliver(id).toBcs(), view.toBcs());
        },
        random -> {
          List<Sliver> slivers =
              new ArrayList<>(stored.slivers(random.nextBoolean() ? Axis.PRIMARY : Axis.SECONDARY));
          Collections.shuffle(slivers, random);
          ConsistencyCheck check = checks.get(random.nextInt(checks.size()));
          assertBytes(stored.blob, codec.decode(metadata, slivers, check));
        },
        random -> {
          Sliver sliver = stored.all().get(random.nextInt(2 * parameters.shards()));
          assertEquals(sliver, codec.verify(metadata, sliver).sliver());
        });
  }

  private static List<Use> metadataUses(StoredBlob stored) throws Exception {
    VerifiedMetadata metadata = stored.metadata;
    BlobId id = metadata.blobId();
    byte[] bcs = metadata.toBcs();
    BlobMetadata unverified = BlobMetadata.parse(bcs.clone());
    String text = id.toString();
    byte[] bytes = id.toBytes();
    byte[] root = metadata.rootHash();
    int hash = id.hashCode();
    int shards = stored.shards();
    int modulo = id.mod(shards);
    byte[][] hashes = new byte[shards][];
    for (int i = 0; i < shards; i++) {
      hashes[i] = metadata.sliverHash(SliverId.primary(i));
    }
    return List.of(
        _ -> assertBytes(bytes, id.toBytes()),
        _ -> {
          assertEquals(text, id.toString());
          assertEquals(id, BlobId.parse(text));
          assertEquals(hash, id.hashCode());
          assertEquals(modulo, id.mod(shards));
        },
        _ -> assertBytes(bcs, metadata.toBcs()),
        _ -> assertBytes(bcs, unverified.toBcs()),
        _ -> assertEquals(metadata, unverified.verify(metadata.parameters(), id)),
        _ -> assertEquals(metadata, BlobMetadata.parse(bcs).verify(metadata.parameters())),
        _ -> assertBytes(root, metadata.rootHash()),
        random -> {
          int i = random.nextInt(shards);
          assertBytes(hashes[i], metadata.sliverHash(SliverId.primary(i)));
          assertBytes(hashes[i], metadata.hashes(SliverPairIndex.of(i)).primary());
          assertTrue(metadata.matches(SliverId.primary(i), MemorySegment.ofArray(hashes[i]), 0));
        });
  }

  private static List<Use> symbolUses(StoredBlob stored, RedStuff codec, Arena arena)
      throws Exception {
    VerifiedMetadata metadata = stored.metadata;
    int shards = stored.shards();
    SliverId target = SliverId.primary(shards / 2);
    List<RecoverySymbol> symbols = stored.symbolsFor(target);
    List<byte[]> forms = symbols.stream().map(RecoverySymbol::toBcs).toList();
    ExpandedSliver expanded = codec.expand(metadata, stored.sliver(target), arena);
    List<byte[]> cells = new ArrayList<>();
    List<byte[]> proofs = new ArrayList<>();
    for (int i = 0; i < shards; i++) {
      cells.add(expanded.symbol(i));
      proofs.add(expanded.proof(i).toBcs());
    }
    byte[] root = expanded.root();
    MerkleProof proof = expanded.proof(1);
    return List.of(
        random -> {
          int i = random.nextInt(shards);
          assertBytes(cells.get(i), expanded.symbol(i));
          assertBytes(proofs.get(i), expanded.proof(i).toBcs());
          expanded.recoverySymbol(i).verify(metadata, new SliverId(Axis.SECONDARY, i));
        },
        random -> {
          int i = random.nextInt(shards);
          assertBytes(cells.get(i), codec.symbol(stored.sliver(target), i));
        },
        _ -> {
          assertBytes(proofs.get(1), proof.toBcs());
          assertBytes(root, proof.computeRoot(cells.get(1), 1, shards));
          proof.verify(root, cells.get(1), 1, shards);
        },
        random -> {
          int i = random.nextInt(shards);
          RecoverySymbol symbol = symbols.get(i);
          assertBytes(forms.get(i), symbol.toBcs());
          assertEquals(symbol, RecoverySymbol.parse(Axis.PRIMARY, forms.get(i)));
          symbol.verify(metadata, target);
        },
        random -> {
          List<RecoverySymbol> offered = new ArrayList<>(symbols);
          Collections.shuffle(offered, random);
          Recovery recovery = codec.recover(metadata, target, offered);
          assertEquals(
              stored.sliver(target),
              assertInstanceOf(Recovery.Recovered.class, recovery).sliver().sliver());
        },
        random -> {
          try (Arena own = Arena.ofConfined()) {
            int i = random.nextInt(shards);
            ExpandedSliver other = codec.expand(metadata, stored.sliver(SliverId.primary(i)), own);
            assertBytes(metadata.sliverHash(SliverId.primary(i)), other.root());
          }
        });
  }

  /** Final fields alone publish these: a reader that gets one through a race sees all of it. */
  @Test
  void publishedWithoutSynchronization() throws Exception {
    StoredBlob stored = StoredBlob.honest(7, 100, 1);
    byte[] bcs = stored.metadata.toBcs();
    Published published = new Published();
    published.metadata = stored.metadata;
    hammer(
        List.of(
            _ -> published.metadata = BlobMetadata.parse(bcs).verify(stored.codec.parameters()),
            _ -> {
              VerifiedMetadata seen = published.metadata;
              assertNotNull(seen);
              assertBytes(bcs, seen.toBcs());
              assertEquals(stored.metadata.blobId(), seen.blobId());
            }));
  }

  /** A field that is neither final nor volatile. */
  private static final class Published {
    private VerifiedMetadata metadata;
  }
}
