package io.redstuff.simd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ReedSolomonTest {
  static Stream<Engine> engines() {
    return EnginesUnderTest.all().stream();
  }

  /** Recovery symbols of {@code lanes} codewords that lie back to back, symbol by symbol. */
  static byte[] encode(
      Engine engine, ReedSolomon code, byte[] originals, int symbolBytes, int lanes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment in = arena.allocate(originals.length, 1);
      MemorySegment.copy(originals, 0, in, JAVA_BYTE, 0, originals.length);
      MemorySegment out = arena.allocate((long) code.recovery() * symbolBytes * lanes, 1);
      long row = (long) symbolBytes * lanes;
      code.newEncoder(engine, arena)
          .encode(
              new SymbolRows.Grid(in, 0, 0, row, symbolBytes),
              new SymbolRows.Grid(out, 0, code.originals(), row, symbolBytes),
              symbolBytes,
              lanes);
      return out.toArray(JAVA_BYTE);
    }
  }

  static byte[] decode(
      Engine engine,
      ReedSolomon code,
      byte[] originals,
      byte[] recovery,
      BitSet present,
      int symbolBytes,
      int lanes) {
    try (Arena arena = Arena.ofConfined()) {
      int row = symbolBytes * lanes;
      MemorySegment all = arena.allocate((long) row * code.length(), 1);
      byte[] garbage = new byte[row];
      new Random(1).nextBytes(garbage);
      for (int index = 0; index < code.length(); index++) {
        boolean original = index < code.originals();
        byte[] from = original ? originals : recovery;
        int at = (original ? index : index - code.originals()) * row;
        MemorySegment target = all.asSlice((long) index * row, row);
        target.copyFrom(
            present.get(index)
                ? MemorySegment.ofArray(from).asSlice(at, row)
                : MemorySegment.ofArray(garbage));
      }
      SymbolRows.Grid grid = new SymbolRows.Grid(all, 0, 0, row, symbolBytes);
      code.newDecoder(engine, arena).decode(code.erasures(present), grid, grid, symbolBytes, lanes);
      return all.asSlice(0, originals.length).toArray(JAVA_BYTE);
    }
  }

  static byte[] randomBytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private static BitSet randomPresent(ReedSolomon code, int count, Random random) {
    List<Integer> all = new ArrayList<>(IntStream.range(0, code.length()).boxed().toList());
    Collections.shuffle(all, random);
    BitSet present = new BitSet();
    all.subList(0, count).forEach(present::set);
    return present;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyEngineEncodesAndDecodesAsTheReference(Engine engine) {
    Random random = new Random(17);
    int[][] shapes = {
      {1, 1}, {2, 2}, {2, 3}, {3, 2}, {3, 5}, {4, 3}, {5, 7}, {8, 8}, {9, 8}, {8, 9}, {13, 16},
      {16, 13}, {17, 3}, {3, 17}, {33, 65}, {65, 33}, {100, 29}, {29, 100}, {1, 40}, {40, 1}
    };
    for (int[] shape : shapes) {
      ReedSolomon code = ReedSolomon.of(shape[0], shape[1]);
      for (int symbolBytes : new int[] {2, 4, 6, 8, 10, 18, 32, 34, 62, 64, 66, 130, 190}) {
        for (int lanes : new int[] {1, 3}) {
          byte[] originals = randomBytes(shape[0] * symbolBytes * lanes, symbolBytes);
          byte[] recovery = encode(engine, code, originals, symbolBytes, lanes);
          byte[] expected = encode(Engines.named("reference"), code, originals, symbolBytes, lanes);
          assertArrayEquals(expected, recovery, () -> engine + " " + code);
          BitSet present = randomPresent(code, code.originals(), random);
          assertArrayEquals(
              originals,
              decode(engine, code, originals, recovery, present, symbolBytes, lanes),
              () -> engine + " " + code + " from " + present);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void longSymbolsAndManyLanesAreCutIntoStripsUnseen(Engine engine) {
    ReedSolomon code = ReedSolomon.of(3, 4);
    for (int symbolBytes : new int[] {8190, 8192, 8194, 16384 + 2, 40_000}) {
      byte[] originals = randomBytes(3 * symbolBytes, symbolBytes);
      byte[] recovery = encode(engine, code, originals, symbolBytes, 1);
      // elements do not know their symbol: 64 bytes at a time must give the same
      for (int at = 0; at + 64 <= symbolBytes; at += 64 * 61) {
        byte[] chunk = new byte[3 * 64];
        for (int i = 0; i < 3; i++) {
          System.arraycopy(originals, i * symbolBytes + at, chunk, i * 64, 64);
        }
        byte[] chunkRecovery = encode(Engines.named("reference"), code, chunk, 64, 1);
        for (int i = 0; i < 4; i++) {
          for (int b = 0; b < 64; b++) {
            assertEquals(chunkRecovery[i * 64 + b], recovery[i * symbolBytes + at + b]);
          }
        }
      }
      BitSet present = new BitSet();
      present.set(4, 7);
      assertArrayEquals(
          originals, decode(engine, code, originals, recovery, present, symbolBytes, 1));
    }
    int lanes = 20_000;
    byte[] originals = randomBytes(3 * 2 * lanes, 5);
    byte[] together = encode(engine, code, originals, 2, lanes);
    for (int lane = 0; lane < lanes; lane += 1999) {
      byte[] single = new byte[6];
      for (int i = 0; i < 3; i++) {
        System.arraycopy(originals, (i * lanes + lane) * 2, single, 2 * i, 2);
      }
      byte[] alone = encode(Engines.named("reference"), code, single, 2, 1);
      for (int i = 0; i < 4; i++) {
        assertEquals(alone[2 * i], together[(i * lanes + lane) * 2]);
        assertEquals(alone[2 * i + 1], together[(i * lanes + lane) * 2 + 1]);
      }
    }
  }

  @Tag("slow")
  @Property(tries = 200)
  void anySymbolsOfTheRightNumberGiveTheRest(
      @ForAll @IntRange(min = 1, max = 90) int originalCount,
      @ForAll @IntRange(min = 1, max = 90) int recoveryCount,
      @ForAll @IntRange(min = 1, max = 40) int halfSymbol,
      @ForAll long seed) {
    Random random = new Random(seed);
    ReedSolomon code = ReedSolomon.of(originalCount, recoveryCount);
    byte[] originals = randomBytes(originalCount * 2 * halfSymbol, seed);
    Engine engine = Engines.named(Engines.selected().name());
    byte[] recovery = encode(engine, code, originals, 2 * halfSymbol, 1);
    int count = originalCount + random.nextInt(recoveryCount + 1);
    BitSet present = randomPresent(code, count, random);
    assertArrayEquals(
        originals, decode(engine, code, originals, recovery, present, 2 * halfSymbol, 1));
  }

  @Property(tries = 100)
  void encodingIsLinear(
      @ForAll @IntRange(min = 1, max = 60) int originalCount,
      @ForAll @IntRange(min = 1, max = 60) int recoveryCount,
      @ForAll long seed) {
    ReedSolomon code = ReedSolomon.of(originalCount, recoveryCount);
    byte[] a = randomBytes(originalCount * 10, seed);
    byte[] b = randomBytes(originalCount * 10, ~seed);
    Engine engine = Engines.named(Engines.selected().name());
    assertArrayEquals(
        xor(encode(engine, code, a, 10, 1), encode(engine, code, b, 10, 1)),
        encode(engine, code, xor(a, b), 10, 1));
  }

  private static byte[] xor(byte[] a, byte[] b) {
    byte[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] ^= b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "334, 666, false", "667, 333, true", "2, 2, true", "3, 4, true", "4, 3, false", "5, 8, true",
    "8, 5, false", "8, 9, false", "9, 8, true", "5, 2, true", "2, 5, false", "255, 256, true"
  })
  void rateFollowsThePowersOfTwo(int originals, int recovery, boolean highRate) {
    ReedSolomon code = ReedSolomon.of(originals, recovery);
    assertEquals(highRate, code.isHighRate());
    assertEquals(
        "Reed-Solomon %s:%s (%s rate)".formatted(originals, recovery, highRate ? "high" : "low"),
        code.toString());
    assertEquals(code, ReedSolomon.of(originals, recovery));
    assertEquals(code.hashCode(), ReedSolomon.of(originals, recovery).hashCode());
  }

  @Test
  void codesSpreadOverAHashTable() {
    Set<Integer> hashes = new HashSet<>();
    for (int originals = 1; originals <= 8; originals++) {
      hashes.add(ReedSolomon.of(originals, 9 - originals).hashCode());
    }
    assertTrue(hashes.size() > 4, hashes.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, true",
    "0, 1, false",
    "1, 0, false",
    "-1, 5, false",
    "16387, 32768, true",
    "16386, 32770, false",
    "32768, 32768, true",
    "32769, 32767, false",
    "49152, 16384, true",
    "49153, 16384, false",
    "32769, 32769, false",
    "1, 65535, true",
    "1, 65536, false",
    "65536, 1, false",
    "2147483647, 2147483647, false"
  })
  void fieldLimitsTheCode(int originals, int recovery, boolean supported) {
    assertEquals(supported, ReedSolomon.isSupported(originals, recovery));
    if (!supported) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> ReedSolomon.of(originals, recovery))
              .getMessage();
      assertTrue(message.contains("got " + originals + " original and " + recovery), message);
    }
  }

  @org.junit.jupiter.api.Tag("slow")
  @Test
  void largestCodesRoundTrip() {
    for (int[] shape : new int[][] {{16387, 32768}, {49152, 16384}, {1, 65535}, {65535, 1}}) {
      ReedSolomon code = ReedSolomon.of(shape[0], shape[1]);
      byte[] originals = randomBytes(shape[0] * 2, 3);
      Engine engine = Engines.named(Engines.selected().name());
      byte[] recovery = encode(engine, code, originals, 2, 1);
      BitSet present = randomPresent(code, code.originals(), new Random(4));
      assertArrayEquals(originals, decode(engine, code, originals, recovery, present, 2, 1));
    }
  }

  /** Where the last lost symbol stands alone in its group of rows, that group counts. */
  @ParameterizedTest
  @MethodSource("engines")
  void anyNumberOfLeadingSymbolsComesBack(Engine engine) {
    int size = 2048;
    ReedSolomon code = ReedSolomon.of(32, 32);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment codeword = arena.allocate((long) size * code.length());
      byte[] originals = new byte[size * code.originals()];
      new Random(11).nextBytes(originals);
      MemorySegment.copy(originals, 0, codeword, JAVA_BYTE, 0, originals.length);
      SymbolRows rows = SymbolRows.contiguous(codeword, 0, size);
      code.newEncoder(engine, arena).encode(rows, rows, size, 1);
      ReedSolomonDecoder decoder = code.newDecoder(engine, arena);
      MemorySegment restored = arena.allocate(originals.length);
      for (int lost = 1; lost <= code.originals(); lost++) {
        BitSet present = new BitSet();
        present.set(lost, code.length());
        restored.fill((byte) 0);
        SymbolRows target = SymbolRows.contiguous(restored, 0, size);
        decoder.decode(code.erasures(present), rows, target, size, 1);
        long bytes = (long) lost * size;
        assertEquals(
            -1, restored.asSlice(0, bytes).mismatch(codeword.asSlice(0, bytes)), lost + " lost");
      }
    }
  }

  @Test
  void patternNamesWhatItUsesAndRestores() {
    ReedSolomon code = ReedSolomon.of(3, 4);
    BitSet present = new BitSet();
    present.set(1);
    present.set(3, 7);
    ErasurePattern pattern = code.erasures(present);
    assertArrayEquals(new int[] {1, 3, 4}, pattern.used());
    assertArrayEquals(new int[] {0, 2}, pattern.missing());
    present.clear(3, 6);
    String message =
        assertThrows(IllegalArgumentException.class, () -> code.erasures(present)).getMessage();
    assertEquals("present symbols: got 2, expected at least 3", message);
    present.set(7);
    assertThrows(IndexOutOfBoundsException.class, () -> code.erasures(present));
  }

  @Test
  void workersRefuseWhatWouldReachOutside() {
    ReedSolomon code = ReedSolomon.of(2, 2);
    try (Arena arena = Arena.ofConfined()) {
      ReedSolomonEncoder encoder = code.newEncoder(Engines.named(Engines.selected().name()), arena);
      MemorySegment native64 = arena.allocate(64);
      SymbolRows in = SymbolRows.contiguous(native64, 0, 32);
      SymbolRows out = SymbolRows.contiguous(arena.allocate(64), 2, 32);
      encoder.encode(in, out, 32, 1);
      assertThrows(IllegalArgumentException.class, () -> encoder.encode(in, out, 31, 1));
      assertThrows(IllegalArgumentException.class, () -> encoder.encode(in, out, 0, 1));
      assertThrows(IllegalArgumentException.class, () -> encoder.encode(in, out, 32, -1));
      String message =
          assertThrows(IndexOutOfBoundsException.class, () -> encoder.encode(in, out, 34, 1))
              .getMessage();
      assertTrue(message.contains("34 bytes from offset 32"), message);
      SymbolRows wild = new SymbolRows.Grid(native64, 0, 0, 0, Long.MAX_VALUE);
      assertThrows(IndexOutOfBoundsException.class, () -> encoder.encode(wild, out, 32, 3));
      SymbolRows heap = SymbolRows.contiguous(MemorySegment.ofArray(new byte[64]), 0, 32);
      assertThrows(IllegalArgumentException.class, () -> encoder.encode(heap, out, 32, 1));
      SymbolRows readOnly = SymbolRows.contiguous(native64.asReadOnly(), 2, 32);
      assertThrows(IllegalArgumentException.class, () -> encoder.encode(in, readOnly, 32, 1));
      ErasurePattern other = ReedSolomon.of(2, 3).erasures(BitSet.valueOf(new long[] {0b110}));
      ReedSolomonDecoder decoder = code.newDecoder(Engines.named(Engines.selected().name()), arena);
      assertThrows(IllegalArgumentException.class, () -> decoder.decode(other, in, in, 32, 1));
      assertFalse(ReedSolomon.of(2, 3).equals(code));
    }
  }

  /** More lanes than a strip takes, and symbols longer than that, against small pieces of them. */
  @ParameterizedTest
  @CsvSource({"2, 9001", "6, 1366", "6, 2731", "66, 131", "20002, 2", "8192, 1", "8320, 1"})
  void batchesOfSeveralStrips(int symbolBytes, int lanes) {
    for (int[] shape : new int[][] {{3, 5}, {5, 3}}) {
      ReedSolomon code = ReedSolomon.of(shape[0], shape[1]);
      byte[] originals = randomBytes(code.originals() * symbolBytes * lanes, symbolBytes);
      byte[] expected = encodeInPieces(code, originals, symbolBytes, lanes);
      BitSet present = new BitSet();
      present.set(1);
      present.set(3, code.length());
      present.clear(4);
      for (Engine engine :
          List.of(Engines.named("plain"), Engines.named(Engines.selected().name()))) {
        byte[] recovery = encode(engine, code, originals, symbolBytes, lanes);
        assertArrayEquals(expected, recovery, engine::toString);
        assertArrayEquals(
            originals, decode(engine, code, originals, recovery, present, symbolBytes, lanes));
      }
    }
  }

  /** The recovery symbols of some lanes at a time and some chunks at a time. */
  private static byte[] encodeInPieces(
      ReedSolomon code, byte[] originals, int symbolBytes, int lanes) {
    byte[] recovery = new byte[code.recovery() * symbolBytes * lanes];
    int mostLanes = 100;
    int mostBytes = 512;
    for (int lane = 0; lane < lanes; lane += mostLanes) {
      int laneCount = Math.min(mostLanes, lanes - lane);
      for (int from = 0; from < symbolBytes; from += mostBytes) {
        int bytes = Math.min(mostBytes, symbolBytes - from);
        byte[] piece = new byte[code.originals() * laneCount * bytes];
        for (int i = 0; i < code.originals() * laneCount; i++) {
          int at = ((i / laneCount) * lanes + lane + i % laneCount) * symbolBytes + from;
          System.arraycopy(originals, at, piece, i * bytes, bytes);
        }
        byte[] encoded = encode(Engines.named("reference"), code, piece, bytes, laneCount);
        for (int i = 0; i < code.recovery() * laneCount; i++) {
          int at = ((i / laneCount) * lanes + lane + i % laneCount) * symbolBytes + from;
          System.arraycopy(encoded, i * bytes, recovery, at, bytes);
        }
      }
    }
    return recovery;
  }

  /** Every symbol counts, the last one too, and nothing is written before all were looked at. */
  @ParameterizedTest
  @MethodSource("engines")
  void workersLookAtEverySymbolBeforeTheyWrite(Engine engine) {
    ReedSolomon code = ReedSolomon.of(3, 4);
    BitSet present = new BitSet();
    present.set(1);
    present.set(4, 6);
    ErasurePattern pattern = code.erasures(present);
    for (int lanes : new int[] {1, 2, 3}) {
      try (Arena arena = Arena.ofConfined()) {
        int size = 34;
        long row = (long) size * lanes;
        ReedSolomonEncoder encoder = code.newEncoder(engine, arena);
        ReedSolomonDecoder decoder = code.newDecoder(engine, arena);
        MemorySegment in = arena.allocate(7 * row);
        in.fill((byte) 5);
        MemorySegment out = arena.allocate(7 * row);
        SymbolRows from = new SymbolRows.Grid(in, 0, 0, row, size);
        SymbolRows to = new SymbolRows.Grid(out, 0, 0, row, size);
        for (int index = 0; index < code.length(); index++) {
          long end = (index + 1) * row - 1;
          SymbolRows shortFrom = new OneShort(from, index, end);
          SymbolRows shortTo = new OneShort(to, index, end);
          if (index < code.originals()) {
            refused(index, () -> encoder.encode(shortFrom, to, size, lanes));
          } else {
            refused(index, () -> encoder.encode(from, shortTo, size, lanes));
          }
          if (present.get(index)) {
            refused(index, () -> decoder.decode(pattern, shortFrom, to, size, lanes));
          } else if (index < code.originals()) {
            refused(index, () -> decoder.decode(pattern, from, shortTo, size, lanes));
          }
        }
        SymbolRows readOnly = new SymbolRows.Grid(out.asReadOnly(), 0, 0, row, size);
        String message =
            assertThrows(
                    IllegalArgumentException.class,
                    () -> decoder.decode(pattern, from, readOnly, size, lanes))
                .getMessage();
        assertEquals("symbol 0: got read-only memory, expected writable", message);
        assertThrows(
            IllegalArgumentException.class, () -> decoder.decode(pattern, from, to, 33, lanes));
        assertThrows(
            IllegalArgumentException.class, () -> decoder.decode(pattern, from, to, 0, lanes));
        assertThrows(
            IllegalArgumentException.class, () -> decoder.decode(pattern, from, to, size, -1));
        encoder.encode(from, to, size, 0);
        decoder.decode(pattern, from, to, size, 0);
        assertArrayEquals(new byte[(int) (7 * row)], out.toArray(JAVA_BYTE));
        // memory that is only read may be read-only, and all lanes may be one
        encoder.encode(new SymbolRows.Grid(in.asReadOnly(), 0, 0, row, 0), to, size, lanes);
      }
    }
  }

  private static void refused(int index, Runnable call) {
    String message = assertThrows(IndexOutOfBoundsException.class, call::run).getMessage();
    assertTrue(message.startsWith("symbol " + index + ":"), message);
  }

  /** Rows of which one symbol lies in a segment that ends where it is told to. */
  private record OneShort(SymbolRows rows, int index, long end) implements SymbolRows {
    @Override
    public MemorySegment segment(int of) {
      return of == index ? rows.segment(of).asSlice(0, end) : rows.segment(of);
    }

    @Override
    public long offset(int of) {
      return rows.offset(of);
    }

    @Override
    public long laneStride() {
      return rows.laneStride();
    }
  }
}
