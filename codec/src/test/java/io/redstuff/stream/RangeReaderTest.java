package io.redstuff.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.StoredBlob;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RangeReaderTest {
  private static final int SHARDS = 10;
  private static final StoredBlob STORED = StoredBlob.honest(SHARDS, 5600 - 37, 3);
  private static final int SYMBOL = STORED.metadata.symbolSize();
  private static final int ROW = 7 * SYMBOL;

  private static RangeReader reader(StoredBlob stored, SliverSource source, RangeCheck check) {
    return RangeReader.of(stored.codec, stored.metadata, source, check);
  }

  private static void assertRange(StoredBlob stored, RangeReader reader, int offset, int length)
      throws IOException, RedStuffException {
    byte[] expected = Arrays.copyOfRange(stored.blob, offset, offset + length);
    assertArrayEquals(expected, reader.read(offset, length), offset + " +" + length);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment target = arena.allocate(length, 1);
      reader.read(offset, target);
      assertArrayEquals(expected, target.toArray(ValueLayout.JAVA_BYTE));
    }
  }

  @Property(tries = 300)
  void anyRangeOfAnyEnoughSlivers(
      @ForAll @IntRange(min = 4, max = 34) int shards,
      @ForAll @IntRange(min = 1, max = 20_000) int length,
      @ForAll RangeCheck check,
      @ForAll long seed)
      throws Exception {
    Random random = new Random(seed);
    StoredBlob stored = StoredBlob.honest(shards, length, (int) seed);
    EncodingParameters parameters = stored.codec.parameters();
    BitSet[] there = {new BitSet(), new BitSet()};
    int bound = random.nextInt(1, 5);
    for (int i = 0; i < shards; i++) {
      there[0].set(i, random.nextInt(bound) == 0);
      there[1].set(i, random.nextInt(bound) == 0);
    }
    Axis enough = Axis.ofVariant(random.nextInt(2));
    while (there[enough.variant()].cardinality() < parameters.sourceSymbols(enough)) {
      there[enough.variant()].set(random.nextInt(shards));
    }
    HeldSlivers held = HeldSlivers.of(stored, id -> there[id.axis().variant()].get(id.index()));
    try (RangeReader reader = reader(stored, held, check)) {
      for (int i = 0; i < 6; i++) {
        int offset = random.nextInt(length + 1);
        int most = length - offset;
        assertRange(stored, reader, offset, random.nextInt((i < 3 ? most : most / 9) + 1));
      }
      assertRange(stored, reader, 0, length);
      assertEquals(held.bytesRead, reader.bytesRead());
    }
  }

  @Test
  void rangesAtTheEdges() throws Exception {
    int[] edges = {0, 1, SYMBOL - 1, SYMBOL, SYMBOL + 1, ROW - 1, ROW, ROW + 1, 2 * ROW, 3 * ROW};
    for (Axis axis : Axis.values()) {
      int enough = STORED.codec.parameters().sourceSymbols(axis);
      HeldSlivers held = HeldSlivers.some(STORED, axis, enough, new Random(1));
      try (RangeReader reader = reader(STORED, held, RangeCheck.ALL)) {
        assertEquals(STORED.blob.length, reader.length());
        for (int from : edges) {
          for (int to : edges) {
            if (from <= to) {
              assertRange(STORED, reader, from, to - from);
            }
          }
        }
        assertRange(STORED, reader, STORED.blob.length, 0);
        assertRange(STORED, reader, STORED.blob.length - 1, 1);
      }
    }
  }

  @Test
  void rangesOutsideAreRefusedWithNumbers() {
    int length = STORED.blob.length;
    try (RangeReader reader =
        RangeReader.of(STORED.codec, STORED.metadata, HeldSlivers.of(STORED, id -> true))) {
      long[][] outside = {{-1, 2}, {0, length + 1}, {length, 1}, {length + 1, 0}, {3, -1}};
      for (long[] range : outside) {
        String message =
            assertThrows(
                    IndexOutOfBoundsException.class, () -> reader.read(range[0], (int) range[1]))
                .getMessage();
        assertEquals(
            "range: got %s bytes from %s on, expected them within the blob's %s"
                .formatted(range[1], range[0], length),
            message);
      }
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> reader.read(Long.MAX_VALUE, MemorySegment.ofArray(new byte[2])));
      assertThrows(
          IllegalArgumentException.class,
          () -> reader.read(0, MemorySegment.ofArray(new byte[2]).asReadOnly()));
      assertEquals(0, reader.bytesRead());
    }
    RangeReader closed =
        RangeReader.of(STORED.codec, STORED.metadata, HeldSlivers.of(STORED, id -> true));
    closed.close();
    closed.close();
    assertThrows(IllegalStateException.class, () -> closed.read(0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            RangeReader.of(
                RedStuff.forShards(13), STORED.metadata, HeldSlivers.of(STORED, id -> true)));
  }

  @Test
  void directBytesAreReadAndNoOthers() throws Exception {
    HeldSlivers all = HeldSlivers.of(STORED, id -> true);
    try (RangeReader reader = reader(STORED, all, RangeCheck.RECOVERED)) {
      reader.read(ROW + 5, 2 * ROW);
      assertEquals(2L * ROW, reader.bytesRead());
      assertTrue(all.touched.stream().allMatch(id -> id.axis() == Axis.PRIMARY));
    }
    HeldSlivers columns = HeldSlivers.of(STORED, id -> id.axis() == Axis.SECONDARY);
    try (RangeReader reader = reader(STORED, columns, RangeCheck.RECOVERED)) {
      reader.read(ROW + 5, 2 * ROW);
      assertEquals(2L * ROW, reader.bytesRead());
    }
    HeldSlivers one = HeldSlivers.of(STORED, id -> true);
    try (RangeReader reader = reader(STORED, one, RangeCheck.ALL)) {
      reader.read(ROW + 5, 10);
      reader.read(ROW + 50, 10);
      assertEquals(ROW, reader.bytesRead());
    }
  }

  @Test
  void oneColumnIsRecoveredOnce() throws Exception {
    // neither row 1 nor columns 2 and 5
    HeldSlivers held =
        HeldSlivers.of(
            STORED, id -> !(id.axis() == Axis.PRIMARY ? id.index() == 1 : id.index() % 3 == 2));
    try (RangeReader reader = reader(STORED, held, RangeCheck.RECOVERED)) {
      assertRange(STORED, reader, ROW + 2 * SYMBOL + 3, 7);
      assertEquals(4L * SYMBOL, reader.bytesRead());
      assertRange(STORED, reader, ROW + 2 * SYMBOL + 50, 9);
      assertEquals(4L * SYMBOL, reader.bytesRead());
    }
  }

  @Test
  void oneRowIsRecoveredWhereItIsLessToRead() throws Exception {
    HeldSlivers held =
        HeldSlivers.of(STORED, id -> id.axis() == Axis.PRIMARY ? id.index() != 1 : id.index() > 2);
    try (RangeReader reader = reader(STORED, held, RangeCheck.RECOVERED)) {
      byte[] bytes = reader.read(ROW, ROW);
      assertArrayEquals(Arrays.copyOfRange(STORED.blob, ROW, 2 * ROW), bytes);
      // columns 3 to 6 directly, 0 to 2 of the row recovered from 7 symbols
      assertEquals((4L + 7) * SYMBOL, reader.bytesRead());
      assertArrayEquals(bytes, reader.read(ROW, ROW));
      assertEquals((4L + 7) * SYMBOL, reader.bytesRead());
    }
  }

  @Test
  void badContributorsAreReplaced() throws Exception {
    for (Axis axis : Axis.values()) {
      int needed = STORED.codec.parameters().sourceSymbols(axis);
      // the source slivers of the axis are gone but for one
      int first = axis == Axis.PRIMARY ? 3 : 1;
      HeldSlivers held = HeldSlivers.of(STORED, id -> id.axis() == axis && id.index() >= first);
      int spare = SHARDS - first - needed;
      assertTrue(spare > 0);
      for (int i = 0; i < spare; i++) {
        int symbol = axis == Axis.PRIMARY ? 2 : 1;
        held.corrupt(new SliverId(axis, first + 1 + i), symbol * SYMBOL + 9);
      }
      for (RangeCheck check : RangeCheck.values()) {
        try (RangeReader reader = reader(STORED, held, check)) {
          int offset = axis == Axis.PRIMARY ? ROW + 2 * SYMBOL : ROW;
          assertRange(STORED, reader, offset, SYMBOL / 2);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void corruptedSliversAreFoundWhereTheCheckSaysSo(Axis axis) throws Exception {
    SliverId bad = new SliverId(axis, 1);
    // the bad row, or the bad column where row 2 is missing
    int offset = axis == Axis.PRIMARY ? ROW : 2 * ROW + SYMBOL;
    HeldSlivers held =
        HeldSlivers.of(STORED, id -> !id.equals(SliverId.primary(2)))
            .corrupt(bad, axis == Axis.PRIMARY ? 0 : 2 * SYMBOL);
    try (RangeReader reader = reader(STORED, held, RangeCheck.RECOVERED)) {
      byte[] asStored = reader.read(offset, 5);
      asStored[0] ^= 1;
      assertArrayEquals(Arrays.copyOfRange(STORED.blob, offset, offset + 5), asStored);
    }
    try (RangeReader reader = reader(STORED, held, RangeCheck.ALL)) {
      assertRange(STORED, reader, offset, 5);
      assertRange(STORED, reader, 0, STORED.blob.length);
    }
  }

  @Test
  void tooFewSliversSayHowMany() throws Exception {
    HeldSlivers few =
        HeldSlivers.of(
            STORED, id -> id.index() > 0 && id.index() <= (id.axis() == Axis.PRIMARY ? 3 : 6));
    try (RangeReader reader = reader(STORED, few, RangeCheck.RECOVERED)) {
      assertRange(STORED, reader, ROW, 2 * ROW);
      InsufficientDataException failure =
          assertThrows(InsufficientDataException.class, () -> reader.read(0, 1));
      assertEquals("too few secondary slivers: got 6, expected at least 7", failure.getMessage());
    }
    HeldSlivers bad = HeldSlivers.of(STORED, id -> id.axis() == Axis.PRIMARY && id.index() > 0);
    for (int row = 1; row <= 6; row++) {
      bad.corrupt(SliverId.primary(row), row);
    }
    try (RangeReader reader = reader(STORED, bad, RangeCheck.RECOVERED)) {
      VerificationException failure =
          assertThrows(VerificationException.class, () -> reader.read(0, 1));
      assertEquals(Reason.ROOT_MISMATCH, failure.reason());
      assertTrue(failure.getMessage().startsWith("primary 1 sliver"), failure.getMessage());
      assertTrue(
          failure.getMessage().contains("of the good slivers got 3 primary, 0 secondary"),
          failure.getMessage());
    }
  }

  @Test
  void inconsistentBlobsAreNotGivenOut() throws Exception {
    StoredBlob cheat = StoredBlob.honest(SHARDS, 5600, 3);
    cheat.commitWrongly(SliverId.primary(1));
    HeldSlivers columns =
        HeldSlivers.of(cheat, id -> id.axis() == Axis.SECONDARY && id.index() > 0);
    try (RangeReader reader = reader(cheat, columns, RangeCheck.RECOVERED)) {
      assertRange(cheat, reader, 0, SYMBOL);
      VerificationException failure =
          assertThrows(VerificationException.class, () -> reader.read(ROW, 1));
      assertEquals(Reason.INCONSISTENT_BLOB, failure.reason());
      assertRange(cheat, reader, 2 * ROW, SYMBOL);
    }
  }

  /** Slivers of a blob of 1 GiB whose bytes follow from where they stand. */
  private static final class MadeUp implements SliverSource {
    @Override
    public boolean has(SliverId sliver) {
      return true;
    }

    @Override
    public void read(SliverId sliver, long offset, MemorySegment target) {
      for (long i = 0; i < target.byteSize(); i++) {
        target.set(ValueLayout.JAVA_BYTE, i, at(sliver.index(), offset + i));
      }
    }

    static byte at(int row, long offset) {
      return (byte) (((row * 40_503L + offset) * 2_654_435_761L) >> 13);
    }
  }

  @Test
  void aShortRangeOfALongBlobReadsLittle() throws Exception {
    RedStuff codec = RedStuff.forShards(1000);
    long length = 1L << 30;
    VerifiedMetadata metadata =
        VerifiedMetadata.ofHashes(codec.parameters(), length, new byte[64 * 1000]);
    long rowBytes = codec.parameters().sliverLength(Axis.PRIMARY, metadata.symbolSize());
    try (RangeReader reader = RangeReader.of(codec, metadata, new MadeUp())) {
      long offset = 5 * rowBytes - 100;
      byte[] bytes = reader.read(offset, 1024);
      assertEquals(1024, reader.bytesRead());
      for (int i = 0; i < bytes.length; i++) {
        long at = offset + i;
        assertEquals(MadeUp.at((int) (at / rowBytes), at % rowBytes), bytes[i]);
      }
    }
  }

  @Test
  void withoutThreeHundredPairsOfAThousand() throws Exception {
    StoredBlob stored = StoredBlob.honest(1000, 1 << 20, 5);
    Random random = new Random(7);
    BitSet gone = new BitSet();
    while (gone.cardinality() < 300) {
      gone.set(random.nextInt(1000));
    }
    HeldSlivers held =
        HeldSlivers.of(stored, id -> !gone.get(id.pair(stored.codec.parameters()).value()));
    int symbol = stored.metadata.symbolSize();
    int row = gone.nextSetBit(0);
    int column = 999 - gone.previousSetBit(999);
    int offset = (row * 667 + column) * symbol;
    try (RangeReader reader = reader(stored, held, RangeCheck.RECOVERED)) {
      assertArrayEquals(
          Arrays.copyOfRange(stored.blob, offset, offset + 1), reader.read(offset, 1));
      assertEquals(334L * symbol, reader.bytesRead());
      assertArrayEquals(
          Arrays.copyOfRange(stored.blob, offset, offset + 1024), reader.read(offset, 1024));
      assertTrue(reader.bytesRead() < 1024 + (334L + 667) * symbol, "" + reader.bytesRead());
    }
  }

  /** Six rows of symbols so long that four rows are restored at a time. */
  @Test
  void longRowsAreRestoredSomeAtATime() throws Exception {
    StoredBlob stored = StoredBlob.honest(16, 6 * 11 * 60_000, 8);
    HeldSlivers held = HeldSlivers.of(stored, id -> id.axis() == Axis.SECONDARY && id.index() > 4);
    try (RangeReader reader = reader(stored, held, RangeCheck.RECOVERED)) {
      assertArrayEquals(stored.blob, reader.read(0, stored.blob.length));
      // columns 5 to 10 as they are, and 11 symbols for each row
      assertEquals((6 * 6 + 6 * 11) * 60_000, reader.bytesRead());
    }
  }
}
