package io.redstuff.simd;

import io.redstuff.simd.field.FieldKernels;
import io.redstuff.simd.hash.HashKernels;
import io.redstuff.simd.hash.HashScratch;
import io.redstuff.simd.hash.LaneHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.BitSet;

/**
 * Lets an engine do a little of everything and compares with known answers: a kernel that the
 * compiler, the processor or an unlucky build got wrong is found before it touches anybody's data.
 *
 * <p>Each step is summed up in one number. The inputs are the smallest that enter every kernel in
 * each of its forms (factor zero, of GF(2^8), general; symbols in whole chunks, with a tail, small
 * and back to back, small and apart; messages of less and more than a block), since this runs
 * before anything is compiled. The expected numbers were made with the reference engine, those of
 * hashes also with another implementation of BLAKE2b.
 */
final class EngineSelfTest {
  /** What the steps exercise, in their order, for people. */
  private static final String[] NAMES = {
    "field arithmetic",
    "symbols of 2 bytes",
    "symbols of 6 bytes",
    "symbols of 10 bytes, apart",
    "symbols of 130 bytes",
    "encoding by 3:2",
    "encoding by 2:3",
    "decoding by 2:3",
    "encoding one short codeword",
    "derivative of one short codeword",
    "hashes of short messages",
    "hashes of inner nodes",
    "hashes of one block",
    "hashes of two blocks",
    "hashes of short messages in lanes",
    "hashes of two blocks in lanes",
    "inner nodes in lanes",
    "turned lanes",
    "hashes of the first two-byte values",
  };

  private static final long[] ANSWERS = {
    0x0C51B7569982B968L,
    0x5DED48F2FA872F55L,
    0x54D80D95E3A1C3F2L,
    0x2316964089A73C42L,
    0x9F4F9417C37054D8L,
    0x8FE14F6FD20CE8A9L,
    0xC4257E5C738331C0L,
    0xC4257E5C738331C0L,
    0xA25B1E32F48B0075L,
    0xA08EF3888CA94B85L,
    0xFB8ACF25CAD26F68L,
    0x4C9637811D4A7DA0L,
    0xA716D783880C14C6L,
    0x05ADEDAE188D6643L,
    0xE502C09B5884CC73L,
    0x91CBD6DDB6A53CCCL,
    0xDBFA675CACA4BB5CL,
    0x89F942BB7CF7800BL,
    0x9DD38DB7E1244940L,
  };

  private static final int PLANE = FieldKernels.PLANE_QUANTUM;
  private static final long ROW = 2L * PLANE;

  /** Rows that are changed in place. */
  private static final int ROWS = 8;

  /** Where rows that a kernel made elsewhere begin: three of two layers, eight of three. */
  private static final int HALVES = ROWS;

  private static final int EIGHTHS = HALVES + 3;

  /** Where rows begin that are garbage after use. */
  private static final int SPENT = EIGHTHS + 8;

  /** Points of a transform that every engine with layers within a row folds. */
  private static final int FOLDED_POINTS = 16;

  private static final int ALL_ROWS = Math.max(SPENT + 2, 2 * FOLDED_POINTS);

  /** A factor of GF(2^8), and one that is not. */
  private static final int SUBFIELD = 0x9D;

  private static final int GENERAL = 0x6C35;

  private static final int INPUT_BYTES = 2048;
  private static final int OUTPUT_BYTES = 2048;
  private static final long ALIGNMENT = 64;

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Engine engine;
  private final Arena arena;
  private final MemorySegment input;
  private final MemorySegment output;
  private final MemorySegment work;
  private final long[] answers = new long[NAMES.length];
  private int done;

  private EngineSelfTest(Engine engine, Arena arena) {
    this.engine = engine;
    this.arena = arena;
    this.input = arena.allocate(INPUT_BYTES, ALIGNMENT);
    this.output = arena.allocate(OUTPUT_BYTES, ALIGNMENT);
    this.work = arena.allocate(ALL_ROWS * ROW + PLANE, ALIGNMENT);
    fill(input);
  }

