package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engines;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Any number of threads gives the same bytes, whatever memory they may use. */
class ParallelismTest {
  @Test
  void defaultIsAllProcessorsAndTheCallerSetsOthers() {
    RedStuff codec = RedStuff.forShards(10);
    assertEquals(Runtime.getRuntime().availableProcessors(), codec.parallelism());
    assertEquals(3, codec.withParallelism(3).parallelism());
    assertEquals(codec.parameters(), codec.withParallelism(3).parameters());
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> codec.withParallelism(0));
    assertEquals("parallelism: got 0, expected at least 1", thrown.getMessage());
  }

  /** Sizes around whole rows, groups of eight and blocks of columns. */
  @ParameterizedTest
  @CsvSource({
    "100, 1",
    "100, 4557",
    "100, 100000",
    "103, 300000",
    "128, 20000",
    "129, 5000",
    "65, 700000",
    "64, 700000",
    "63, 1000000",
    "10, 1500000",
    "9, 1500000",
    "4, 390000",
    "400, 40000",
    "400, 90000"
  })
  void threadsDoNotChangeTheBytes(int shards, int length) {
    byte[] blob = TestBlobs.bytes(length, shards);
    RedStuff one = RedStuff.forShards(shards).withParallelism(1);
    byte[] slivers;
    VerifiedMetadata metadata;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(one.parameters().sliversLength(length), 64);
      metadata = one.newEncoder(arena).encode(MemorySegment.ofArray(blob), out);
      slivers = out.toArray(ValueLayout.JAVA_BYTE);
    }
    assertEquals(metadata, one.metadata(blob));
    for (int threads : new int[] {2, 5}) {
      RedStuff several = one.withParallelism(threads);
      assertEquals(metadata, several.metadata(blob), threads + " threads, heap");
      try (Arena arena = Arena.ofShared()) {
        MemorySegment in = arena.allocate(length, 1).copyFrom(MemorySegment.ofArray(blob));
        MemorySegment out = arena.allocate(one.parameters().sliversLength(length), 64);
        BlobEncoder encoder = several.newEncoder(arena);
        assertEquals(metadata, encoder.metadata(in));
        assertEquals(metadata, encoder.encode(in, out));
        assertArrayEquals(slivers, out.toArray(ValueLayout.JAVA_BYTE), threads + " threads");
      }
    }
  }

  /** Blobs worth the help of others, the last two also for their arithmetic alone. */
  @ParameterizedTest
  @CsvSource({"100, 1", "100, 60000", "46, 400000", "10, 1500000", "100, 3000000"})
  void threadsDoNotChangeWhatIsDecoded(int shards, int length) throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(shards, length, shards);
    for (Axis axis : Axis.values()) {
      int enough = stored.codec.parameters().sourceSymbols(axis);
      List<Sliver> last = stored.slivers(axis).subList(shards - enough, shards);
      List<Sliver> damaged = new ArrayList<>(stored.slivers(axis));
      damaged.set(1, broken(damaged.get(1)));
      for (int threads : new int[] {1, 2, 5}) {
        RedStuff codec = stored.codec.withParallelism(threads);
        try (Arena shared = Arena.ofShared();
            Arena confined = Arena.ofConfined()) {
          for (Arena arena : List.of(shared, confined)) {
            BlobDecoder decoder = codec.newDecoder(arena);
            MemorySegment target = arena.allocate(length, 1);
            List<Sliver> moved = last.stream().map(sliver -> moved(sliver, arena)).toList();
            for (ConsistencyCheck check : ConsistencyCheck.values()) {
              decoder.decode(stored.metadata, moved, check, target.fill((byte) 7));
              assertArrayEquals(stored.blob, target.toArray(ValueLayout.JAVA_BYTE));
            }
            assertArrayEquals(
                stored.blob, decoder.decode(stored.metadata, last, ConsistencyCheck.DEFAULT));
            assertArrayEquals(
                stored.blob, decoder.decode(stored.metadata, damaged, ConsistencyCheck.DEFAULT));
          }
        }
      }
    }
  }

  private static Sliver moved(Sliver sliver, Arena arena) {
    MemorySegment copy = arena.allocate(sliver.segment().byteSize(), 1);
    return Sliver.view(sliver.id(), sliver.symbolSize(), copy.copyFrom(sliver.segment()));
  }

  private static Sliver broken(Sliver sliver) {
    byte[] bytes = sliver.toBytes();
    bytes[0] ^= 1;
    return Sliver.copyOf(sliver.id(), sliver.symbolSize(), bytes);
  }

  /** Good and bad ones of both axes, in their order, whoever found out. */
  @ParameterizedTest
  @ValueSource(ints = {2, 70, 5000})
  void manySliversAreVerifiedInOrder(int symbolSize) {
    EncodingParameters parameters = EncodingParameters.forShards(46);
    int length =
        parameters.primarySourceSymbols() * parameters.secondarySourceSymbols() * symbolSize;
    StoredBlob stored = StoredBlob.honest(46, length, 5);
    List<Sliver> given = stored.all();
    Collections.shuffle(given, new Random(symbolSize));
    Sliver good = given.get(3);
    given.set(3, broken(good));
    given.add(good);
    given.add(17, broken(stored.sliver(SliverId.secondary(9))));
    given.add(20, Sliver.copyOf(SliverId.primary(46), 2, new byte[4]));
    given.add(21, Sliver.copyOf(SliverId.primary(1), symbolSize, new byte[symbolSize]));
    given.add(22, Sliver.copyOf(SliverId.primary(1), symbolSize + 2, new byte[symbolSize + 2]));
    List<Sliver> expected = new ArrayList<>(given);
    List<Sliver> bad = List.of(3, 17, 20, 21, 22).stream().map(given::get).toList();
    expected.removeAll(bad);
    for (int threads : new int[] {1, 3}) {
      RedStuff codec = stored.codec.withParallelism(threads);
      List<Sliver> rejected = new ArrayList<>();
      List<Reason> reasons = new ArrayList<>();
      try (Arena arena = Arena.ofConfined()) {
        List<VerifiedSliver> verified =
            codec
                .newVerifier(arena)
                .verifyAll(
                    stored.metadata,
                    given,
                    (sliver, why) -> {
                      rejected.add(sliver);
                      reasons.add(why.reason());
                    });
        assertEquals(expected, verified.stream().map(VerifiedSliver::sliver).toList());
      }
      assertEquals(bad, rejected);
      assertEquals(
          List.of(
              Reason.ROOT_MISMATCH,
              Reason.ROOT_MISMATCH,
              Reason.INDEX_OUT_OF_RANGE,
              Reason.WRONG_SYMBOL_COUNT,
              Reason.WRONG_SYMBOL_SIZE),
          reasons);
    }
    RedStuff other = RedStuff.forShards(45);
    try (Arena arena = Arena.ofConfined()) {
      SliverVerifier verifier = other.newVerifier(arena);
      assertThrows(
          IllegalArgumentException.class,
          () -> verifier.verifyAll(stored.metadata, List.of(), (_, _) -> {}));
    }
  }

  /** So few targets that symbols are computed one by one, and more; short symbols and long ones. */
  @ParameterizedTest
  @CsvSource({"2, 3", "2, 60", "90, 9", "1200, 60"})
  void manySliversAreRecovered(int symbolSize, int count) throws RedStuffException {
    int shards = 100;
    EncodingParameters parameters = EncodingParameters.forShards(shards);
    int length =
        parameters.primarySourceSymbols() * parameters.secondarySourceSymbols() * symbolSize;
    StoredBlob stored = StoredBlob.honest(shards, length, 6);
    for (Axis axis : Axis.values()) {
      List<SliverId> targets =
          IntStream.range(shards - 2 * count, shards)
              .filter(index -> index >= 0 && index % 2 == 0)
              .mapToObj(index -> new SliverId(axis, index))
              .toList();
      for (int threads : new int[] {1, 3}) {
        try (Arena arena = Arena.ofShared()) {
          RedStuff codec = stored.codec.withParallelism(threads);
          List<Sliver> sources = new ArrayList<>();
          for (Sliver sliver : stored.slivers(axis.opposite())) {
            sources.add(sliver.id().index() % 3 == 0 ? sliver : moved(sliver, arena));
          }
          List<VerifiedSliver> verified =
              codec.newVerifier(arena).verifyAll(stored.metadata, sources, (_, why) -> fail(why));
          RecoveredSlivers result =
              codec.newRecoverer(arena).recoverMany(stored.metadata, targets, verified);
          assertEquals(
              targets.stream().map(stored::sliver).toList(),
              result.recovered().stream().map(VerifiedSliver::sliver).toList());
          assertEquals(List.of(), result.contradicted());
          assertTrue(result.proof().isEmpty());
        }
      }
    }
  }

  @Test
  void memoryOfTheCallingThreadAloneIsWorkedOnByItAlone() {
    byte[] blob = TestBlobs.bytes(200_000, 1);
    RedStuff codec = RedStuff.forShards(100).withParallelism(4);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocate(blob.length, 1).copyFrom(MemorySegment.ofArray(blob));
      MemorySegment out = arena.allocate(codec.parameters().sliversLength(blob.length), 64);
      BlobEncoder encoder = codec.newEncoder(arena);
      assertEquals(codec.blobId(blob), encoder.metadata(in).blobId());
      assertEquals(codec.blobId(blob), encoder.encode(in, out).blobId());
      assertEquals(codec.blobId(blob), codec.blobId(in));
    }
  }

  @Test
  void oneCodecServesManyThreads() {
    RedStuff codec = RedStuff.forShards(100).withParallelism(3);
    List<byte[]> blobs =
        IntStream.range(0, 24).mapToObj(i -> TestBlobs.bytes(1000 * i, i)).toList();
    List<BlobId> expected =
        blobs.stream()
            .map(RedStuff.forShards(100, Engines.named("plain")).withParallelism(1)::blobId)
            .toList();
    assertEquals(expected, blobs.parallelStream().map(codec::blobId).toList());
  }

  @Test
  void sliversOfTheCallingThreadAloneAreCutByItAlone() throws RedStuffException {
    StoredBlob stored = StoredBlob.honest(31, 231 * 600, 6);
    RedStuff codec = stored.codec.withParallelism(4);
    List<SliverId> targets = List.of(SliverId.primary(3), SliverId.primary(20));
    try (Arena arena = Arena.ofConfined()) {
      List<Sliver> sources = stored.secondary.stream().map(sliver -> moved(sliver, arena)).toList();
      List<VerifiedSliver> verified =
          codec.newVerifier(arena).verifyAll(stored.metadata, sources, (_, why) -> fail(why));
      assertEquals(
          targets.stream().map(stored::sliver).toList(),
          codec
              .newRecoverer(arena)
              .recoverMany(stored.metadata, targets, verified)
              .recovered()
              .stream()
              .map(VerifiedSliver::sliver)
              .toList());
    }
  }
}
