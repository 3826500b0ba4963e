package io.redstuff.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The hashes one after the other in plain Java, the working state in local variables.
 *
 * <p>The rounds are written out, so that C2 knows every index and keeps what it can in registers.
 * They come in two halves because C2 stops inlining, even the rotations, when a method has grown to
 * 8000 bytecodes; the two meet in an array because an access to a segment is some two hundred of
 * them. In {@code a + m + b} the word of the message is added first, while b is still being
 * computed.
 */
final class ScalarHashKernels implements HashKernels {
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  private static final int DIGEST_WORDS = Blake2b.DIGEST_BYTES / Long.BYTES;
  private static final int GROUP_WORDS = DIGEST_WORDS * LaneDigests.LANES;

  /**
   * Scratch words: the 16 words of a block, the chained state (8), the working state (16), two
   * groups of digests.
   */
  static final int M = 0;

  static final int H = 16;
  private static final int V = 24;

  /** How many words {@link #compress} works on. */
  static final int WORDS = 40;

  private static final int LEFT = WORDS;
  private static final int RIGHT = LEFT + GROUP_WORDS;

  @Override
  public void hash(
      int prefix,
      MemorySegment in,
      long offset,
      long stride,
      long length,
      long count,
      MemorySegment out,
      long outOffset,
      long outStride,
      HashScratch scratch) {
    long[] w = scratch.words;
    for (long i = 0; i < count; i++) {
      hashOne(prefix, in, offset + i * stride, length, w);
      long at = outOffset + i * outStride;
      for (int word = 0; word < DIGEST_WORDS; word++) {
        out.set(WORD, at + (long) word * Long.BYTES, w[H + word]);
      }
    }
  }

  /** In the array alone, but for a copy of eight digests: see {@link #foldLanes}. */
  @Override
  public void hashTwoByteLeaves(int count, MemorySegment out, HashScratch scratch) {
    long[] w = scratch.words;
    Arrays.fill(w, M, M + 16, 0);
    for (int first = 0; first < count; first += LaneDigests.LANES) {
      for (int i = 0; i < LaneDigests.LANES; i++) {
        begin(w);
        w[M] = (long) (first + i) << Byte.SIZE | LeafHasher.LEAF_PREFIX;
        compress(w, 1 + Short.BYTES, -1);
        System.arraycopy(w, H, w, LEFT + i * DIGEST_WORDS, DIGEST_WORDS);
      }
      MemorySegment.copy(w, LEFT, out, WORD, (long) first * Blake2b.DIGEST_BYTES, GROUP_WORDS);
    }
  }

  /** Brings a group at a time to the array: before C2 has come, a single access costs as much. */
  @Override
  public void foldLanes(
      MemorySegment in,
      long left,
      long right,
      long stride,
      long count,
      MemorySegment out,
      long outOffset,
      HashScratch scratch) {
    long[] w = scratch.words;
    for (long i = 0; i < count; i++) {
      MemorySegment.copy(in, WORD, left + i * stride, w, LEFT, GROUP_WORDS);
      MemorySegment.copy(in, WORD, right + i * stride, w, RIGHT, GROUP_WORDS);
      for (int lane = 0; lane < LaneDigests.LANES; lane++) {
        foldLane(w, lane);
      }
      MemorySegment.copy(w, LEFT, out, WORD, outOffset + i * LaneDigests.BYTES, GROUP_WORDS);
    }
  }

  /** Puts the node over the children in a lane in place of the left one. */
  private static void foldLane(long[] w, int lane) {
    begin(w);
    long carry = loadChild(LeafHasher.INNER_PREFIX, w, LEFT + lane, M);
    w[M + 2 * DIGEST_WORDS] = loadChild(carry, w, RIGHT + lane, M + DIGEST_WORDS);
    for (int word = 2 * DIGEST_WORDS + 1; word < 16; word++) {
      w[M + word] = 0;
    }
    compress(w, 2 * Blake2b.DIGEST_BYTES + 1, -1);
    for (int word = 0; word < DIGEST_WORDS; word++) {
      w[LEFT + word * LaneDigests.LANES + lane] = w[H + word];
    }
  }

  /** Loads a digest one byte late, after {@code carry}; gives its last byte. */
  private static long loadChild(long carry, long[] w, int from, int to) {
    long before = carry;
    for (int word = 0; word < DIGEST_WORDS; word++) {
      long data = w[from + word * LaneDigests.LANES];
      w[to + word] = before | data << 8;
      before = data >>> 56;
    }
    return before;
  }

