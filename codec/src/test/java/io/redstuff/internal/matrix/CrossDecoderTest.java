package io.redstuff.internal.matrix;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.SymbolRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossDecoderTest {
  private static final Engine ENGINE = Engines.named(Engines.selected().name());

  private final Random random = new Random();
  private final Arena arena = Arena.ofShared();

  @BeforeEach
  void seed() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    random.setSeed(seed);
  }

  @AfterEach
  void close() {
    arena.close();
  }

  /** Random slivers of the axis that is restored, whole and with the symbols they expand to. */
  private final class Slivers implements Crossing.Reader {
    final EncodingParameters parameters;
    final Axis axis;
    final ReedSolomon code;
    final int symbolSize;
    final int lanes;
    final MemorySegment memory;

    Slivers(int shards, Axis axis, int symbolSize, int lanes) {
      this.parameters = EncodingParameters.forShards(shards);
      this.axis = axis;
      this.code = MatrixEncoder.sliverCode(parameters, axis);
      this.symbolSize = symbolSize;
      this.lanes = lanes;
      this.memory = arena.allocate(laneBytes() * lanes, 64);
      for (int lane = 0; lane < lanes; lane++) {
        byte[] source = new byte[sourceBytes()];
        random.nextBytes(source);
        MemorySegment.copy(
            source, 0, memory, ValueLayout.JAVA_BYTE, laneBytes() * lane, source.length);
      }
      code.newEncoder(ENGINE, arena).encode(rows(0), rows(0), symbolSize, lanes);
    }

    int sourceBytes() {
      return code.originals() * symbolSize;
    }

    long laneBytes() {
      return (long) code.length() * symbolSize;
    }

    SymbolRows rows(int lane) {
      return new SymbolRows.Grid(memory, lane * laneBytes(), 0, symbolSize, laneBytes());
    }

    byte[] source(int lane) {
      return memory.asSlice(laneBytes() * lane, sourceBytes()).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Any enough of the slivers that cross these. */
    BitSet usable() {
      BitSet usable = new BitSet();
      usable.set(0, code.length());
      while (usable.cardinality() > code.originals()) {
        usable.clear(random.nextInt(code.length()));
      }
      return usable;
    }

    /** A crossing sliver: its symbol i is the one that it shares with lane i. */
    @Override
    public void read(SliverId sliver, long offset, MemorySegment target) {
      assertEquals(axis.opposite(), sliver.axis());
      Symbols.copy(
          memory,
          offset / symbolSize * laneBytes() + (long) sliver.index() * symbolSize,
          laneBytes(),
          target,
          0,
          symbolSize,
          symbolSize,
          (int) (target.byteSize() / symbolSize));
    }
  }

  /** The last two are worth several threads: by lanes, and by pieces of one. */
  @ParameterizedTest
  @CsvSource({
    "4, PRIMARY, 2, 1",
    "4, SECONDARY, 66, 3",
    "10, PRIMARY, 30, 50",
    "31, SECONDARY, 2, 300",
    "31, PRIMARY, 6000, 4",
    "100, SECONDARY, 302, 100",
    "46, PRIMARY, 40000, 1"
  })
  void restoresWhatWasThere(int shards, Axis axis, int symbolSize, int lanes) throws IOException {
    Slivers slivers = new Slivers(shards, axis, symbolSize, lanes);
    for (int threads : new int[] {1, 3}) {
      CrossDecoder decoder =
          new CrossDecoder(slivers.parameters, axis.opposite(), ENGINE, arena, threads);
      for (int round = 0; round < 4; round++) {
        inABlock(slivers, decoder);
        fromMemoryToMemory(slivers, decoder, round % 2 == 0, round < 2);
      }
    }
  }

  private void inABlock(Slivers slivers, CrossDecoder decoder) throws IOException {
    int symbolSize = slivers.symbolSize;
    int lanes = slivers.lanes;
    Crossing crossing = decoder.crossing(slivers.usable());
    MemorySegment memory = arena.allocate(crossing.laneBytes(symbolSize) * lanes, 64);
    MemorySegment stage = arena.allocate((long) symbolSize * lanes, 64);
    SymbolRows block = crossing.laneByLane(memory, symbolSize);
    assertEquals(
        (long) slivers.sourceBytes() * lanes,
        crossing.read(slivers, 0, lanes, symbolSize, block, stage));
    decoder.restore(crossing, block, symbolSize, lanes);
    for (int lane = 0; lane < lanes; lane++) {
      MemorySegment restored =
          memory.asSlice(crossing.laneBytes(symbolSize) * lane, slivers.sourceBytes());
      assertArrayEquals(slivers.source(lane), restored.toArray(ValueLayout.JAVA_BYTE));
    }
    // the last lanes alone, in the other order, where nothing is staged
    int from = lanes / 2;
    block = crossing.symbolBySymbol(memory, symbolSize, lanes - from);
    crossing.read(slivers, from, lanes - from, symbolSize, block, MemorySegment.NULL);
    decoder.restore(crossing, block, symbolSize, lanes - from);
    for (int lane = from; lane < lanes; lane++) {
      assertLane(slivers, lane, block, lane - from);
    }
  }

  private void fromMemoryToMemory(
      Slivers slivers, CrossDecoder decoder, boolean nativeSource, boolean nativeTarget) {
    Crossing crossing = decoder.crossing(slivers.usable());
    long laneBytes = slivers.laneBytes();
    MemorySegment heap = MemorySegment.ofArray(slivers.memory.toArray(ValueLayout.JAVA_BYTE));
    SymbolRows received =
        new SymbolRows.Grid(
            nativeSource ? slivers.memory : heap, 0, 0, slivers.symbolSize, laneBytes);
    long targetBytes = laneBytes * slivers.lanes;
    MemorySegment target =
        nativeTarget
            ? arena.allocate(targetBytes, 1)
            : MemorySegment.ofArray(new byte[(int) targetBytes]);
    SymbolRows restored = new SymbolRows.Grid(target, 0, 0, slivers.symbolSize, laneBytes);
    decoder.restore(crossing, received, restored, slivers.symbolSize, slivers.lanes);
    for (int lane = 0; lane < slivers.lanes; lane++) {
      assertLane(slivers, lane, restored, lane);
    }
  }

  private static void assertLane(Slivers slivers, int lane, SymbolRows rows, int at) {
    for (int index = 0; index < slivers.code.originals(); index++) {
      long offset = rows.offset(index) + at * rows.laneStride();
      long expected = slivers.laneBytes() * lane + (long) index * slivers.symbolSize;
      assertEquals(
          -1,
          MemorySegment.mismatch(
              slivers.memory,
              expected,
              expected + slivers.symbolSize,
              rows.segment(index),
              offset,
              offset + slivers.symbolSize),
          "symbol " + index + " of lane " + lane);
    }
  }

  @Test
  void asksForTheLocatorOnceWhileTheSameSliversAreRead() {
    EncodingParameters parameters = EncodingParameters.forShards(10);
    CrossDecoder decoder = new CrossDecoder(parameters, Axis.PRIMARY, ENGINE, arena, 1);
    BitSet usable = new BitSet();
    usable.set(2, 8);
    Crossing first = decoder.crossing(usable);
    assertArrayEquals(new int[] {2, 3, 4, 5}, first.used());
    assertEquals(2, first.missing());
    usable.set(9);
    assertSame(first, decoder.crossing(usable));
    usable.clear(3);
    Crossing other = decoder.crossing(usable);
    assertNotSame(first, other);
    assertArrayEquals(new int[] {2, 4, 5, 6}, other.used());
  }

  /** Memory of the calling thread alone is worked on by it alone, whatever there is to do. */
  @Test
  void confinedMemoryIsForItsThread() throws IOException {
    Slivers slivers = new Slivers(31, Axis.PRIMARY, 2000, 40);
    CrossDecoder decoder = new CrossDecoder(slivers.parameters, Axis.SECONDARY, ENGINE, arena, 3);
    Crossing crossing = decoder.crossing(slivers.usable());
    try (Arena own = Arena.ofConfined()) {
      MemorySegment memory = own.allocate(crossing.laneBytes(2000) * 40, 64);
      SymbolRows block = crossing.symbolBySymbol(memory, 2000, 40);
      crossing.read(slivers, 0, 40, 2000, block, MemorySegment.NULL);
      decoder.restore(crossing, block, 2000, 40);
      for (int lane = 0; lane < 40; lane++) {
        assertLane(slivers, lane, block, lane);
      }
    }
  }
}
