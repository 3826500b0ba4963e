package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DecodeTest {
  private static final int SHARDS = 10;
  private static final RedStuff CODEC = RedStuff.forShards(SHARDS);
  private static final byte[] BLOB = TestBlobs.bytes(1234, 1);
  private static final byte[] OTHER_BLOB = TestBlobs.bytes(1234, 2);

  /** A blob's metadata and slivers on the heap, as they come from the network. */
  private record Stored(VerifiedMetadata metadata, List<Sliver> primary, List<Sliver> secondary) {
    static Stored of(RedStuff codec, byte[] blob) {
      try (EncodedBlob encoded = codec.encode(blob)) {
        List<Sliver> primary = new ArrayList<>();
        List<Sliver> secondary = new ArrayList<>();
        for (int i = 0; i < codec.parameters().shards(); i++) {
          primary.add(onHeap(encoded.sliver(SliverId.primary(i))));
          secondary.add(onHeap(encoded.sliver(SliverId.secondary(i))));
        }
        return new Stored(encoded.metadata(), primary, secondary);
      }
    }

    List<Sliver> slivers(Axis axis) {
      return axis == Axis.PRIMARY ? primary : secondary;
    }
  }

  private static Sliver onHeap(Sliver sliver) {
    return Sliver.copyOf(sliver.id(), sliver.symbolSize(), sliver.toBytes());
  }

  private static Sliver corrupted(Sliver sliver, int at) {
    byte[] bytes = sliver.toBytes();
    bytes[at] ^= 1;
    return Sliver.copyOf(sliver.id(), sliver.symbolSize(), bytes);
  }

  private static final Stored STORED = Stored.of(CODEC, BLOB);
  private static final Stored OTHER = Stored.of(CODEC, OTHER_BLOB);

  @Tag("slow")
  @Property(tries = 300)
  void anyEnoughSliversInAnyOrderWithDuplicatesAndStrays(
      @ForAll @IntRange(min = 4, max = 34) int shards,
      @ForAll @IntRange(max = 2000) int length,
      @ForAll Axis axis,
      @ForAll ConsistencyCheck check,
      @ForAll long seed)
      throws RedStuffException {
    decodeAmongStrays(shards, length, axis, check, seed);
  }

  /** The same for a few fixed cases. */
  @ParameterizedTest
  @EnumSource
  void enoughSliversAmongStrays(ConsistencyCheck check) throws RedStuffException {
    for (int seed = 0; seed < 20; seed++) {
      decodeAmongStrays(4 + seed, 37 * seed, Axis.ofVariant(seed % 2), check, seed);
    }
  }

  private static void decodeAmongStrays(
      int shards, int length, Axis axis, ConsistencyCheck check, long seed)
      throws RedStuffException {
    Random random = new Random(seed);
    RedStuff codec = RedStuff.forShards(shards);
    byte[] blob = TestBlobs.bytes(length, (int) seed);
    Stored stored = Stored.of(codec, blob);
    List<Sliver> all = new ArrayList<>(stored.slivers(axis));
    Collections.shuffle(all, random);
    int enough = codec.parameters().sourceSymbols(axis);
    List<Sliver> given =
        new ArrayList<>(all.subList(0, enough + random.nextInt(shards - enough + 1)));
    given.add(given.get(random.nextInt(given.size())));
    int otherSize = stored.metadata().symbolSize() + 2;
    given.add(Sliver.copyOf(new SliverId(axis, 1), otherSize, new byte[otherSize * 3]));
    given.add(Sliver.copyOf(new SliverId(axis, 60_000), 2, new byte[4]));
    given.add(stored.slivers(axis.opposite()).get(random.nextInt(shards)));
    given.add(corrupted(given.get(0), 0));
    Collections.shuffle(given, random);
    assertArrayEquals(blob, codec.decode(stored.metadata(), given, check));
  }

  @org.junit.jupiter.api.Tag("slow")
  @ParameterizedTest
  @EnumSource
  void longBlobsOnHeapAndInNativeMemory(Axis axis) throws Exception {
    heapAndNative(axis, new int[][] {{7, 70_000}, {34, 9_000}, {34, 250_001}, {100, 100_000}});
  }

  @ParameterizedTest
  @EnumSource
  void heapAndNativeMemoryGiveTheSame(Axis axis) throws Exception {
    // the last two: stages and groups of hashes that do not divide what passes through them
    heapAndNative(axis, new int[][] {{7, 300}, {10, 3_000}, {34, 1}, {7, 6_000}, {7, 21_000}});
  }

  private static void heapAndNative(Axis axis, int[][] shapes) throws Exception {
    for (int[] shape : shapes) {
      RedStuff codec = RedStuff.forShards(shape[0]);
      byte[] blob = TestBlobs.bytes(shape[1], shape[0]);
      Stored stored = Stored.of(codec, blob);
      List<Sliver> all = new ArrayList<>(stored.slivers(axis));
      Collections.shuffle(all, new Random(shape[1]));
      try (Arena arena = Arena.ofConfined()) {
        BlobDecoder decoder = codec.newDecoder(arena);
        for (int memories = 0; memories < 8; memories++) {
          List<Sliver> given = new ArrayList<>();
          for (int i = 0; i < codec.parameters().sourceSymbols(axis); i++) {
            boolean nativeSliver = (i % 2 == 0 ? memories & 1 : memories & 2) != 0;
            given.add(nativeSliver ? moved(all.get(i), arena) : all.get(i));
          }
          byte[] array = new byte[shape[1]];
          MemorySegment target =
              (memories & 4) != 0 ? arena.allocate(shape[1], 1) : MemorySegment.ofArray(array);
          for (ConsistencyCheck check : ConsistencyCheck.values()) {
            target.fill((byte) 7);
            decoder.decode(stored.metadata(), given, check, target);
            assertArrayEquals(blob, target.toArray(ValueLayout.JAVA_BYTE));
          }
          int bad = given.size() - 1;
          given.set(bad, corrupted(given.get(bad), 0));
          assertThrows(
              VerificationException.class,
              () -> decoder.decode(stored.metadata(), given, ConsistencyCheck.DEFAULT, target));
        }
      }
    }
  }

  private static Sliver moved(Sliver sliver, Arena arena) {
    MemorySegment copy = arena.allocate(sliver.segment().byteSize(), 1);
    copy.copyFrom(sliver.segment());
    return Sliver.view(sliver.id(), sliver.symbolSize(), copy);
  }

  @ParameterizedTest
  @EnumSource
  void slivesOfAnotherBlobOfTheSameSizeAreFoundOut(ConsistencyCheck check) throws Exception {
    List<Sliver> mixed = new ArrayList<>(OTHER.primary().subList(0, 6));
    mixed.addAll(STORED.primary().subList(4, 8));
    assertArrayEquals(BLOB, CODEC.decode(STORED.metadata(), mixed, check));
    VerificationException failure =
        assertThrows(
            VerificationException.class,
            () -> CODEC.decode(STORED.metadata(), OTHER.primary(), check));
    assertEquals(Reason.ROOT_MISMATCH, failure.reason());
    assertTrue(
        failure.getMessage().contains("got 0 primary, 0 secondary, expected 4 or 7"),
        failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource
  void oneCorruptedSliverAmongEnoughIsWorkedAround(ConsistencyCheck check) throws Exception {
    for (Axis axis : Axis.values()) {
      for (int bad = 0; bad < SHARDS; bad++) {
        List<Sliver> slivers = new ArrayList<>(STORED.slivers(axis));
        slivers.set(bad, corrupted(slivers.get(bad), 17));
        assertArrayEquals(BLOB, CODEC.decode(STORED.metadata(), slivers, check));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneCorruptedSliverAmongJustEnoughIsNamed(ConsistencyCheck check) {
    for (Axis axis : Axis.values()) {
      int enough = CODEC.parameters().sourceSymbols(axis);
      List<Sliver> slivers = new ArrayList<>(STORED.slivers(axis).subList(1, enough + 1));
      slivers.set(2, corrupted(slivers.get(2), 5));
      VerificationException failure =
          assertThrows(
              VerificationException.class, () -> CODEC.decode(STORED.metadata(), slivers, check));
      assertEquals(Reason.ROOT_MISMATCH, failure.reason());
      assertTrue(failure.getMessage().startsWith(axis + " 3 sliver"), failure.getMessage());
      String good =
          axis == Axis.PRIMARY ? "got 3 primary, 0 secondary" : "got 0 primary, 6 secondary";
      assertTrue(
          failure
              .getMessage()
              .endsWith("(and 0 more; of the good slivers " + good + ", expected 4 or 7)"),
          failure.getMessage());
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneMoreThanEnoughMakesUpForACorruptedOne(ConsistencyCheck check) throws Exception {
    for (Axis axis : Axis.values()) {
      int enough = CODEC.parameters().sourceSymbols(axis);
      List<Sliver> slivers = new ArrayList<>(STORED.slivers(axis).subList(0, enough + 1));
      slivers.set(1, corrupted(slivers.get(1), 5));
      assertArrayEquals(BLOB, CODEC.decode(STORED.metadata(), slivers, check));
    }
  }

  /** Strays that come first, in the place of good slivers or outside the shards. */
  @ParameterizedTest
  @EnumSource
  void straysTakeNoPlace(ConsistencyCheck check) throws Exception {
    int size = STORED.metadata().symbolSize();
    for (Axis axis : Axis.values()) {
      int symbols = CODEC.parameters().symbolsPerSliver(axis);
      List<Sliver> given = new ArrayList<>();
      given.add(Sliver.copyOf(new SliverId(axis, SHARDS), size, new byte[size * symbols]));
      given.add(Sliver.copyOf(new SliverId(axis, 0), size, new byte[size * (symbols + 1)]));
      given.add(Sliver.copyOf(new SliverId(axis, 1), size + 2, new byte[(size + 2) * symbols]));
      given.addAll(STORED.slivers(axis).subList(0, CODEC.parameters().sourceSymbols(axis)));
      MemorySegment target = MemorySegment.ofArray(new byte[BLOB.length]);
      CODEC.decode(STORED.metadata(), given, check, target);
      assertArrayEquals(BLOB, target.toArray(ValueLayout.JAVA_BYTE));
      assertArrayEquals(BLOB, CODEC.decode(STORED.metadata(), given, check));
    }
  }

  @Test
  void tooFewSliversSayHowMany() {
    InsufficientDataException none =
        assertThrows(
            InsufficientDataException.class, () -> CODEC.decode(STORED.metadata(), List.of()));
    assertEquals(4, none.needed());
    assertEquals(0, none.got());
    List<Sliver> repeated = new ArrayList<>(STORED.secondary().subList(0, 6));
    repeated.addAll(STORED.secondary().subList(0, 6));
    repeated.add(STORED.primary().get(0));
    InsufficientDataException few =
        assertThrows(
            InsufficientDataException.class, () -> CODEC.decode(STORED.metadata(), repeated));
    assertEquals("too few secondary slivers: got 6, expected at least 7", few.getMessage());
    List<Sliver> closer = new ArrayList<>(STORED.primary().subList(0, 3));
    closer.addAll(STORED.secondary().subList(0, 4));
    InsufficientDataException nearly =
        assertThrows(
            InsufficientDataException.class, () -> CODEC.decode(STORED.metadata(), closer));
    assertEquals("too few primary slivers: got 3, expected at least 4", nearly.getMessage());
  }

  @Test
  void verifiedSliversAreTakenAtTheirWord() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      SliverVerifier verifier = CODEC.newVerifier(arena);
      BlobDecoder decoder = CODEC.newDecoder(arena);
      for (Axis axis : Axis.values()) {
        List<VerifiedSliver> verified = new ArrayList<>();
        for (Sliver sliver : STORED.slivers(axis)) {
          verified.add(verifier.verify(STORED.metadata(), sliver));
        }
        for (ConsistencyCheck check : ConsistencyCheck.values()) {
          MemorySegment blob = arena.allocate(BLOB.length);
          int enough = CODEC.parameters().sourceSymbols(axis);
          Collection<VerifiedSliver> last = verified.subList(SHARDS - enough, SHARDS);
          decoder.decodeVerified(STORED.metadata(), last, check, blob);
          assertArrayEquals(BLOB, blob.toArray(ValueLayout.JAVA_BYTE));
        }
        MemorySegment blob = arena.allocate(OTHER_BLOB.length);
        assertThrows(
            IllegalArgumentException.class,
            () ->
                decoder.decodeVerified(OTHER.metadata(), verified, ConsistencyCheck.DEFAULT, blob));
      }
    }
  }

  @Test
  void everySliverVerifiesAndNoOtherDoes() throws Exception {
    for (Axis axis : Axis.values()) {
      for (Sliver sliver : STORED.slivers(axis)) {
        assertEquals(sliver, CODEC.verify(STORED.metadata(), sliver).sliver());
        int last = sliver.toBytes().length - 1;
        assertReason(Reason.ROOT_MISMATCH, corrupted(sliver, last));
        SliverId moved = new SliverId(axis, (sliver.id().index() + 1) % SHARDS);
        assertReason(
            Reason.ROOT_MISMATCH, Sliver.copyOf(moved, sliver.symbolSize(), sliver.toBytes()));
      }
    }
    Sliver first = STORED.primary().get(0);
    int size = first.symbolSize();
    assertReason(
        Reason.INDEX_OUT_OF_RANGE, Sliver.copyOf(SliverId.primary(SHARDS), size, first.toBytes()));
    assertReason(
        Reason.WRONG_SYMBOL_COUNT,
        Sliver.copyOf(SliverId.primary(0), size, Arrays.copyOf(first.toBytes(), 8 * size)));
    assertReason(Reason.WRONG_SYMBOL_SIZE, Sliver.copyOf(SliverId.primary(0), 2, first.toBytes()));
    assertReason(Reason.ROOT_MISMATCH, OTHER.primary().get(0));
  }

  private static void assertReason(Reason reason, Sliver sliver) {
    VerificationException failure =
        assertThrows(VerificationException.class, () -> CODEC.verify(STORED.metadata(), sliver));
    assertEquals(reason, failure.reason(), failure.getMessage());
  }

  @Test
  void metadataOfAnotherShardCountIsAMistake() {
    RedStuff other = RedStuff.forShards(13);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> other.decode(STORED.metadata(), STORED.primary()))
            .getMessage();
    assertEquals("metadata: got one for 10 shards, expected 13", message);
    MemorySegment target = MemorySegment.ofArray(new byte[BLOB.length]);
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    other.decode(
                        STORED.metadata(), STORED.primary(), ConsistencyCheck.DEFAULT, target))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> other.verify(STORED.metadata(), STORED.primary().get(0)));
  }

  @ParameterizedTest
  @EnumSource
  void decodesIntoMemoryOfTheCallers(ConsistencyCheck check) throws Exception {
    MemorySegment target = MemorySegment.ofArray(new byte[BLOB.length]);
    CODEC.decode(STORED.metadata(), STORED.primary(), check, target);
    assertArrayEquals(BLOB, target.toArray(ValueLayout.JAVA_BYTE));
  }

  @Test
  void targetMustHaveTheBlobsLength() {
    MemorySegment small = MemorySegment.ofArray(new byte[BLOB.length - 1]);
    MemorySegment readOnly = MemorySegment.ofArray(new byte[BLOB.length]).asReadOnly();
    for (MemorySegment target : List.of(small, readOnly)) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () ->
                      CODEC.decode(
                          STORED.metadata(), STORED.primary(), ConsistencyCheck.DEFAULT, target))
              .getMessage();
      String kind = target.isReadOnly() ? "read-only" : "writable";
      assertTrue(
          message.startsWith("blob: got " + kind + " memory of " + target.byteSize()), message);
    }
  }
}
