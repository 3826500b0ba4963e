package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engines;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lengths and offsets over 2 GiB and 4 GiB. Takes minutes and 12 GiB of memory, so it is left out
 * of an ordinary build: {@code mvn -B -ntp -pl codec -am test -Dtest=LargeBlobTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dtests.left-out=no-vector}.
 */
@Tag("large")
class LargeBlobTest {

  private static final long GIB = 1L << 30;

  @TempDir private Path directory;

  /** Random bytes around every GiB and at both ends, a few every MiB, zeros between. */
  private static void fill(MemorySegment blob) {
    SplittableRandom random = new SplittableRandom(7);
    long length = blob.byteSize();
    for (long at = 0; at < length; at += 1 << 20) {
      long near = at % GIB == 0 || at + (1 << 20) >= length ? 1 << 20 : 64;
      long from = Math.max(0, at - near / 2);
      for (long i = from; i < Math.min(length, from + near); i++) {
        blob.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
      }
    }
    blob.set(ValueLayout.JAVA_BYTE, length - 1, (byte) 0x77);
  }

  @Test
  void blobIdAndDecodingOver4GiB() throws Exception {
    RedStuff codec = RedStuff.forShards(600);
    EncodingParameters parameters = codec.parameters();
    long length = 4 * GIB + 123_457;
    try (Arena arena = Arena.ofShared()) {
      MemorySegment blob = SparseFile.map(directory.resolve("blob"), length, arena);
      fill(blob);
      VerifiedMetadata metadata = codec.metadata(blob);
      assertEquals(length, metadata.blobLength());

      // The same bytes elsewhere, at an odd address, and on the engine in plain Java.
      try (Arena other = Arena.ofShared()) {
        MemorySegment copy = other.allocate(length + 1, 64).asSlice(1);
        MemorySegment.copy(blob, 0, copy, 0, length);
        RedStuff plain = RedStuff.forShards(600, Engines.named("plain"));
        assertEquals(metadata, plain.metadata(copy));
        // A byte beyond 4 GiB counts.
        copy.set(ValueLayout.JAVA_BYTE, length - 50_000, (byte) 0x33);
        assertNotEquals(-1, copy.mismatch(blob));
        assertNotEquals(metadata.blobId(), codec.blobId(copy));
      }

      List<Sliver> slivers = allRowsButTwo(codec, metadata, blob);
      MemorySegment back = arena.allocate(length, 64);
      codec.decode(metadata, slivers, ConsistencyCheck.DEFAULT, back);
      assertEquals(-1, back.mismatch(blob));
      back.set(ValueLayout.JAVA_BYTE, length - 1, (byte) 0);
      assertEquals(length - 1, back.mismatch(blob));
      assertEquals(parameters.sourceSymbols(Axis.PRIMARY), slivers.size());
    }
  }

  /**
   * The rows of the blob where they lie but the first two, and two rows of recovery symbols, each
   * cut from the column that it is in.
   */
  private static List<Sliver> allRowsButTwo(
      RedStuff codec, VerifiedMetadata metadata, MemorySegment blob) {
    EncodingParameters parameters = codec.parameters();
    int rows = parameters.primarySourceSymbols();
    int columns = parameters.secondarySourceSymbols();
    int size = metadata.symbolSize();
    long rowBytes = (long) columns * size;
    byte[][] recovery = new byte[2][Math.toIntExact(rowBytes)];
    MemorySegment column = MemorySegment.ofArray(new byte[rows * size]);
    for (int j = 0; j < columns; j++) {
      column.fill((byte) 0);
      for (int i = 0; i < rows; i++) {
        long at = i * rowBytes + (long) j * size;
        long count = Math.clamp(blob.byteSize() - at, 0, size);
        if (count > 0) {
          MemorySegment.copy(blob, at, column, (long) i * size, count);
        }
      }
      Sliver sliver = Sliver.view(SliverId.secondary(j), size, column);
      for (int i = 0; i < recovery.length; i++) {
        System.arraycopy(codec.symbol(sliver, rows + i), 0, recovery[i], j * size, size);
      }
    }
    List<Sliver> slivers = new ArrayList<>();
    for (int i = 0; i < recovery.length; i++) {
      slivers.add(Sliver.copyOf(SliverId.primary(rows + i), size, recovery[i]));
    }
    for (int i = recovery.length; i < rows; i++) {
      long count = Math.clamp(blob.byteSize() - i * rowBytes, 0, rowBytes);
      slivers.add(
          count == rowBytes
              ? Sliver.view(SliverId.primary(i), size, blob.asSlice(i * rowBytes, rowBytes))
              : padded(SliverId.primary(i), size, rowBytes, blob, i * rowBytes, count));
    }
    return slivers;
  }

