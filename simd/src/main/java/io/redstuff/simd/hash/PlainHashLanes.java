package io.redstuff.simd.hash;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * BLAKE2b-256 of up to {@value #MOST} messages of one length side by side, in loops over the
 * messages that C2 turns into vectors by itself.
 *
 * <p>Every word of states and blocks has an array of its own, indexed by message: two arrays are
 * the same or have nothing in common, which is what C2 has to know of the loads and stores of a
 * loop. Of one array at two offsets it does not. The loops are small methods, so they are compiled
 * within milliseconds of their first use, and well without vectors too.
 *
 * <p>Not thread-safe.
 */
final class PlainHashLanes {
  /**
   * Fewer messages make the loops start too often, with more the arrays leave the nearest cache:
   * 256 were the fastest on AVX-512, before 128, 384 and 512, and no slower on AVX2.
   */
  static final int MOST = 256;

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final boolean IS_LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  private static final int BLOCK_BYTES = Blake2b.BLOCK_BYTES;
  private static final int BLOCK_WORDS = BLOCK_BYTES / Long.BYTES;
  private static final int DIGEST_WORDS = Blake2b.DIGEST_WORDS;
  private static final int PAIR_BYTES = 2 * Blake2b.DIGEST_BYTES;
  private static final int LANES = LaneDigests.LANES;
  private static final int GROUP_WORDS = DIGEST_WORDS * LANES;

  /**
   * Makes an array with its header, usually 16 bytes, a multiple of 64 bytes long: arrays that were
   * made one after the other then lie alike in the lines of the cache, and where the first
   * iterations of a loop have aligned one of them, no vector of any crosses a line.
   */
  private static final int SPARE = 6;

  /** The states before the first block. */
  private static final long[][] INITIAL = words(8);

  /** Stands for every word of a block that is zero in all messages. */
  private static final long[] ZEROS = words(1)[0];

  /** States between blocks, and in them the digests. */
  private final long[][] h = words(8);

  /** Working states. */
  private final long[][] v = words(16);

  /** Where words of blocks are put. */
  private final long[][] loaded = words(BLOCK_WORDS);

  /** Blocks: arrays of {@link #loaded}, then {@link #ZEROS}. */
  private final long[][] m = loaded.clone();

  /** What goes to memory or came from there: blocks, digests or groups back to back. */
  private final long[] rows = new long[BLOCK_WORDS * MOST];

  private final MemorySegment rowBytes = MemorySegment.ofArray(rows);

  private static long[][] words(int count) {
    return new long[count][MOST + SPARE];
  }

  static {
    for (int i = 0; i < INITIAL.length; i++) {
      Arrays.fill(INITIAL[i], i == 0 ? Blake2b.H0 : Blake2b.iv(i));
    }
  }

  /**
   * Hashes messages: message i is {@code prefix || in[at + i * stride, +length)}.
   *
   * @param lanes how many, up to {@link #MOST}
   */
  void hash(int prefix, MemorySegment in, long at, long stride, long length, int lanes) {
    // the prefix shifts the data by one byte: but the first, blocks start one before a multiple
    int skip = 1;
    long[][] state = INITIAL;
    long from = at;
    for (long left = length; ; ) {
      int bytes = (int) Math.min(left, BLOCK_BYTES - skip);
      if (skip != 0 && bytes < Long.BYTES) {
        loadWord(prefix, in, from, stride, bytes, loaded[0], lanes);
        use(1);
      } else {
        load(in, from, stride, skip, bytes, lanes);
        if (skip != 0) {
          replaceFirstByte(loaded[0], prefix, lanes);
        }
      }
      from += bytes;
      left -= bytes;
      compress(state, from - at + 1, left == 0, lanes);
      if (left == 0) {
        return;
      }
      skip = 0;
      state = h;
    }
  }

  /** Hashes {@code prefix || value} for values of two bytes from {@code first} on. */
  void hashValues(int prefix, int first, int lanes) {
    long[] word = loaded[0];
    for (int i = 0; i < lanes; i++) {
      word[i] = (long) (first + i) << Byte.SIZE | prefix;
    }
    use(1);
    compress(INITIAL, 1 + Short.BYTES, true, lanes);
  }

  /**
   * Hashes inner nodes from groups of children.
   *
   * @param in holds the groups
   * @param left offset of the left children of the first group
   * @param right offset of its right children
   * @param stride from there to those of the next group, in bytes
   * @param groups how many, up to an eighth of {@link #MOST}
   */
  void hashNodes(MemorySegment in, long left, long right, long stride, int groups) {
    int lanes = groups * LANES;
    loadGroups(in, left, stride, 0, groups);
    loadGroups(in, right, stride, DIGEST_WORDS, groups);
    firstWord(loaded[0], v[0], lanes);
    for (int word = 1; word < 2 * DIGEST_WORDS; word++) {
      shiftedWord(loaded[word], v[word - 1], v[word], lanes);
    }
    lastWord(loaded[2 * DIGEST_WORDS], v[2 * DIGEST_WORDS - 1], lanes);
    use(2 * DIGEST_WORDS + 1);
    compress(INITIAL, 1 + PAIR_BYTES, true, lanes);
  }

  /** Writes the digests, {@code stride} bytes apart. */
  void store(MemorySegment out, long at, long stride, int lanes) {
    for (int word = 0; word < DIGEST_WORDS; word++) {
      spread(h[word], rows, word, DIGEST_WORDS, lanes);
    }
    if (stride == Blake2b.DIGEST_BYTES) {
      MemorySegment.copy(rows, 0, out, WORD, at, DIGEST_WORDS * lanes);
      return;
    }
    for (int i = 0; i < lanes; i++) {
      MemorySegment.copy(rows, DIGEST_WORDS * i, out, WORD, at + i * stride, DIGEST_WORDS);
    }
  }

  /** Writes the digests in the layout of {@link LaneDigests}. */
  void storeGroups(MemorySegment out, long at, int groups) {
    for (int group = 0; group < groups; group++) {
      int to = group * GROUP_WORDS;
      for (int word = 0; word < DIGEST_WORDS; word++) {
        System.arraycopy(h[word], group * LANES, rows, to + word * LANES, LANES);
      }
    }
    MemorySegment.copy(rows, 0, out, WORD, at, groups * GROUP_WORDS);
  }

  /** Loads a block of every message, {@code skip} bytes late, with zeros behind it. */
  private void load(MemorySegment in, long at, long stride, int skip, int bytes, int lanes) {
    int words = Math.ceilDiv(skip + bytes, Long.BYTES);
    // what an earlier block left behind this one ends with the last word
    long used = -1L >>> (Byte.SIZE * (Long.BYTES * words - skip - bytes));
    for (int i = 0; i < lanes; i++) {
      MemorySegment.copy(in, at + i * stride, rowBytes, (long) BLOCK_BYTES * i + skip, bytes);
    }
    for (int word = 0; word < words; word++) {
      collect(rows, word, word == words - 1 ? used : -1, loaded[word], lanes);
    }
    use(words);
  }

  private static void collect(long[] rows, int word, long used, long[] to, int lanes) {
    for (int i = 0; i < lanes; i++) {
      long raw = rows[word + BLOCK_WORDS * i];
      to[i] = (IS_LITTLE ? raw : Long.reverseBytes(raw)) & used;
    }
  }

  /** Loads messages that fit one word each, with their prefixes. */
  private static void loadWord(
      int prefix, MemorySegment in, long at, long stride, int bytes, long[] to, int lanes) {
    for (int i = 0; i < lanes; i++) {
      to[i] = LaneDigests.word(prefix, in, at + i * stride, bytes);
    }
  }

  /** Makes a block of the first words that are loaded, and zeros. */
  private void use(int words) {
    System.arraycopy(loaded, 0, m, 0, words);
    Arrays.fill(m, words, BLOCK_WORDS, ZEROS);
  }

  private static void spread(long[] from, long[] rows, int word, int words, int lanes) {
    for (int i = 0; i < lanes; i++) {
      rows[word + words * i] = from[i];
    }
  }

  private static void replaceFirstByte(long[] word, int prefix, int lanes) {
    for (int i = 0; i < lanes; i++) {
      word[i] = (word[i] & -1L << Byte.SIZE) | prefix;
    }
  }

  /** Brings the words of digests to arrays from {@code v[word]} on. */
  private void loadGroups(MemorySegment in, long at, long stride, int word, int groups) {
    for (int group = 0; group < groups; group++) {
      MemorySegment.copy(in, WORD, at + group * stride, rows, 0, GROUP_WORDS);
      for (int i = 0; i < DIGEST_WORDS; i++) {
        System.arraycopy(rows, i * LANES, v[word + i], group * LANES, LANES);
      }
    }
  }

  private static void firstWord(long[] to, long[] next, int lanes) {
    for (int i = 0; i < lanes; i++) {
      to[i] = next[i] << Byte.SIZE | HashKernels.INNER_PREFIX;
    }
  }

  private static void shiftedWord(long[] to, long[] before, long[] next, int lanes) {
    for (int i = 0; i < lanes; i++) {
      to[i] = before[i] >>> -Byte.SIZE | next[i] << Byte.SIZE;
    }
  }

  private static void lastWord(long[] to, long[] before, int lanes) {
    for (int i = 0; i < lanes; i++) {
      to[i] = before[i] >>> -Byte.SIZE;
    }
  }

  /**
   * Compresses a block of every message.
   *
   * @param state the states before it; those behind it will be in {@link #h}
   * @param counter bytes of a message up to the end of this block
   * @param last whether it is the last block
   */
  private void compress(long[][] state, long counter, boolean last, int lanes) {
    for (int i = 0; i < 4; i++) {
      long d = Blake2b.iv(4 + i) ^ (i == 0 ? counter : i == 2 && last ? -1 : 0);
      long[] a = state[i];
      long[] b = state[4 + i];
      first(
          a,
          b,
          Blake2b.iv(i),
          d,
          m[2 * i],
          m[2 * i + 1],
          v[i],
          v[4 + i],
          v[8 + i],
          v[12 + i],
          lanes);
    }
    diagonals(0, lanes);
    for (int round = 1; round < Blake2b.ROUNDS; round++) {
      for (int i = 0; i < 4; i++) {
        long[] x = m[Blake2b.sigma(round, 2 * i)];
        long[] y = m[Blake2b.sigma(round, 2 * i + 1)];
        mix(v[i], v[4 + i], v[8 + i], v[12 + i], x, y, lanes);
      }
      diagonals(round, lanes);
    }
    for (int i = 0; i < (last ? DIGEST_WORDS : h.length); i++) {
      chain(state[i], v[i], v[h.length + i], h[i], lanes);
    }
  }

  private void diagonals(int round, int lanes) {
    for (int i = 0; i < 4; i++) {
      long[] x = m[Blake2b.sigma(round, 8 + 2 * i)];
      long[] y = m[Blake2b.sigma(round, 9 + 2 * i)];
      mix(v[i], v[4 + (i + 1) % 4], v[8 + (i + 2) % 4], v[12 + (i + 3) % 4], x, y, lanes);
    }
  }

  /** The first calls of {@link #mix} in a block, where c and d are the same for all messages. */
  private static void first(
      long[] a,
      long[] b,
      long c,
      long d,
      long[] x,
      long[] y,
      long[] toA,
      long[] toB,
      long[] toC,
      long[] toD,
      int lanes) {
    for (int i = 0; i < lanes; i++) {
      long va = a[i] + b[i] + x[i];
      long vd = Long.rotateRight(d ^ va, 32);
      long vc = c + vd;
      long vb = Long.rotateRight(b[i] ^ vc, 24);
      va += vb + y[i];
      vd = Long.rotateRight(vd ^ va, 16);
      vc += vd;
      toA[i] = va;
      toB[i] = Long.rotateRight(vb ^ vc, 63);
      toC[i] = vc;
      toD[i] = vd;
    }
  }

  /** The function G of the RFC on four words of every state, with two words of the block. */
  private static void mix(long[] a, long[] b, long[] c, long[] d, long[] x, long[] y, int lanes) {
    for (int i = 0; i < lanes; i++) {
      long va = a[i] + b[i] + x[i];
      long vd = Long.rotateRight(d[i] ^ va, 32);
      long vc = c[i] + vd;
      long vb = Long.rotateRight(b[i] ^ vc, 24);
      va += vb + y[i];
      vd = Long.rotateRight(vd ^ va, 16);
      vc += vd;
      a[i] = va;
      b[i] = Long.rotateRight(vb ^ vc, 63);
      c[i] = vc;
      d[i] = vd;
    }
  }

  private static void chain(long[] state, long[] low, long[] high, long[] to, int lanes) {
    for (int i = 0; i < lanes; i++) {
      to[i] = state[i] ^ low[i] ^ high[i];
    }
  }
}
