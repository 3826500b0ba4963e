package io.redstuff.internal.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.TestBlobs;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A blob of a single row has the metadata that the encoder of all blobs gives it. */
class SingleRowCommitterTest {

  private static SingleRowCommitter committer(RedStuff codec, Arena arena) {
    EncodingParameters parameters = codec.parameters();
    ColumnRoots roots = new ColumnRoots(parameters, codec.engine(), arena);
    return new SingleRowCommitter(parameters, codec.engine(), roots, arena);
  }

  /** Shards around eights, blocks of 64 and powers of two. */
  @ParameterizedTest
  @ValueSource(ints = {4, 5, 7, 10, 16, 17, 31, 63, 64, 65, 100, 128, 129, 300})
  void metadataIsThatOfTheEncoder(int shards) {
    RedStuff codec = RedStuff.forShards(shards);
    int longest = Math.toIntExact(SingleRowCommitter.longest(codec.parameters()));
    try (Arena arena = Arena.ofShared()) {
      SingleRowCommitter committer = committer(codec, arena);
      int step = Math.max(1, longest / 19);
      for (int length = longest; length >= 0; length -= step) {
        byte[] blob = TestBlobs.bytes(length, shards + length);
        assertEquals(codec.metadata(blob), committer.commit(MemorySegment.ofArray(blob)));
      }
    }
  }

  @Test
  void metadataIsThatOfTheEncoderForAThousandShards() {
    RedStuff codec = RedStuff.forShards(1000);
    try (Arena arena = Arena.ofShared()) {
      SingleRowCommitter committer = committer(codec, arena);
      for (int length : new int[] {0, 1, 3, 1024, 1333, 1334}) {
        byte[] blob = TestBlobs.bytes(length, length);
        assertEquals(
            codec.metadata(blob), committer.commit(MemorySegment.ofArray(blob)), length + " bytes");
      }
    }
  }

  /** Zeros at every place, the same symbol many times, and lengths that differ by zeros alone. */
  @ParameterizedTest
  @ValueSource(ints = {7, 70, 131})
  void zerosAndRepeatedSymbolsAreNothingSpecial(int shards) {
    RedStuff codec = RedStuff.forShards(shards);
    int longest = Math.toIntExact(SingleRowCommitter.longest(codec.parameters()));
    List<byte[]> blobs = new ArrayList<>();
    blobs.add(new byte[longest]);
    blobs.add(new byte[longest - 1]);
    byte[] same = new byte[longest];
    Arrays.fill(same, (byte) 0x77);
    blobs.add(same);
    byte[] lastOnly = new byte[longest];
    lastOnly[longest - 1] = 1;
    blobs.add(lastOnly);
    byte[] gaps = TestBlobs.bytes(longest, 1);
    for (int i = 0; i < longest; i++) {
      gaps[i] = i / 6 % 2 == 0 ? 0 : gaps[i];
    }
    blobs.add(gaps);
    try (Arena arena = Arena.ofShared()) {
      SingleRowCommitter committer = committer(codec, arena);
      for (byte[] blob : blobs) {
        assertEquals(codec.metadata(blob), committer.commit(MemorySegment.ofArray(blob)));
      }
    }
  }

  @Test
  void committersShareTheRootsOfColumns() throws InterruptedException {
    RedStuff codec = RedStuff.forShards(40).withParallelism(1);
    ColumnRoots roots = new ColumnRoots(codec.parameters(), codec.engine(), Arena.ofAuto());
    List<byte[]> blobs = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      blobs.add(TestBlobs.bytes(50, i));
    }
    List<BlobId> expected = blobs.stream().map(codec::blobId).toList();
    List<List<BlobId>> results = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      List<BlobId> ids = new ArrayList<>();
      results.add(ids);
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (Arena arena = Arena.ofConfined()) {
                      SingleRowCommitter committer =
                          new SingleRowCommitter(codec.parameters(), codec.engine(), roots, arena);
                      for (byte[] blob : blobs) {
                        ids.add(committer.commit(MemorySegment.ofArray(blob)).blobId());
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    for (List<BlobId> ids : results) {
      assertEquals(expected, ids);
    }
  }
}
