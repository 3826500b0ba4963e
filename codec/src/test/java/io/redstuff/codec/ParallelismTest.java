package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.redstuff.BlobId;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engines;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