  /** Leaves the digest in the first words of the state. */
  private static void hashOne(int prefix, MemorySegment in, long at, long length, long[] w) {
    begin(w);

    // The prefix shifts the data by one byte: a block starts one byte before its multiple of 128.
    long total = length + 1;
    long done = 0;
    while (total - done > Blake2b.BLOCK_BYTES) {
      long block = at + done - 1;
      w[M] = done == 0 ? prefix | in.get(WORD, at) << 8 : in.get(WORD, block);
      for (int i = 1; i < 16; i++) {
        w[M + i] = in.get(WORD, block + (long) i * Long.BYTES);
      }
      done += Blake2b.BLOCK_BYTES;
      compress(w, done, 0);
    }
    long first = done == 0 ? prefix : in.get(BYTE, at + done - 1) & 0xff;
    loadTail(first, in, at + done, total - done - 1, w);
    compress(w, total, -1);
  }

  /** The state before the first block. */
  static void begin(long[] w) {
    w[H] = Blake2b.H0;
    w[H + 1] = Blake2b.IV1;
    w[H + 2] = Blake2b.IV2;
    w[H + 3] = Blake2b.IV3;
    w[H + 4] = Blake2b.IV4;
    w[H + 5] = Blake2b.IV5;
    w[H + 6] = Blake2b.IV6;
    w[H + 7] = Blake2b.IV7;
  }

  /** The last block: one byte, then fewer than 128 bytes of data, then zeros. */
  private static void loadTail(long first, MemorySegment in, long at, long bytes, long[] w) {
    // Counted by an int, or C2 takes the loop apart less well: twice the time for a whole message.
    int whole = (int) (bytes / Long.BYTES);
    long carry = first;
    for (int i = 0; i < whole; i++) {
      long data = in.get(WORD, at + (long) i * Long.BYTES);
      w[M + i] = carry | data << 8;
      carry = data >>> 56;
    }
    long rest = 0;
    for (int i = (int) bytes - 1; i >= whole * Long.BYTES; i--) {
      rest = rest << 8 | (in.get(BYTE, at + i) & 0xff);
    }
    // At most seven bytes, so there is room for the one carried.
    w[M + whole] = carry | rest << 8;
    for (int i = whole + 1; i < 16; i++) {
      w[M + i] = 0;
    }
  }

  /**
   * Compresses one block into the chained state.
   *
   * @param counter bytes of the message up to the end of this block
   * @param last all ones for the last block, else 0
   */
  static void compress(long[] w, long counter, long last) {
    // One by one: a vector load would wait for the single words that were just stored.
    w[V] = w[H];
    w[V + 1] = w[H + 1];
    w[V + 2] = w[H + 2];
    w[V + 3] = w[H + 3];
    w[V + 4] = w[H + 4];
    w[V + 5] = w[H + 5];
    w[V + 6] = w[H + 6];
    w[V + 7] = w[H + 7];
    w[V + 8] = Blake2b.IV0;
    w[V + 9] = Blake2b.IV1;
    w[V + 10] = Blake2b.IV2;
    w[V + 11] = Blake2b.IV3;
    w[V + 12] = Blake2b.IV4 ^ counter;
    w[V + 13] = Blake2b.IV5;
    w[V + 14] = Blake2b.IV6 ^ last;
    w[V + 15] = Blake2b.IV7;
    firstRounds(w);
    lastRounds(w);
    w[H] ^= w[V] ^ w[V + 8];
    w[H + 1] ^= w[V + 1] ^ w[V + 9];
    w[H + 2] ^= w[V + 2] ^ w[V + 10];
    w[H + 3] ^= w[V + 3] ^ w[V + 11];
    w[H + 4] ^= w[V + 4] ^ w[V + 12];
    w[H + 5] ^= w[V + 5] ^ w[V + 13];
    w[H + 6] ^= w[V + 6] ^ w[V + 14];
    w[H + 7] ^= w[V + 7] ^ w[V + 15];
  }