  /** Runs the test; returns the first thing that came out wrong, or null if all is well. */
  static String difference(Engine engine) {
    long[] answers;
    try {
      answers = answers(engine);
    } catch (RuntimeException e) {
      return "threw " + e;
    }
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] != ANSWERS[i]) {
        return "%s: got %016x, expected %016x".formatted(NAMES[i], answers[i], ANSWERS[i]);
      }
    }
    return null;
  }

  /** Returns what an engine makes of the steps, one number each. */
  static long[] answers(Engine engine) {
    try (Arena arena = Arena.ofConfined()) {
      EngineSelfTest test = new EngineSelfTest(engine, arena);
      test.arithmetic();
      test.symbols(2, 70, 2);
      test.symbols(6, 23, 6);
      test.symbols(10, 3, 14);
      test.symbols(130, 1, 130);
      test.encode(ReedSolomon.of(3, 2), 6, 12);
      ReedSolomon code = ReedSolomon.of(2, 3);
      SymbolRows codewords = test.encode(code, 70, 1);
      test.decode(code, codewords, 70);
      code = ReedSolomon.of(FOLDED_POINTS, FOLDED_POINTS);
      test.encode(code, 8, 1);
      test.derivative(8);
      test.hashes();
      return test.answers;
    }
  }

  /** None of the operations loses a difference that an earlier one made. */
  private void arithmetic() {
    FieldKernels kernels = engine.field().get();
    fill(work);
    for (int row = 0; row < ROWS; row++) {
      kernels.enter(work, row * ROW, PLANE);
    }
    for (int row = SPENT; row < SPENT + 2; row++) {
      kernels.enter(work, row * ROW, PLANE);
    }
    long halves = HALVES * ROW;
    long eighths = EIGHTHS * ROW;
    kernels.forwardHalf(work, 0, halves, 2, PLANE, SUBFIELD);
    kernels.forwardHalf(work, 0, halves + 2 * ROW, 1, PLANE, GENERAL);
    kernels.forwardHalf4(work, 0, eighths, 1, PLANE, 0x27, 0x4E, SUBFIELD - 1, SUBFIELD);
    kernels.forwardHalf4(
        work, 0, eighths + 4 * ROW, 1, PLANE, 0x1B0D, 0x361A, GENERAL - 1, GENERAL);
    kernels.multiply(work, 0, PLANE, SUBFIELD);
    kernels.multiply(work, ROW, PLANE, GENERAL);
    kernels.add(work, 2 * ROW, 0, 2 * ROW);
    kernels.forward(work, 0, 1, PLANE, 0);
    kernels.forward(work, 2 * ROW, 1, PLANE, SUBFIELD);
    kernels.forward(work, 4 * ROW, 2, PLANE, GENERAL);
    kernels.forward4(work, 0, 1, PLANE, 0, 0, SUBFIELD);
    kernels.forward4(work, 4 * ROW, 1, PLANE, 0x4E, SUBFIELD - 1, SUBFIELD);
    kernels.forward4(work, 4 * ROW, 1, PLANE, 0x361A, GENERAL - 1, GENERAL);
    kernels.inverse4(work, 0, 1, PLANE, 0, 0, SUBFIELD);
    kernels.inverse4(work, 4 * ROW, 1, PLANE, 0x4E, SUBFIELD - 1, SUBFIELD);
    kernels.inverse4(work, 2 * ROW, 1, PLANE, 0x361A, GENERAL - 1, GENERAL);
    kernels.inverse(work, 0, 1, PLANE, 0);
    kernels.inverse(work, 2 * ROW, 1, PLANE, SUBFIELD);
    kernels.inverse(work, 4 * ROW, 2, PLANE, GENERAL);
    kernels.addMultiple(work, halves, 0, 1, PLANE, 1);
    kernels.addMultiple(work, halves, 2 * ROW, 2, PLANE, SUBFIELD);
    kernels.addMultiple(work, halves + ROW, 5 * ROW, 2, PLANE, GENERAL);
    kernels.addInverseOfHalf(work, SPENT * ROW, halves, 1, PLANE, SUBFIELD);
    kernels.addInverseOfHalf(work, (SPENT + 1) * ROW, halves + ROW, 1, PLANE, GENERAL);
    kernels.copy(work, 7 * ROW, SPENT * ROW, 1, PLANE);
    kernels.clear(work, (SPENT + 1) * ROW, 1, PLANE);
    for (int row = 0; row < SPENT + 2; row++) {
      kernels.leave(work, row * ROW, PLANE);
    }
    answer(work, (SPENT + 2) * ROW);
  }

  /** A row from symbols, and symbols from a row. */
  private void symbols(int symbolBytes, int lanes, int stride) {
    FieldKernels kernels = engine.field().get();
    int planeBytes = StripWorker.planeBytes(lanes, symbolBytes);
    output.fill((byte) 0);
    kernels.gather(input, 1, stride, symbolBytes, lanes, work, 0, planeBytes);
    kernels.multiply(work, 0, planeBytes, GENERAL);
    kernels.scatter(work, 0, planeBytes, output, 1, stride, symbolBytes, lanes);
    answer(output, OUTPUT_BYTES);
  }

  /** Recovery symbols. */
  private SymbolRows encode(ReedSolomon code, int symbolBytes, int lanes) {
    long row = (long) symbolBytes * lanes;
    output.fill((byte) 0);
    MemorySegment.copy(input, 0, output, 0, row * code.originals());
    SymbolRows codewords = new SymbolRows.Grid(output, 0, 0, row, symbolBytes);
    code.newEncoder(engine, arena).encode(codewords, codewords, symbolBytes, lanes);
    answer(output, OUTPUT_BYTES);
    return codewords;
  }

  /** Originals, none of which is at hand. */
  private void decode(ReedSolomon code, SymbolRows codewords, int symbolBytes) {
    output.asSlice(0, (long) symbolBytes * code.originals()).fill((byte) 0);
    BitSet present = new BitSet();
    present.set(code.originals(), 2 * code.originals());
    code.newDecoder(engine, arena)
        .decode(code.erasures(present), codewords, codewords, symbolBytes, 1);
    answer(output, OUTPUT_BYTES);
  }

  /**
   * The derivative of a polynomial with short coefficients, in rows that several of them share. A
   * constant has none.
   */
  private void derivative(int symbolBytes) {
    int size = FOLDED_POINTS;
    FieldKernels kernels = engine.field().get();
    FoldedTransform folded = new FoldedTransform(kernels, work);
    output.fill((byte) 0);
    if (folded.begin(symbolBytes, symbolBytes, size)) {
      long target = folded.bytes(size);
      folded.clear(0, 2 * size);
      for (int i = 1; i < size; i++) {
        folded.load(input, 1L + (long) i * symbolBytes, 0, i);
      }
      folded.addDerivative(0, target, size);
      for (int i = 0; i < size; i++) {
        folded.store(target, i, output, 1L + (long) i * symbolBytes);
      }
    } else {
      work.fill((byte) 0);
      for (int i = 1; i < size; i++) {
        long at = 1L + (long) i * symbolBytes;
        kernels.gather(input, at, symbolBytes, symbolBytes, 1, work, i * ROW, PLANE);
      }
      new AdditiveFft(kernels, work, PLANE).addDerivative(0, size * ROW, size);
      for (int i = 0; i < size; i++) {
        long at = 1L + (long) i * symbolBytes;
        kernels.scatter(work, (size + i) * ROW, PLANE, output, at, symbolBytes, symbolBytes, 1);
      }
    }
    answer(output, OUTPUT_BYTES);
  }

  private void hashes() {
    hash(LeafHasher.LEAF_PREFIX, 2, 3);
    hash(LeafHasher.INNER_PREFIX, 64, 9);
    hash(LeafHasher.LEAF_PREFIX, 100, 3);
    hash(LeafHasher.LEAF_PREFIX, 130, 3);
    hashLanes(2, 2, 8);
    hashLanes(130, 50, 16);
    HashScratch scratch = new HashScratch(arena);
    HashKernels kernels = engine.hash();
    long group = LaneHasher.GROUP_BYTES;
    output.fill((byte) 0);
    kernels.foldLanes(input, 1, 1 + group, 2 * group, 1, output, 0, scratch);
    answer(output, OUTPUT_BYTES);
    // eight groups fill the input: overlapping ones leave the first byte out
    kernels.transposeLanes(input, 1, group - Long.BYTES, output, 0);
    answer(output, OUTPUT_BYTES);
    output.fill((byte) 0);
    kernels.hashTwoByteLeaves(LaneHasher.LANES, output, scratch);
    answer(output, OUTPUT_BYTES);
  }

  private void hash(int prefix, int length, int count) {
    HashScratch scratch = new HashScratch(arena);
    int digest = LeafHasher.DIGEST_BYTES;
    output.fill((byte) 0);
    engine.hash().hash(prefix, input, 1, length, length, count, output, 0, digest, scratch);
    answer(output, OUTPUT_BYTES);
  }

  private void hashLanes(int length, int stride, int count) {
    HashScratch scratch = new HashScratch(arena);
    int prefix = LeafHasher.LEAF_PREFIX;
    output.fill((byte) 0);
    engine.hash().hashLanes(prefix, input, 1, stride, length, count, output, 0, scratch);
    answer(output, OUTPUT_BYTES);
  }

  /** Numbers of a linear congruential generator. */
  private static void fill(MemorySegment memory) {
    long number = 0;
    for (long at = 0; at < memory.byteSize(); at += Long.BYTES) {
      number = number * 6364136223846793005L + 1442695040888963407L;
      memory.set(WORD, at, number);
    }
  }

  /** Sums bytes up: every word goes in by a bijection, so that one that differs shows. */
  private void answer(MemorySegment memory, long bytes) {
    long sum = 0;
    for (long at = 0; at < bytes; at += Long.BYTES) {
      sum = (sum ^ memory.get(WORD, at)) * 0x9E3779B97F4A7C15L;
      sum ^= sum >>> 32;
    }
    answers[done++] = sum;
  }
}