  private static Sliver padded(
      SliverId id, int size, long length, MemorySegment blob, long at, long count) {
    byte[] row = new byte[Math.toIntExact(length)];
    if (count > 0) {
      MemorySegment.copy(blob, at, MemorySegment.ofArray(row), 0, count);
    }
    return Sliver.copyOf(id, size, row);
  }

  @Test
  void sliversOver4GiB() throws Exception {
    RedStuff codec = RedStuff.forShards(400);
    EncodingParameters parameters = codec.parameters();
    long length = GIB + 4321;
    try (Arena arena = Arena.ofShared()) {
      MemorySegment blob = SparseFile.map(directory.resolve("blob"), length, arena);
      fill(blob);
      VerifiedMetadata metadata = codec.metadata(blob);
      assertTrue(parameters.sliversLength(length) > 4 * GIB);
      RedStuff plain = RedStuff.forShards(400, Engines.named("plain"));
      try (EncodedBlob encoded = codec.encode(blob)) {
        assertEquals(metadata, encoded.metadata());
        for (int i : new int[] {0, 133, 134, 266, 267, 268, 398, 399}) {
          for (Axis axis : Axis.values()) {
            plain.verify(metadata, encoded.sliver(new SliverId(axis, i)));
          }
        }
        for (Axis axis : Axis.values()) {
          List<Sliver> last = new ArrayList<>();
          for (int i = 400 - parameters.sourceSymbols(axis); i < 400; i++) {
            last.add(encoded.sliver(new SliverId(axis, i)));
          }
          try (Arena target = Arena.ofConfined()) {
            MemorySegment back = target.allocate(length, 64);
            codec.decode(metadata, last, ConsistencyCheck.DEFAULT, back);
            assertEquals(-1, back.mismatch(blob));
          }
        }
      }
    }
  }

  @Test
  void oneSliverOver2GiB() throws Exception {
    RedStuff codec = RedStuff.forShards(EncodingParameters.MAX_SHARDS);
    EncodingParameters parameters = codec.parameters();
    int size = EncodingParameters.MAX_SYMBOL_SIZE;
    long length = parameters.sliverLength(Axis.PRIMARY, size);
    assertTrue(length > 2 * GIB);
    SliverId id = SliverId.primary(40_000);
    try (Arena arena = Arena.ofShared()) {
      MemorySegment symbols = SparseFile.map(directory.resolve("sliver"), length, arena);
      fill(symbols);
      Sliver sliver = Sliver.view(id, size, symbols);
      assertThrows(ArithmeticException.class, sliver::toBcs);
      MemorySegment bcs = SparseFile.map(directory.resolve("bcs"), sliver.bcsLength(), arena);
      assertEquals(5 + length + 4, sliver.writeBcs(bcs, 0));
      Sliver read = Sliver.parseView(Axis.PRIMARY, bcs);
      assertEquals(sliver, read);
      byte[] hash = LimitsTest.hash(parameters, sliver, codec.engine());
      VerifiedMetadata metadata =
          LimitsTest.metadata(parameters, parameters.maxBlobLength(), sliver, hash);
      assertEquals(id, codec.verify(metadata, read).sliver().id());
      int last = parameters.symbolsPerSliver(Axis.PRIMARY) - 1;
      byte[] symbol = codec.symbol(read, last);
      assertArrayEquals(
          symbols.asSlice((long) last * size, size).toArray(ValueLayout.JAVA_BYTE), symbol);
    }
  }
}
