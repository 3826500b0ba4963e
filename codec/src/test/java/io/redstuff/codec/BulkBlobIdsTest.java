package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.proof.VerifiedMetadata;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids in bulk are those that come one by one. */
@Timeout(600)
class BulkBlobIdsTest {

  private static List<BlobId> ids(RedStuff codec, List<byte[]> blobs) throws InterruptedException {
    return ids(codec.newBulkBlobIds(), blobs, (blob, _) -> MemorySegment.ofArray(blob));
  }

  private static <T> List<BlobId> ids(BulkBlobIds bulk, List<T> blobs, BulkBlobIds.Reader<T> reader)
      throws InterruptedException {
    List<BlobId> ids = new ArrayList<>();
    Iterator<T> expected = blobs.iterator();
    bulk.<T>compute(
        blobs.iterator(),
        reader,
        result -> {
          if (!(result instanceof BulkBlobIds.Computed<T> computed)) {
            throw new AssertionError(result.toString());
          }
          assertEquals(expected.next(), computed.blob());
          ids.add(computed.id());
        });
    return ids;
  }

  private static List<byte[]> blobs(int... lengths) {
    List<byte[]> blobs = new ArrayList<>();
    for (int length : lengths) {
      blobs.add(TestBlobs.bytes(length, length));
    }
    return blobs;
  }

  /** Lengths around a row, and around where all threads take one blob. */
  @ParameterizedTest
  @CsvSource({"4, 1", "7, 2", "10, 1", "10, 2", "64, 2", "100, 1", "100, 5", "300, 2"})
  void idsAreThoseOfBlobsOneByOne(int shards, int threads) throws InterruptedException {
    RedStuff codec = RedStuff.forShards(shards).withParallelism(threads);
    int row = 2 * codec.parameters().secondarySourceSymbols();
    List<byte[]> blobs = blobs(0, 1, 2, 3, row - 1, row, row + 1, 2 * row, 3000, 1, 0);
    if (shards == 10) {
      blobs.addAll(blobs(1 << 20, 1 << 20 | 1, 5, 1_200_000, 1_300_000));
    }
    assertEquals(blobs.stream().map(codec::blobId).toList(), ids(codec, blobs));
  }

  @Test
  void idsOfAThousandShardsAreThoseOfBlobsOneByOne() throws InterruptedException {
    RedStuff codec = RedStuff.forShards(1000);
    List<byte[]> blobs = blobs(0, 1, 1332, 1333, 1334, 1335, 1336);
    assertEquals(blobs.stream().map(codec::blobId).toList(), ids(codec, blobs));
    assertEquals(
        "3GPQL3HZNnFhN_F7l5Aa-X1VOtAKwIsg9zuWk8R81v4", ids(codec, blobs(0, 0)).get(1).toString());
  }

  /** Blobs of one row, of some, and one that all threads take: each is hashed in another way. */
  @Test
  void metadataAreThoseOfBlobsOneByOne() throws InterruptedException {
    RedStuff codec = RedStuff.forShards(64).withParallelism(2);
    List<byte[]> blobs = blobs(0, 1, 86, 87, 3000, 1 << 20 | 1);
    List<VerifiedMetadata> metadata = new ArrayList<>();
    codec
        .newBulkBlobIds()
        .<byte[]>compute(
            blobs.iterator(),
            (blob, _) -> MemorySegment.ofArray(blob),
            result -> {
              if (result instanceof BulkBlobIds.Computed<byte[]> computed) {
                metadata.add(computed.metadata());
              }
            });
    assertEquals(blobs.stream().map(codec::metadata).toList(), metadata);
  }

