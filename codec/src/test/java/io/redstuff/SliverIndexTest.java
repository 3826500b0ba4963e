package io.redstuff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Axis, sliver id, pair index and shard index. */
class SliverIndexTest {

  private static final EncodingParameters TEN = EncodingParameters.forShards(10);
  private static final BlobId ZERO = BlobId.of(new byte[32]);

  @Test
  void axis() {
    assertSame(Axis.PRIMARY, Axis.ofVariant(0));
    assertSame(Axis.SECONDARY, Axis.ofVariant(1));
    assertThrows(IndexOutOfBoundsException.class, () -> Axis.ofVariant(2));
    assertThrows(IndexOutOfBoundsException.class, () -> Axis.ofVariant(-1));
    for (Axis axis : Axis.values()) {
      assertSame(axis, Axis.ofVariant(axis.variant()));
      assertSame(axis, axis.opposite().opposite());
    }
    assertSame(Axis.SECONDARY, Axis.PRIMARY.opposite());
    assertEquals("primary", Axis.PRIMARY.toString());
    assertEquals("secondary", Axis.SECONDARY.toString());
  }

  @Test
  void secondarySliversAreCountedFromTheEnd() {
    SliverPairIndex pair = SliverPairIndex.of(3);
    assertEquals(SliverId.primary(3), pair.primary());
    assertEquals(SliverId.secondary(6), pair.secondary(TEN));
    assertEquals(pair, SliverId.primary(3).pair(TEN));
    assertEquals(pair, SliverId.secondary(6).pair(TEN));
    for (int i = 0; i < 10; i++) {
      assertEquals(SliverPairIndex.of(i), SliverPairIndex.of(i).primary().pair(TEN));
      assertEquals(SliverPairIndex.of(i), SliverPairIndex.of(i).secondary(TEN).pair(TEN));
    }
  }

  @Test
  void text() {
    assertEquals("primary 42", SliverId.primary(42).toString());
    assertEquals("secondary 0", SliverId.secondary(0).toString());
    assertEquals("7", SliverPairIndex.of(7).toString());
    assertEquals("8", ShardIndex.of(8).toString());
  }

  @Test
  void order() {
    assertEquals(
        List.of(
            SliverId.primary(2),
            SliverId.primary(10),
            SliverId.secondary(1),
            SliverId.secondary(3)),
        Stream.of(
                SliverId.secondary(3),
                SliverId.primary(10),
                SliverId.secondary(1),
                SliverId.primary(2))
            .sorted()
            .toList());
    assertTrue(SliverPairIndex.of(2).compareTo(SliverPairIndex.of(10)) < 0);
    assertTrue(ShardIndex.of(10).compareTo(ShardIndex.of(2)) > 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 65536, Integer.MAX_VALUE})
  void refusesWhatDoesNotFitSixteenBits(int index) {
    String expected = "Index " + index + " out of bounds for length 65536";
    for (Executable make :
        new Executable[] {
          () -> SliverId.primary(index),
          () -> SliverId.secondary(index),
          () -> SliverPairIndex.of(index),
          () -> ShardIndex.of(index)
        }) {
      assertEquals(expected, assertThrows(IndexOutOfBoundsException.class, make).getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 11, 65535})
  void refusesWhatIsNotBelowTheNumberOfShards(int index) {
    String expected = "Index " + index + " out of bounds for length 10";
    for (Executable map :
        new Executable[] {
          () -> SliverId.primary(index).pair(TEN),
          () -> SliverId.secondary(index).pair(TEN),
          () -> SliverPairIndex.of(index).secondary(TEN),
          () -> SliverPairIndex.of(index).shard(ZERO, TEN),
          () -> ShardIndex.of(index).pair(ZERO, TEN)
        }) {
      assertEquals(expected, assertThrows(IndexOutOfBoundsException.class, map).getMessage());
    }
  }

  @Property
  void shardsAreRotatedByTheBlobId(
      @ForAll @Size(32) byte[] id,
      @ForAll @IntRange(min = 4, max = 49155) int n,
      @ForAll @IntRange(max = 49154) int any) {
    EncodingParameters parameters = EncodingParameters.forShards(n);
    BlobId blobId = BlobId.of(id);
    BigInteger shards = BigInteger.valueOf(n);
    int pair = any % n;
    int expected =
        BigInteger.valueOf(pair).add(new BigInteger(1, id).mod(shards)).mod(shards).intValueExact();
    ShardIndex shard = SliverPairIndex.of(pair).shard(blobId, parameters);
    assertEquals(expected, shard.value());
    assertEquals(SliverPairIndex.of(pair), shard.pair(blobId, parameters));
  }
}