  private static void firstRounds(long[] w) {
    final long m0 = w[M];
    final long m1 = w[M + 1];
    final long m2 = w[M + 2];
    final long m3 = w[M + 3];
    final long m4 = w[M + 4];
    final long m5 = w[M + 5];
    final long m6 = w[M + 6];
    final long m7 = w[M + 7];
    final long m8 = w[M + 8];
    final long m9 = w[M + 9];
    final long m10 = w[M + 10];
    final long m11 = w[M + 11];
    final long m12 = w[M + 12];
    final long m13 = w[M + 13];
    final long m14 = w[M + 14];
    final long m15 = w[M + 15];
    long v0 = w[V];
    long v1 = w[V + 1];
    long v2 = w[V + 2];
    long v3 = w[V + 3];
    long v4 = w[V + 4];
    long v5 = w[V + 5];
    long v6 = w[V + 6];
    long v7 = w[V + 7];
    long v8 = w[V + 8];
    long v9 = w[V + 9];
    long v10 = w[V + 10];
    long v11 = w[V + 11];
    long v12 = w[V + 12];
    long v13 = w[V + 13];
    long v14 = w[V + 14];
    long v15 = w[V + 15];
    // Round 0.
    v0 = v0 + m0 + v4;
    v1 = v1 + m2 + v5;
    v2 = v2 + m4 + v6;
    v3 = v3 + m6 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v0 = v0 + m1 + v4;
    v1 = v1 + m3 + v5;
    v2 = v2 + m5 + v6;
    v3 = v3 + m7 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = v0 + m8 + v5;
    v1 = v1 + m10 + v6;
    v2 = v2 + m12 + v7;
    v3 = v3 + m14 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v0 = v0 + m9 + v5;
    v1 = v1 + m11 + v6;
    v2 = v2 + m13 + v7;
    v3 = v3 + m15 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v4 = Long.rotateRight(v4 ^ v9, 63);

    // Round 1.
    v0 = v0 + m14 + v4;
    v1 = v1 + m4 + v5;
    v2 = v2 + m9 + v6;
    v3 = v3 + m13 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v0 = v0 + m10 + v4;
    v1 = v1 + m8 + v5;
    v2 = v2 + m15 + v6;
    v3 = v3 + m6 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = v0 + m1 + v5;
    v1 = v1 + m0 + v6;
    v2 = v2 + m11 + v7;
    v3 = v3 + m5 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v0 = v0 + m12 + v5;
    v1 = v1 + m2 + v6;
    v2 = v2 + m7 + v7;
    v3 = v3 + m3 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v4 = Long.rotateRight(v4 ^ v9, 63);

    // Round 2.
    v0 = v0 + m11 + v4;
    v1 = v1 + m12 + v5;
    v2 = v2 + m5 + v6;
    v3 = v3 + m15 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v0 = v0 + m8 + v4;
    v1 = v1 + m0 + v5;
    v2 = v2 + m2 + v6;
    v3 = v3 + m13 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = v0 + m10 + v5;
    v1 = v1 + m3 + v6;
    v2 = v2 + m7 + v7;
    v3 = v3 + m9 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v0 = v0 + m14 + v5;
    v1 = v1 + m6 + v6;
    v2 = v2 + m1 + v7;
    v3 = v3 + m4 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v4 = Long.rotateRight(v4 ^ v9, 63);

    // Round 3.
    v0 = v0 + m7 + v4;
    v1 = v1 + m3 + v5;
    v2 = v2 + m13 + v6;
    v3 = v3 + m11 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v0 = v0 + m9 + v4;
    v1 = v1 + m1 + v5;
    v2 = v2 + m12 + v6;
    v3 = v3 + m14 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = v0 + m2 + v5;
    v1 = v1 + m5 + v6;
    v2 = v2 + m4 + v7;
    v3 = v3 + m15 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v0 = v0 + m6 + v5;
    v1 = v1 + m10 + v6;
    v2 = v2 + m0 + v7;
    v3 = v3 + m8 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v4 = Long.rotateRight(v4 ^ v9, 63);

    // Round 4.
    v0 = v0 + m9 + v4;
    v1 = v1 + m5 + v5;
    v2 = v2 + m2 + v6;
    v3 = v3 + m10 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v0 = v0 + m0 + v4;
    v1 = v1 + m7 + v5;
    v2 = v2 + m4 + v6;
    v3 = v3 + m15 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = v0 + m14 + v5;
    v1 = v1 + m11 + v6;
    v2 = v2 + m6 + v7;
    v3 = v3 + m3 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v0 = v0 + m1 + v5;
    v1 = v1 + m12 + v6;
    v2 = v2 + m8 + v7;
    v3 = v3 + m13 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v4 = Long.rotateRight(v4 ^ v9, 63);

    // Round 5.
    v0 = v0 + m2 + v4;
    v1 = v1 + m6 + v5;
    v2 = v2 + m0 + v6;
    v3 = v3 + m8 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v0 = v0 + m12 + v4;
    v1 = v1 + m10 + v5;
    v2 = v2 + m11 + v6;
    v3 = v3 + m3 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = v0 + m4 + v5;
    v1 = v1 + m7 + v6;
    v2 = v2 + m15 + v7;
    v3 = v3 + m1 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v0 = v0 + m13 + v5;
    v1 = v1 + m5 + v6;
    v2 = v2 + m14 + v7;
    v3 = v3 + m9 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v4 = Long.rotateRight(v4 ^ v9, 63);

    w[V] = v0;
    w[V + 1] = v1;
    w[V + 2] = v2;
    w[V + 3] = v3;
    w[V + 4] = v4;
    w[V + 5] = v5;
    w[V + 6] = v6;
    w[V + 7] = v7;
    w[V + 8] = v8;
    w[V + 9] = v9;
    w[V + 10] = v10;
    w[V + 11] = v11;
    w[V + 12] = v12;
    w[V + 13] = v13;
    w[V + 14] = v14;
    w[V + 15] = v15;
  }

