package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncodeTest {
  @Test
  void workersAreReusableOverBlobsOfAnySize() {
    RedStuff codec = RedStuff.forShards(31);
    EncodingParameters parameters = codec.parameters();
    try (Arena arena = Arena.ofConfined()) {
      BlobEncoder encoder = codec.newEncoder(arena);
      for (int length : new int[] {0, 5000, 1, 100_000, 17, 461, 462, 463}) {
        byte[] blob = TestBlobs.bytes(length, length);
        MemorySegment slivers = arena.allocate(parameters.sliversLength(length) + 5).fill((byte) 9);
        VerifiedMetadata metadata = encoder.encode(MemorySegment.ofArray(blob), slivers);
        assertEquals(metadata.blobId(), encoder.metadata(MemorySegment.ofArray(blob)).blobId());
        try (EncodedBlob whole = codec.encode(blob)) {
          assertEquals(whole.blobId(), metadata.blobId());
          long at = 0;
          for (Axis axis : Axis.values()) {
            for (int i = 0; i < 31; i++) {
              byte[] expected = whole.sliver(new SliverId(axis, i)).toBytes();
              assertArrayEquals(
                  expected, slivers.asSlice(at, expected.length).toArray(ValueLayout.JAVA_BYTE));
              at += expected.length;
            }
          }
          assertEquals(parameters.sliversLength(length), at);
          for (int i = 0; i < 5; i++) {
            assertEquals(9, slivers.get(ValueLayout.JAVA_BYTE, at + i));
          }
        }
      }
    }
  }

  /** The blob is copied to its slivers in tasks of 4 MiB. */
  @Test
  void rowsOfALongBlobAreTheBlob() {
    byte[] blob = TestBlobs.bytes((4 << 20) + 12_345, 4);
    RedStuff codec = RedStuff.forShards(20);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment slivers = arena.allocate(codec.parameters().sliversLength(blob.length));
      codec.newEncoder(arena).encode(MemorySegment.ofArray(blob), slivers);
      assertArrayEquals(blob, slivers.asSlice(0, blob.length).toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Test
  void sliversNeedRoomInWritableNativeMemory() {
    RedStuff codec = RedStuff.forShards(4);
    MemorySegment blob = MemorySegment.ofArray(new byte[100]);
    long needed = codec.parameters().sliversLength(100);
    try (Arena arena = Arena.ofConfined()) {
      BlobEncoder encoder = codec.newEncoder(arena);
      MemorySegment small = arena.allocate(needed - 1);
      String message =
          assertThrows(IllegalArgumentException.class, () -> encoder.encode(blob, small))
              .getMessage();
      assertEquals(
          "slivers: got 359 bytes of native memory, expected at least 360 of writable native"
              + " memory",
          message);
      MemorySegment heap = MemorySegment.ofArray(new byte[1000]);
      assertThrows(IllegalArgumentException.class, () -> encoder.encode(blob, heap));
      MemorySegment readOnly = arena.allocate(1000).asReadOnly();
      assertThrows(IllegalArgumentException.class, () -> encoder.encode(blob, readOnly));
    }
  }

  @Test
  void blobOverTheLimitIsRefusedBeforeAnythingIsRead(@TempDir Path directory) throws IOException {
    RedStuff codec = RedStuff.forShards(4);
    long limit = codec.parameters().maxBlobLength();
    assertEquals(6L * 65534, limit);
    byte[] longest = TestBlobs.bytes((int) limit, 3);
    assertEquals(65534, codec.metadata(longest).symbolSize());
    String message =
        assertThrows(IllegalArgumentException.class, () -> codec.blobId(new byte[(int) limit + 1]))
            .getMessage();
    assertEquals("blob length: got 393205, expected 0 to 393204 with 4 shards", message);
    assertThrows(IllegalArgumentException.class, () -> codec.encode(new byte[(int) limit + 1]));
    // a sparse file: had it been read first, the refusal would take minutes
    try (Arena arena = Arena.ofConfined();
        FileChannel channel =
            FileChannel.open(
                directory.resolve("sparse"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
      MemorySegment sparse = channel.map(MapMode.READ_WRITE, 0, 1L << 36, arena);
      assertThrows(IllegalArgumentException.class, () -> codec.encode(sparse));
      assertThrows(IllegalArgumentException.class, () -> codec.blobId(sparse));
    }
  }

  @Test
  void shardsOutOfRangeAreRefused() {
    for (int shards : new int[] {Integer.MIN_VALUE, -1, 0, 3, 49156, Integer.MAX_VALUE}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> RedStuff.forShards(shards))
              .getMessage();
      assertEquals("shards: got " + shards + ", expected 4 to 49155", message);
    }
  }

  @Test
  void closedEncodingCannotBeRead() {
    EncodedBlob encoded = RedStuff.forShards(4).encode(new byte[10]);
    Sliver sliver = encoded.sliver(SliverId.primary(0));
    assertThrows(IndexOutOfBoundsException.class, () -> encoded.sliver(SliverId.primary(4)));
    assertThrows(IndexOutOfBoundsException.class, () -> encoded.pair(new SliverPairIndex(4)));
    assertEquals(4, encoded.pairs().size());
    encoded.close();
    encoded.close();
    assertThrows(IllegalStateException.class, sliver::toBytes);
    assertTrue(encoded.metadata().blobLength() == 10);
  }

  @Tag("slow")
  @Test
  void everyShardCountUpTo130RoundTrips() throws RedStuffException {
    for (int shards = 4; shards <= 130; shards++) {
      RedStuff codec = RedStuff.forShards(shards);
      int length = (shards * 7919) % 1500;
      byte[] blob = TestBlobs.bytes(length, shards);
      try (EncodedBlob encoded = codec.encode(blob)) {
        assertEquals(codec.blobId(blob), encoded.blobId());
        for (Axis axis : Axis.values()) {
          int enough = codec.parameters().sourceSymbols(axis);
          List<Sliver> last = new ArrayList<>();
          for (int i = shards - enough; i < shards; i++) {
            last.add(encoded.sliver(new SliverId(axis, i)));
          }
          assertArrayEquals(blob, codec.decode(encoded.metadata(), last, ConsistencyCheck.STRICT));
        }
      }
    }
  }
}
