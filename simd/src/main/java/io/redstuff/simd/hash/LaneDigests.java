package io.redstuff.simd.hash;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Eight digests word by word: word w of lane l is at byte {@code 64 w + 8 l} of the group's 256.
 *
 * <p>It is how the vectors of {@link LaneHasher} hold them. Trees that stay in this layout from
 * their leaves to their roots need no transposition on the way.
 */
final class LaneDigests {
  /** Digests of a group. */
  static final int LANES = 8;

  /** From a word of a digest to its next. */
  static final long WORD_BYTES = (long) LANES * Long.BYTES;

  private static final int WORDS = Blake2b.DIGEST_BYTES / Long.BYTES;

  /** Size of a group. */
  static final long BYTES = WORDS * WORD_BYTES;

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private LaneDigests() {}

  /** Returns where the first word of a digest is, from the first group on. */
  static long firstWord(long digest) {
    return digest / LANES * BYTES + digest % LANES * Long.BYTES;
  }

  /** Puts a digest into a lane of the group at {@code group}. */
  static void set(MemorySegment groups, long group, int lane, MemorySegment digest, long at) {
    long to = group + (long) lane * Long.BYTES;
    for (int word = 0; word < WORDS; word++) {
      groups.set(WORD, to + word * WORD_BYTES, digest.get(WORD, at + (long) word * Long.BYTES));
    }
  }

  /** Copies the digest of a lane of the group at {@code group}. */
  static void get(MemorySegment groups, long group, int lane, MemorySegment digest, long at) {
    long from = group + (long) lane * Long.BYTES;
    for (int word = 0; word < WORDS; word++) {
      digest.set(WORD, at + (long) word * Long.BYTES, groups.get(WORD, from + word * WORD_BYTES));
    }
  }

  /** Turns eight groups: the digest in lane c of group r goes to lane r of group c. */
  static void transpose(
      MemorySegment in, long offset, long stride, MemorySegment out, long outOffset) {
    for (int group = 0; group < LANES; group++) {
      for (int word = 0; word < WORDS; word++) {
        long from = offset + word * WORD_BYTES + (long) group * Long.BYTES;
        long to = outOffset + group * BYTES + word * WORD_BYTES;
        for (int lane = 0; lane < LANES; lane++) {
          out.set(WORD, to + (long) lane * Long.BYTES, in.get(WORD, from + lane * stride));
        }
      }
    }
  }

  /**
   * Loads messages of fewer than eight bytes, prefix first, as one word each, to where the first
   * words of their digests will be.
   */
  static void loadWords(
      int prefix,
      MemorySegment in,
      long offset,
      long stride,
      int length,
      long count,
      MemorySegment out,
      long outOffset) {
    for (long i = 0; i < count; i++) {
      out.set(WORD, outOffset + firstWord(i), word(prefix, in, offset + i * stride, length));
    }
  }

  /** Returns a message of fewer than eight bytes, prefix first, as one word. */
  static long word(int prefix, MemorySegment in, long at, int length) {
    long used = ((1L << (length * Byte.SIZE)) - 1) << Byte.SIZE;
    boolean whole = at <= in.byteSize() - Long.BYTES;
    long data = whole ? in.get(WORD, at) : loadBytes(in, at, length);
    return ((data << Byte.SIZE) & used) | prefix;
  }

  private static long loadBytes(MemorySegment in, long at, int length) {
    long data = 0;
    for (int i = length - 1; i >= 0; i--) {
      data = (data << Byte.SIZE) | (in.get(ValueLayout.JAVA_BYTE, at + i) & 0xff);
    }
    return data;
  }
}