  /** The arena's memory is given out again: what one blob left there must not reach the next. */
  @ParameterizedTest
  @CsvSource({"1", "3"})
  void memoryOfTheArenaIsZeroAndEndsWithTheBlob(int threads) throws InterruptedException {
    RedStuff codec = RedStuff.forShards(10).withParallelism(threads);
    List<byte[]> blobs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      blobs.add(TestBlobs.bytes(i % 7 == 6 ? 200_000 + i : i * 3, i));
    }
    BulkBlobIds.Reader<byte[]> reader =
        (blob, arena) -> {
          MemorySegment first = arena.allocate(blob.length, 1);
          MemorySegment second = arena.allocate(100, 128);
          assertEquals(-1, first.mismatch(MemorySegment.ofArray(new byte[blob.length])));
          assertEquals(0, second.address() % 128);
          second.fill((byte) -1);
          arena.allocate(30).fill((byte) -1);
          return first.copyFrom(MemorySegment.ofArray(blob)).asReadOnly();
        };
    BulkBlobIds bulk = codec.newBulkBlobIds();
    List<BlobId> expected = blobs.stream().map(codec::blobId).toList();
    assertEquals(expected, ids(bulk, blobs, reader));
    assertEquals(expected, ids(bulk, blobs, reader));
    List<MemorySegment> seen = new ArrayList<>();
    ids(
        bulk,
        List.of(200_000),
        (length, arena) -> {
          seen.add(arena.allocate(length));
          return seen.getFirst();
        });
    assertThrows(IllegalStateException.class, () -> seen.getFirst().fill((byte) 0));
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void aBlobThatFailsIsReportedInItsPlace(int threads) throws InterruptedException {
    RedStuff codec = RedStuff.forShards(4).withParallelism(threads);
    long tooLong = codec.parameters().maxBlobLength() + 1;
    List<String> outcomes = new ArrayList<>();
    codec
        .newBulkBlobIds()
        .<Integer>compute(
            Stream.iterate(0, i -> i + 1).limit(6).iterator(),
            (i, arena) ->
                switch (i) {
                  case 1 -> throw new FileNotFoundException("one");
                  case 2 -> throw new ArithmeticException("two");
                  case 3 -> arena.allocate(tooLong);
                  default -> arena.allocate(i);
                },
            result ->
                outcomes.add(
                    switch (result) {
                      case BulkBlobIds.Computed<Integer> c -> c.id().toString();
                      case BulkBlobIds.Failed<Integer> f -> f.blob() + " " + f.cause();
                    }));
    assertEquals(
        List.of(
            codec.blobId(new byte[0]).toString(),
            "1 java.io.FileNotFoundException: one",
            "2 java.lang.ArithmeticException: two",
            "3 java.lang.IllegalArgumentException: blob length: got 393205, expected 0 to 393204"
                + " with 4 shards",
            codec.blobId(new byte[4]).toString(),
            codec.blobId(new byte[5]).toString()),
        outcomes);
  }

  @Test
  void anInterruptEndsTheWork() {
    Thread caller = Thread.currentThread();
    BulkBlobIds bulk = RedStuff.forShards(10).withParallelism(2).newBulkBlobIds();
    List<BulkBlobIds.Result<Integer>> results = new ArrayList<>();
    AtomicBoolean done = new AtomicBoolean();
    assertThrows(
        InterruptedException.class,
        () ->
            bulk.compute(
                Stream.iterate(0, i -> i + 1).iterator(),
                (i, arena) -> {
                  if (i == 500 && !done.getAndSet(true)) {
                    caller.interrupt();
                  }
                  return arena.allocate(i % 50);
                },
                results::add));
    assertTrue(results.size() < 1000, results.size() + " results");
  }

  @Test
  void whatTheConsumerThrowsEndsTheWork() {
    BulkBlobIds bulk = RedStuff.forShards(10).newBulkBlobIds();
    IOException stop = new IOException("disk full");
    Exception thrown =
        assertThrows(
            UncheckedIOException.class,
            () ->
                bulk.compute(
                    Stream.iterate(0, i -> i + 1).iterator(),
                    (i, arena) -> arena.allocate(i % 50),
                    result -> {
                      if (result.blob() == 99) {
                        throw new UncheckedIOException(stop);
                      }
                    }));
    assertEquals(stop, thrown.getCause());
  }
}