  private static void lastRounds(long[] w) {
    final long m0 = w[M];
    final long m1 = w[M + 1];
    final long m2 = w[M + 2];
    final long m3 = w[M + 3];
    final long m4 = w[M + 4];
    final long m5 = w[M + 5];
    final long m6 = w[M + 6];
    final long m7 = w[M + 7];
    final long m8 = w[M + 8];
    final long m9 = w[M + 9];
    final long m10 = w[M + 10];
    final long m11 = w[M + 11];
    final long m12 = w[M + 12];
    final long m13 = w[M + 13];
    final long m14 = w[M + 14];
    final long m15 = w[M + 15];
    long v0 = w[V];
    long v1 = w[V + 1];
    long v2 = w[V + 2];
    long v3 = w[V + 3];
    long v4 = w[V + 4];
    long v5 = w[V + 5];
    long v6 = w[V + 6];
    long v7 = w[V + 7];
    long v8 = w[V + 8];
    long v9 = w[V + 9];
    long v10 = w[V + 10];
    long v11 = w[V + 11];
    long v12 = w[V + 12];
    long v13 = w[V + 13];
    long v14 = w[V + 14];
    long v15 = w[V + 15];
    // Round 6.
    v0 = v0 + m12 + v4;
    v1 = v1 + m1 + v5;
    v2 = v2 + m14 + v6;
    v3 = v3 + m4 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v0 = v0 + m5 + v4;
    v1 = v1 + m15 + v5;
    v2 = v2 + m13 + v6;
    v3 = v3 + m10 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = v0 + m0 + v5;
    v1 = v1 + m6 + v6;
    v2 = v2 + m9 + v7;
    v3 = v3 + m8 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v0 = v0 + m7 + v5;
    v1 = v1 + m3 + v6;
    v2 = v2 + m2 + v7;
    v3 = v3 + m11 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v4 = Long.rotateRight(v4 ^ v9, 63);

    // Round 7.
    v0 = v0 + m13 + v4;
    v1 = v1 + m7 + v5;
    v2 = v2 + m12 + v6;
    v3 = v3 + m3 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v0 = v0 + m11 + v4;
    v1 = v1 + m14 + v5;
    v2 = v2 + m1 + v6;
    v3 = v3 + m9 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = v0 + m5 + v5;
    v1 = v1 + m15 + v6;
    v2 = v2 + m8 + v7;
    v3 = v3 + m2 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v0 = v0 + m0 + v5;
    v1 = v1 + m4 + v6;
    v2 = v2 + m6 + v7;
    v3 = v3 + m10 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v4 = Long.rotateRight(v4 ^ v9, 63);

    // Round 8.
    v0 = v0 + m6 + v4;
    v1 = v1 + m14 + v5;
    v2 = v2 + m11 + v6;
    v3 = v3 + m0 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v0 = v0 + m15 + v4;
    v1 = v1 + m9 + v5;
    v2 = v2 + m3 + v6;
    v3 = v3 + m8 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = v0 + m12 + v5;
    v1 = v1 + m13 + v6;
    v2 = v2 + m1 + v7;
    v3 = v3 + m10 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v0 = v0 + m2 + v5;
    v1 = v1 + m7 + v6;
    v2 = v2 + m4 + v7;
    v3 = v3 + m5 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v4 = Long.rotateRight(v4 ^ v9, 63);

    // Round 9.
    v0 = v0 + m10 + v4;
    v1 = v1 + m8 + v5;
    v2 = v2 + m7 + v6;
    v3 = v3 + m1 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v0 = v0 + m2 + v4;
    v1 = v1 + m4 + v5;
    v2 = v2 + m6 + v6;
    v3 = v3 + m5 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = v0 + m15 + v5;
    v1 = v1 + m9 + v6;
    v2 = v2 + m3 + v7;
    v3 = v3 + m13 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v0 = v0 + m11 + v5;
    v1 = v1 + m14 + v6;
    v2 = v2 + m12 + v7;
    v3 = v3 + m0 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v4 = Long.rotateRight(v4 ^ v9, 63);

    // Round 10.
    v0 = v0 + m0 + v4;
    v1 = v1 + m2 + v5;
    v2 = v2 + m4 + v6;
    v3 = v3 + m6 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v0 = v0 + m1 + v4;
    v1 = v1 + m3 + v5;
    v2 = v2 + m5 + v6;
    v3 = v3 + m7 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = v0 + m8 + v5;
    v1 = v1 + m10 + v6;
    v2 = v2 + m12 + v7;
    v3 = v3 + m14 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v0 = v0 + m9 + v5;
    v1 = v1 + m11 + v6;
    v2 = v2 + m13 + v7;
    v3 = v3 + m15 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v4 = Long.rotateRight(v4 ^ v9, 63);

    // Round 11.
    v0 = v0 + m14 + v4;
    v1 = v1 + m4 + v5;
    v2 = v2 + m9 + v6;
    v3 = v3 + m13 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 32);
    v13 = Long.rotateRight(v13 ^ v1, 32);
    v14 = Long.rotateRight(v14 ^ v2, 32);
    v15 = Long.rotateRight(v15 ^ v3, 32);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 24);
    v5 = Long.rotateRight(v5 ^ v9, 24);
    v6 = Long.rotateRight(v6 ^ v10, 24);
    v7 = Long.rotateRight(v7 ^ v11, 24);
    v0 = v0 + m10 + v4;
    v1 = v1 + m8 + v5;
    v2 = v2 + m15 + v6;
    v3 = v3 + m6 + v7;
    v12 = Long.rotateRight(v12 ^ v0, 16);
    v13 = Long.rotateRight(v13 ^ v1, 16);
    v14 = Long.rotateRight(v14 ^ v2, 16);
    v15 = Long.rotateRight(v15 ^ v3, 16);
    v8 += v12;
    v9 += v13;
    v10 += v14;
    v11 += v15;
    v4 = Long.rotateRight(v4 ^ v8, 63);
    v5 = Long.rotateRight(v5 ^ v9, 63);
    v6 = Long.rotateRight(v6 ^ v10, 63);
    v7 = Long.rotateRight(v7 ^ v11, 63);
    v0 = v0 + m1 + v5;
    v1 = v1 + m0 + v6;
    v2 = v2 + m11 + v7;
    v3 = v3 + m5 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 32);
    v12 = Long.rotateRight(v12 ^ v1, 32);
    v13 = Long.rotateRight(v13 ^ v2, 32);
    v14 = Long.rotateRight(v14 ^ v3, 32);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 24);
    v6 = Long.rotateRight(v6 ^ v11, 24);
    v7 = Long.rotateRight(v7 ^ v8, 24);
    v4 = Long.rotateRight(v4 ^ v9, 24);
    v0 = v0 + m12 + v5;
    v1 = v1 + m2 + v6;
    v2 = v2 + m7 + v7;
    v3 = v3 + m3 + v4;
    v15 = Long.rotateRight(v15 ^ v0, 16);
    v12 = Long.rotateRight(v12 ^ v1, 16);
    v13 = Long.rotateRight(v13 ^ v2, 16);
    v14 = Long.rotateRight(v14 ^ v3, 16);
    v10 += v15;
    v11 += v12;
    v8 += v13;
    v9 += v14;
    v5 = Long.rotateRight(v5 ^ v10, 63);
    v6 = Long.rotateRight(v6 ^ v11, 63);
    v7 = Long.rotateRight(v7 ^ v8, 63);
    v4 = Long.rotateRight(v4 ^ v9, 63);

    w[V] = v0;
    w[V + 1] = v1;
    w[V + 2] = v2;
    w[V + 3] = v3;
    w[V + 4] = v4;
    w[V + 5] = v5;
    w[V + 6] = v6;
    w[V + 7] = v7;
    w[V + 8] = v8;
    w[V + 9] = v9;
    w[V + 10] = v10;
    w[V + 11] = v11;
    w[V + 12] = v12;
    w[V + 13] = v13;
    w[V + 14] = v14;
    w[V + 15] = v15;
  }
}
