package io.redstuff.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.LongVector.fromArray;
import static jdk.incubator.vector.LongVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many messages at a time as a vector has 64-bit lanes. All have one length, so the lanes never
 * diverge; with fewer messages than lanes the last one is computed several times and stored once.
 *
 * <p>A vector holds one word of each message. The messages lie in memory the other way round, so
 * what is read is a square of words, transposed in registers. As the prefix byte comes first, a
 * word of a message is made of seven bytes of a word of the data and the last byte of the one
 * before; that way nothing before or between the data need be read. The last, partial block is read
 * up to a multiple of 64 bytes, and blanked, where that still lies within the segment, else copied
 * to scratch first.
 *
 * <p>The classes for narrower vectors are this text with another number, so every width comes from
 * {@link #SPECIES}. Every method is a flat piece of code: C2 would stop inlining, and box vectors,
 * in one much larger, and C1, whose profile C2 waits for, already gives up on twice the body of the
 * loop in {@link #compress}.
 */
final class Vector512HashKernels implements HashKernels {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_512;
  private static final int LANES = SPECIES.length();
  private static final long VECTOR = SPECIES.vectorByteSize();

  private static final int BLOCK = Blake2b.BLOCK_BYTES;

  /** What {@link #transpose} reads of every message. */
  private static final int SQUARE = BLOCK / 2;

  private static final int SQUARE_WORDS = SQUARE / Long.BYTES;
  private static final int BLOCK_WORDS = BLOCK / Long.BYTES;

  /** From one vector of a state to the next, whatever the width. */
  private static final int SLOT = HashScratch.SLOT;

  /** Scratch: the state before the first block. */
  private static final int INITIAL = HashScratch.INITIAL;

  /** Scratch: the initialization vector of the RFC, the other half of the working state. */
  private static final int IV = HashScratch.IV;

  /** Scratch: the words of a block, and in one more the byte that belongs to the next block. */
  private static final int WORDS = 0;

  /** Scratch: the chained state, 8 vectors. */
  private static final int STATE = WORDS + (BLOCK_WORDS + 1) * LANES;

  /** In a schedule, in place of a word that is zero in every message: nothing is added for it. */
  private static final int ZERO = -1;

  private static final int[] BLOCK_SCHEDULE = schedule(BLOCK_WORDS);

  /** For a prefix and up to 71 bytes, as an inner node of a tree has them. */
  private static final int[] NODE_SCHEDULE = schedule(SQUARE_WORDS + 1);

  /** For a prefix and fewer than eight bytes. */
  private static final int[] WORD_SCHEDULE = schedule(1);

  /** Lanes whose index has the bit 1, 2 or 4. */
  private static final VectorMask<Long> UPPER1 = VectorMask.fromLong(SPECIES, 0b10101010);

  private static final VectorMask<Long> UPPER2 = VectorMask.fromLong(SPECIES, 0b11001100);
  private static final VectorMask<Long> UPPER4 = VectorMask.fromLong(SPECIES, 0b11110000);

  /** Exchanges the lanes whose indices differ in the bit 1, 2 or 4. */
  private static final VectorShuffle<Long> SWAP1 = swap(1);

  private static final VectorShuffle<Long> SWAP2 = swap(2);
  private static final VectorShuffle<Long> SWAP4 = swap(4);

  /** As many lanes as a digest has words, or all if there are fewer. */
  private static final VectorMask<Long> DIGEST = VectorMask.fromLong(SPECIES, 0b1111);

  /**
   * For every half round, where in scratch its eight message words are. Second half rounds work on
   * the diagonals in the order in which {@link #compress} has them, 0 3 2 1.
   *
   * @param words how many words of the block may be other than zero
   */
  private static int[] schedule(int words) {
    int[] schedule = new int[BLOCK_WORDS * Blake2b.ROUNDS];
    for (int i = 0; i < schedule.length; i++) {
      int round = i / BLOCK_WORDS;
      int step = i % BLOCK_WORDS;
      int g = step / 2;
      int word = Blake2b.sigma(round, g < 4 ? step : 8 + 2 * ((8 - g) % 4) + step % 2);
      schedule[i] = word < words ? WORDS + word * LANES : ZERO;
    }
    return schedule;
  }

  /** The schedule of the last block of a message with {@code bytes} bytes after the prefix. */
  private static int[] lastSchedule(long bytes) {
    long rest = bytes % BLOCK;
    if (rest < Long.BYTES) {
      return WORD_SCHEDULE;
    }
    return rest <= SQUARE ? NODE_SCHEDULE : BLOCK_SCHEDULE;
  }

  private static VectorShuffle<Long> swap(int bit) {
    return VectorShuffle.fromOp(SPECIES, lane -> (lane ^ bit) % LANES);
  }

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
    long[] words = scratch.words;
    int[] schedule = lastSchedule(length);
    for (long first = 0; first < count; first += LANES) {
      int last = (int) Math.min(count - first, LANES) - 1;
      long at = offset + first * stride;
      begin(words, prefix);
      long done = 0;
      for (; length - done >= BLOCK; done += BLOCK) {
        transpose(in, at + done, stride, last, words, WORDS);
        transpose(in, at + done + SQUARE, stride, last, words, WORDS + SQUARE_WORDS * LANES);
        if (done == 0 && first > 0) {
          storeBefore(words, out, outOffset, outStride, first);
        }
        compress(words, done == 0 ? INITIAL : STATE, done + BLOCK, 0, BLOCK_SCHEDULE);
        next(words);
      }
      loadTail(in, at + done, stride, last, (int) (length - done), scratch);
      if (done == 0 && first > 0) {
        storeBefore(words, out, outOffset, outStride, first);
      }
      compress(words, done == 0 ? INITIAL : STATE, length + 1, -1, schedule);
    }
    if (count > 0) {
      int last = (int) ((count - 1) % LANES);
      store(words, out, outOffset + (count - 1 - last) * outStride, outStride, last);
    }
  }

  @Override
  public void hashLanes(
      int prefix,
      MemorySegment in,
      long offset,
      long stride,
      long length,
      long count,
      MemorySegment out,
      long outOffset,
      HashScratch scratch) {
    long[] words = scratch.words;
    if (length < Long.BYTES) {
      LaneDigests.loadWords(prefix, in, offset, stride, (int) length, count, out, outOffset);
    }
    int[] schedule = lastSchedule(length);
    for (long first = 0; first < count; first += LANES) {
      long to = outOffset + LaneDigests.firstWord(first);
      if (length < Long.BYTES) {
        fromMemorySegment(SPECIES, out, to, LITTLE_ENDIAN).intoArray(words, WORDS);
        compress(words, INITIAL, length + 1, -1, schedule);
      } else {
        int last = (int) Math.min(count - first, LANES) - 1;
        absorb(prefix, in, offset + first * stride, stride, last, length, schedule, scratch);
      }
      storeLanes(words, out, to);
    }
  }

  /** Takes messages from their first byte to their digests, which are left in the state. */
  private static void absorb(
      int prefix,
      MemorySegment in,
      long at,
      long stride,
      int last,
      long length,
      int[] schedule,
      HashScratch scratch) {
    long[] words = scratch.words;
    begin(words, prefix);
    long done = 0;
    for (; length - done >= BLOCK; done += BLOCK) {
      transpose(in, at + done, stride, last, words, WORDS);
      transpose(in, at + done + SQUARE, stride, last, words, WORDS + SQUARE_WORDS * LANES);
      compress(words, done == 0 ? INITIAL : STATE, done + BLOCK, 0, BLOCK_SCHEDULE);
      next(words);
    }
    loadTail(in, at + done, stride, last, (int) (length - done), scratch);
    compress(words, done == 0 ? INITIAL : STATE, length + 1, -1, schedule);
  }

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
    long[] words = scratch.words;
    for (long i = 0; i < count; i++) {
      for (long half = 0; half < LaneDigests.WORD_BYTES; half += VECTOR) {
        long at = half + i * stride;
        loadPair(in, left + at, right + at, words);
        compress(words, INITIAL, 2 * Blake2b.DIGEST_BYTES + 1, -1, NODE_SCHEDULE);
        storeLanes(words, out, outOffset + i * LaneDigests.BYTES + half);
      }
    }
  }

  @Override
  public void transposeLanes(
      MemorySegment in, long offset, long stride, MemorySegment out, long outOffset) {
    if (LANES < LaneDigests.LANES) {
      HashKernels.super.transposeLanes(in, offset, stride, out, outOffset);
      return;
    }
    for (long at = 0; at < LaneDigests.BYTES; at += VECTOR) {
      transposeWord(in, offset + at, stride, out, outOffset + at);
    }
  }

  /** One word of eight times eight digests, as {@link #transpose} does it. */
  private static void transposeWord(
      MemorySegment in, long at, long from, MemorySegment out, long to) {
    long stride = LaneDigests.BYTES;
    LongVector r0 = fromMemorySegment(SPECIES, in, at, LITTLE_ENDIAN);
    LongVector r1 = fromMemorySegment(SPECIES, in, at + from, LITTLE_ENDIAN);
    LongVector r2 = fromMemorySegment(SPECIES, in, at + 2 * from, LITTLE_ENDIAN);
    LongVector r3 = fromMemorySegment(SPECIES, in, at + 3 * from, LITTLE_ENDIAN);
    LongVector r4 = fromMemorySegment(SPECIES, in, at + 4 * from, LITTLE_ENDIAN);
    LongVector r5 = fromMemorySegment(SPECIES, in, at + 5 * from, LITTLE_ENDIAN);
    LongVector r6 = fromMemorySegment(SPECIES, in, at + 6 * from, LITTLE_ENDIAN);
    LongVector r7 = fromMemorySegment(SPECIES, in, at + 7 * from, LITTLE_ENDIAN);
    LongVector swap = r4.blend(r0, UPPER4).rearrange(SWAP4);
    r0 = r0.blend(swap, UPPER4);
    r4 = swap.blend(r4, UPPER4);
    swap = r5.blend(r1, UPPER4).rearrange(SWAP4);
    r1 = r1.blend(swap, UPPER4);
    r5 = swap.blend(r5, UPPER4);
    swap = r6.blend(r2, UPPER4).rearrange(SWAP4);
    r2 = r2.blend(swap, UPPER4);
    r6 = swap.blend(r6, UPPER4);
    swap = r7.blend(r3, UPPER4).rearrange(SWAP4);
    r3 = r3.blend(swap, UPPER4);
    r7 = swap.blend(r7, UPPER4);
    swap = r2.blend(r0, UPPER2).rearrange(SWAP2);
    r0 = r0.blend(swap, UPPER2);
    r2 = swap.blend(r2, UPPER2);
    swap = r3.blend(r1, UPPER2).rearrange(SWAP2);
    r1 = r1.blend(swap, UPPER2);
    r3 = swap.blend(r3, UPPER2);
    swap = r6.blend(r4, UPPER2).rearrange(SWAP2);
    r4 = r4.blend(swap, UPPER2);
    r6 = swap.blend(r6, UPPER2);
    swap = r7.blend(r5, UPPER2).rearrange(SWAP2);
    r5 = r5.blend(swap, UPPER2);
    r7 = swap.blend(r7, UPPER2);
    swap = r1.blend(r0, UPPER1).rearrange(SWAP1);
    r0.blend(swap, UPPER1).intoMemorySegment(out, to, LITTLE_ENDIAN);
    swap.blend(r1, UPPER1).intoMemorySegment(out, to + stride, LITTLE_ENDIAN);
    swap = r3.blend(r2, UPPER1).rearrange(SWAP1);
    r2.blend(swap, UPPER1).intoMemorySegment(out, to + 2 * stride, LITTLE_ENDIAN);
    swap.blend(r3, UPPER1).intoMemorySegment(out, to + 3 * stride, LITTLE_ENDIAN);
    swap = r5.blend(r4, UPPER1).rearrange(SWAP1);
    r4.blend(swap, UPPER1).intoMemorySegment(out, to + 4 * stride, LITTLE_ENDIAN);
    swap.blend(r5, UPPER1).intoMemorySegment(out, to + 5 * stride, LITTLE_ENDIAN);
    swap = r7.blend(r6, UPPER1).rearrange(SWAP1);
    r6.blend(swap, UPPER1).intoMemorySegment(out, to + 6 * stride, LITTLE_ENDIAN);
    swap.blend(r7, UPPER1).intoMemorySegment(out, to + 7 * stride, LITTLE_ENDIAN);
  }

  /** The words of an inner node: its prefix, then the digests of its children. */
  private static void loadPair(MemorySegment in, long left, long right, long[] words) {
    LongVector before = LongVector.broadcast(SPECIES, LeafHasher.INNER_PREFIX);
    LongVector even = fromMemorySegment(SPECIES, in, left, LITTLE_ENDIAN).lanewise(ROL, Byte.SIZE);
    even.lanewise(BITWISE_BLEND, before, 0xffL).intoArray(words, WORDS);
    LongVector odd =
        fromMemorySegment(SPECIES, in, left + LaneDigests.WORD_BYTES, LITTLE_ENDIAN)
            .lanewise(ROL, Byte.SIZE);
    odd.lanewise(BITWISE_BLEND, even, 0xffL).intoArray(words, WORDS + LANES);
    even =
        fromMemorySegment(SPECIES, in, left + 2 * LaneDigests.WORD_BYTES, LITTLE_ENDIAN)
            .lanewise(ROL, Byte.SIZE);
    even.lanewise(BITWISE_BLEND, odd, 0xffL).intoArray(words, WORDS + 2 * LANES);
    odd =
        fromMemorySegment(SPECIES, in, left + 3 * LaneDigests.WORD_BYTES, LITTLE_ENDIAN)
            .lanewise(ROL, Byte.SIZE);
    odd.lanewise(BITWISE_BLEND, even, 0xffL).intoArray(words, WORDS + 3 * LANES);
    even = fromMemorySegment(SPECIES, in, right, LITTLE_ENDIAN).lanewise(ROL, Byte.SIZE);
    even.lanewise(BITWISE_BLEND, odd, 0xffL).intoArray(words, WORDS + 4 * LANES);
    odd =
        fromMemorySegment(SPECIES, in, right + LaneDigests.WORD_BYTES, LITTLE_ENDIAN)
            .lanewise(ROL, Byte.SIZE);
    odd.lanewise(BITWISE_BLEND, even, 0xffL).intoArray(words, WORDS + 5 * LANES);
    even =
        fromMemorySegment(SPECIES, in, right + 2 * LaneDigests.WORD_BYTES, LITTLE_ENDIAN)
            .lanewise(ROL, Byte.SIZE);
    even.lanewise(BITWISE_BLEND, odd, 0xffL).intoArray(words, WORDS + 6 * LANES);
    odd =
        fromMemorySegment(SPECIES, in, right + 3 * LaneDigests.WORD_BYTES, LITTLE_ENDIAN)
            .lanewise(ROL, Byte.SIZE);
    odd.lanewise(BITWISE_BLEND, even, 0xffL).intoArray(words, WORDS + 7 * LANES);
    odd.and(0xffL).intoArray(words, WORDS + 8 * LANES);
  }

  /** Stores the digests as they are, word by word. */
  private static void storeLanes(long[] words, MemorySegment out, long at) {
    fromArray(SPECIES, words, STATE).intoMemorySegment(out, at, LITTLE_ENDIAN);
    fromArray(SPECIES, words, STATE + SLOT)
        .intoMemorySegment(out, at + LaneDigests.WORD_BYTES, LITTLE_ENDIAN);
    fromArray(SPECIES, words, STATE + 2 * SLOT)
        .intoMemorySegment(out, at + 2 * LaneDigests.WORD_BYTES, LITTLE_ENDIAN);
    fromArray(SPECIES, words, STATE + 3 * SLOT)
        .intoMemorySegment(out, at + 3 * LaneDigests.WORD_BYTES, LITTLE_ENDIAN);
  }

  /** Sets words {@code [from, to)} to zero. */
  private static void zero(long[] words, int from, int to) {
    for (int i = from; i < to; i++) {
      LongVector.zero(SPECIES).intoArray(words, WORDS + i * LANES);
    }
  }

  /** The first byte of the first block. */
  private static void begin(long[] words, int prefix) {
    LongVector.broadcast(SPECIES, prefix).intoArray(words, WORDS);
  }

  /** The first byte of the next block is the last that was read for this one. */
  private static void next(long[] words) {
    fromArray(SPECIES, words, WORDS + BLOCK_WORDS * LANES).intoArray(words, WORDS);
  }

  /**
   * The words of the last block, zeros behind the message as far as its schedule goes.
   *
   * @param at where the data of the first message goes on
   * @param rest how many bytes are left of it, fewer than a block
   */
  private static void loadTail(
      MemorySegment in, long at, long stride, int last, int rest, HashScratch scratch) {
    MemorySegment memory = scratch.memory;
    long[] words = scratch.words;
    int padded = (rest + SQUARE - 1) / SQUARE * SQUARE;
    if (at + last * stride + padded <= in.byteSize()) {
      transposeTail(in, at, stride, last, padded, words);
    } else {
      for (int i = 0; i <= last; i++) {
        MemorySegment.copy(in, at + i * stride, memory, (long) i * BLOCK, rest);
      }
      transposeTail(memory, 0, BLOCK, last, padded, words);
    }
    int written = padded / Long.BYTES;
    if (rest < padded) {
      int bytes = rest + 1;
      int end = bytes / Long.BYTES;
      long valid = (1L << (bytes % Long.BYTES * Byte.SIZE)) - 1;
      fromArray(SPECIES, words, WORDS + end * LANES)
          .and(valid)
          .intoArray(words, WORDS + end * LANES);
      zero(words, end + 1, written + 1);
    }
  }

  private static void transposeTail(
      MemorySegment in, long at, long stride, int last, int padded, long[] words) {
    if (padded > 0) {
      transpose(in, at, stride, last, words, WORDS);
    }
    if (padded > SQUARE) {
      transpose(in, at + SQUARE, stride, last, words, WORDS + SQUARE_WORDS * LANES);
    }
  }

  /**
   * Reads 64 bytes of each message and writes them, one byte later, as eight vectors of words.
   *
   * <p>Registers hold the words r, r + 1, ... of one message, as many as there are lanes; all eight
   * together, one square or several smaller ones. A square is transposed by exchanging, for every
   * bit of an index, what has the bit in the lane with what has it in the register.
   *
   * @param at offset of the 64 bytes of the first message
   * @param last index of the last message
   * @param to where in scratch the words go; holds the first byte of the first word in every lane,
   *     zeros above. The vector behind the eight likewise gets the byte that is left over
   */
  private static void transpose(
      MemorySegment in, long at, long stride, int last, long[] words, int to) {
    LongVector r0 = fromMemorySegment(SPECIES, in, at, LITTLE_ENDIAN);
    LongVector r1 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(1 % LANES, last) * stride + 1 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector r2 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(2 % LANES, last) * stride + 2 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector r3 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(3 % LANES, last) * stride + 3 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector r4 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(4 % LANES, last) * stride + 4 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector r5 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(5 % LANES, last) * stride + 5 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector r6 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(6 % LANES, last) * stride + 6 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector r7 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(7 % LANES, last) * stride + 7 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector swap;
    if (LANES > 4) {
      swap = r4.blend(r0, UPPER4).rearrange(SWAP4);
      r0 = r0.blend(swap, UPPER4);
      r4 = swap.blend(r4, UPPER4);
      swap = r5.blend(r1, UPPER4).rearrange(SWAP4);
      r1 = r1.blend(swap, UPPER4);
      r5 = swap.blend(r5, UPPER4);
      swap = r6.blend(r2, UPPER4).rearrange(SWAP4);
      r2 = r2.blend(swap, UPPER4);
      r6 = swap.blend(r6, UPPER4);
      swap = r7.blend(r3, UPPER4).rearrange(SWAP4);
      r3 = r3.blend(swap, UPPER4);
      r7 = swap.blend(r7, UPPER4);
    }
    if (LANES > 2) {
      swap = r2.blend(r0, UPPER2).rearrange(SWAP2);
      r0 = r0.blend(swap, UPPER2);
      r2 = swap.blend(r2, UPPER2);
      swap = r3.blend(r1, UPPER2).rearrange(SWAP2);
      r1 = r1.blend(swap, UPPER2);
      r3 = swap.blend(r3, UPPER2);
      swap = r6.blend(r4, UPPER2).rearrange(SWAP2);
      r4 = r4.blend(swap, UPPER2);
      r6 = swap.blend(r6, UPPER2);
      swap = r7.blend(r5, UPPER2).rearrange(SWAP2);
      r5 = r5.blend(swap, UPPER2);
      r7 = swap.blend(r7, UPPER2);
      swap = r1.blend(r0, UPPER1).rearrange(SWAP1);
      r0 = r0.blend(swap, UPPER1);
      r1 = swap.blend(r1, UPPER1);
      swap = r3.blend(r2, UPPER1).rearrange(SWAP1);
      r2 = r2.blend(swap, UPPER1);
      r3 = swap.blend(r3, UPPER1);
      swap = r5.blend(r4, UPPER1).rearrange(SWAP1);
      r4 = r4.blend(swap, UPPER1);
      r5 = swap.blend(r5, UPPER1);
      swap = r7.blend(r6, UPPER1).rearrange(SWAP1);
      r6 = r6.blend(swap, UPPER1);
      r7 = swap.blend(r7, UPPER1);
    } else {
      // C2 has no rearrange for two lanes.
      swap = r0.withLane(1, r1.lane(0));
      r1 = r1.withLane(0, r0.lane(1));
      r0 = swap;
      swap = r2.withLane(1, r3.lane(0));
      r3 = r3.withLane(0, r2.lane(1));
      r2 = swap;
      swap = r4.withLane(1, r5.lane(0));
      r5 = r5.withLane(0, r4.lane(1));
      r4 = swap;
      swap = r6.withLane(1, r7.lane(0));
      r7 = r7.withLane(0, r6.lane(1));
      r6 = swap;
    }
    LongVector carry = fromArray(SPECIES, words, to);
    r0 = r0.lanewise(ROL, 8);
    r0.and(~0xffL).or(carry).intoArray(words, to);
    carry = r0.and(0xffL);
    r1 = r1.lanewise(ROL, 8);
    r1.and(~0xffL).or(carry).intoArray(words, to + LANES);
    carry = r1.and(0xffL);
    r2 = r2.lanewise(ROL, 8);
    r2.and(~0xffL).or(carry).intoArray(words, to + 2 * LANES);
    carry = r2.and(0xffL);
    r3 = r3.lanewise(ROL, 8);
    r3.and(~0xffL).or(carry).intoArray(words, to + 3 * LANES);
    carry = r3.and(0xffL);
    r4 = r4.lanewise(ROL, 8);
    r4.and(~0xffL).or(carry).intoArray(words, to + 4 * LANES);
    carry = r4.and(0xffL);
    r5 = r5.lanewise(ROL, 8);
    r5.and(~0xffL).or(carry).intoArray(words, to + 5 * LANES);
    carry = r5.and(0xffL);
    r6 = r6.lanewise(ROL, 8);
    r6.and(~0xffL).or(carry).intoArray(words, to + 6 * LANES);
    carry = r6.and(0xffL);
    r7 = r7.lanewise(ROL, 8);
    r7.and(~0xffL).or(carry).intoArray(words, to + 7 * LANES);
    carry = r7.and(0xffL);
    carry.intoArray(words, to + 8 * LANES);
  }

  /**
   * Compresses a block into the chained state.
   *
   * <p>One body for both half rounds. The first mixes the columns of the 4 x 4 working state, the
   * second its diagonals. The swaps at the end reverse the four rows, each about another axis: that
   * turns diagonals into columns, in the order 0 3 2 1, and columns into diagonals back again. They
   * cost nothing, C2 just renames registers.
   *
   * @param state where in scratch the state to begin with is, {@link #INITIAL} or {@link #STATE}
   * @param counter bytes of the message up to the end of this block
   * @param last all ones for the last block, else 0
   * @param schedule where in scratch the message words are, in the order of their use
   */
  private static void compress(long[] words, int state, long counter, long last, int[] schedule) {
    LongVector v0 = fromArray(SPECIES, words, state);
    LongVector v1 = fromArray(SPECIES, words, state + SLOT);
    LongVector v2 = fromArray(SPECIES, words, state + 2 * SLOT);
    LongVector v3 = fromArray(SPECIES, words, state + 3 * SLOT);
    LongVector v4 = fromArray(SPECIES, words, state + 4 * SLOT);
    LongVector v5 = fromArray(SPECIES, words, state + 5 * SLOT);
    LongVector v6 = fromArray(SPECIES, words, state + 6 * SLOT);
    LongVector v7 = fromArray(SPECIES, words, state + 7 * SLOT);
    LongVector v8 = fromArray(SPECIES, words, IV);
    LongVector v9 = fromArray(SPECIES, words, IV + SLOT);
    LongVector v10 = fromArray(SPECIES, words, IV + 2 * SLOT);
    LongVector v11 = fromArray(SPECIES, words, IV + 3 * SLOT);
    LongVector v12 = fromArray(SPECIES, words, IV + 4 * SLOT).lanewise(XOR, counter);
    LongVector v13 = fromArray(SPECIES, words, IV + 5 * SLOT);
    LongVector v14 = fromArray(SPECIES, words, IV + 6 * SLOT).lanewise(XOR, last);
    LongVector v15 = fromArray(SPECIES, words, IV + 7 * SLOT);
    LongVector swap;
    for (int i = 0; i < schedule.length; i += 8) {
      if (schedule[i] != ZERO) {
        v0 = v0.add(fromArray(SPECIES, words, schedule[i]));
      }
      v0 = v0.add(v4);
      if (schedule[i + 2] != ZERO) {
        v1 = v1.add(fromArray(SPECIES, words, schedule[i + 2]));
      }
      v1 = v1.add(v5);
      if (schedule[i + 4] != ZERO) {
        v2 = v2.add(fromArray(SPECIES, words, schedule[i + 4]));
      }
      v2 = v2.add(v6);
      if (schedule[i + 6] != ZERO) {
        v3 = v3.add(fromArray(SPECIES, words, schedule[i + 6]));
      }
      v3 = v3.add(v7);
      v12 = v12.lanewise(XOR, v0).lanewise(ROR, 32);
      v13 = v13.lanewise(XOR, v1).lanewise(ROR, 32);
      v14 = v14.lanewise(XOR, v2).lanewise(ROR, 32);
      v15 = v15.lanewise(XOR, v3).lanewise(ROR, 32);
      v8 = v8.add(v12);
      v9 = v9.add(v13);
      v10 = v10.add(v14);
      v11 = v11.add(v15);
      v4 = v4.lanewise(XOR, v8).lanewise(ROR, 24);
      v5 = v5.lanewise(XOR, v9).lanewise(ROR, 24);
      v6 = v6.lanewise(XOR, v10).lanewise(ROR, 24);
      v7 = v7.lanewise(XOR, v11).lanewise(ROR, 24);
      if (schedule[i + 1] != ZERO) {
        v0 = v0.add(fromArray(SPECIES, words, schedule[i + 1]));
      }
      v0 = v0.add(v4);
      if (schedule[i + 3] != ZERO) {
        v1 = v1.add(fromArray(SPECIES, words, schedule[i + 3]));
      }
      v1 = v1.add(v5);
      if (schedule[i + 5] != ZERO) {
        v2 = v2.add(fromArray(SPECIES, words, schedule[i + 5]));
      }
      v2 = v2.add(v6);
      if (schedule[i + 7] != ZERO) {
        v3 = v3.add(fromArray(SPECIES, words, schedule[i + 7]));
      }
      v3 = v3.add(v7);
      v12 = v12.lanewise(XOR, v0).lanewise(ROR, 16);
      v13 = v13.lanewise(XOR, v1).lanewise(ROR, 16);
      v14 = v14.lanewise(XOR, v2).lanewise(ROR, 16);
      v15 = v15.lanewise(XOR, v3).lanewise(ROR, 16);
      v8 = v8.add(v12);
      v9 = v9.add(v13);
      v10 = v10.add(v14);
      v11 = v11.add(v15);
      v4 = v4.lanewise(XOR, v8).lanewise(ROR, 63);
      v5 = v5.lanewise(XOR, v9).lanewise(ROR, 63);
      v6 = v6.lanewise(XOR, v10).lanewise(ROR, 63);
      v7 = v7.lanewise(XOR, v11).lanewise(ROR, 63);
      swap = v1;
      v1 = v3;
      v3 = swap;
      swap = v4;
      v4 = v5;
      v5 = swap;
      swap = v6;
      v6 = v7;
      v7 = swap;
      swap = v8;
      v8 = v10;
      v10 = swap;
      swap = v12;
      v12 = v15;
      v15 = swap;
      swap = v13;
      v13 = v14;
      v14 = swap;
    }
    fromArray(SPECIES, words, state).lanewise(XOR, v0).lanewise(XOR, v8).intoArray(words, STATE);
    fromArray(SPECIES, words, state + SLOT)
        .lanewise(XOR, v1)
        .lanewise(XOR, v9)
        .intoArray(words, STATE + SLOT);
    fromArray(SPECIES, words, state + 2 * SLOT)
        .lanewise(XOR, v2)
        .lanewise(XOR, v10)
        .intoArray(words, STATE + 2 * SLOT);
    fromArray(SPECIES, words, state + 3 * SLOT)
        .lanewise(XOR, v3)
        .lanewise(XOR, v11)
        .intoArray(words, STATE + 3 * SLOT);
    fromArray(SPECIES, words, state + 4 * SLOT)
        .lanewise(XOR, v4)
        .lanewise(XOR, v12)
        .intoArray(words, STATE + 4 * SLOT);
    fromArray(SPECIES, words, state + 5 * SLOT)
        .lanewise(XOR, v5)
        .lanewise(XOR, v13)
        .intoArray(words, STATE + 5 * SLOT);
    fromArray(SPECIES, words, state + 6 * SLOT)
        .lanewise(XOR, v6)
        .lanewise(XOR, v14)
        .intoArray(words, STATE + 6 * SLOT);
    fromArray(SPECIES, words, state + 7 * SLOT)
        .lanewise(XOR, v7)
        .lanewise(XOR, v15)
        .intoArray(words, STATE + 7 * SLOT);
  }

  /**
   * Stores the digests of the group before the one that begins at {@code first}. It is called when
   * the words of this group are in scratch already, so that the processor need not wait for the
   * last round of one group before it can begin the next.
   */
  private static void storeBefore(
      long[] words, MemorySegment out, long outOffset, long outStride, long first) {
    store(words, out, outOffset + (first - LANES) * outStride, outStride, LANES - 1);
  }

  /**
   * Stores the digests, which are the first four words of the state.
   *
   * @param at offset of the first digest
   * @param last index of the last
   */
  private static void store(long[] words, MemorySegment out, long at, long stride, int last) {
    LongVector r0 = fromArray(SPECIES, words, STATE);
    LongVector r1 = fromArray(SPECIES, words, STATE + SLOT);
    LongVector r2 = fromArray(SPECIES, words, STATE + 2 * SLOT);
    LongVector r3 = fromArray(SPECIES, words, STATE + 3 * SLOT);
    LongVector swap;
    if (LANES == 2) {
      swap = r0.withLane(1, r1.lane(0));
      r1 = r1.withLane(0, r0.lane(1));
      r0 = swap;
      swap = r2.withLane(1, r3.lane(0));
      r3 = r3.withLane(0, r2.lane(1));
      r2 = swap;
      r0.intoMemorySegment(out, at, LITTLE_ENDIAN);
      r2.intoMemorySegment(out, at + VECTOR, LITTLE_ENDIAN);
      if (last > 0) {
        r1.intoMemorySegment(out, at + stride, LITTLE_ENDIAN);
        r3.intoMemorySegment(out, at + stride + VECTOR, LITTLE_ENDIAN);
      }
      return;
    }
    swap = r1.blend(r0, UPPER1).rearrange(SWAP1);
    r0 = r0.blend(swap, UPPER1);
    r1 = swap.blend(r1, UPPER1);
    swap = r3.blend(r2, UPPER1).rearrange(SWAP1);
    r2 = r2.blend(swap, UPPER1);
    r3 = swap.blend(r3, UPPER1);
    swap = r2.blend(r0, UPPER2).rearrange(SWAP2);
    r0 = r0.blend(swap, UPPER2);
    r2 = swap.blend(r2, UPPER2);
    swap = r3.blend(r1, UPPER2).rearrange(SWAP2);
    r1 = r1.blend(swap, UPPER2);
    r3 = swap.blend(r3, UPPER2);
    r0.intoMemorySegment(out, at, LITTLE_ENDIAN, DIGEST);
    if (last >= 1) {
      r1.intoMemorySegment(out, at + stride, LITTLE_ENDIAN, DIGEST);
    }
    if (last >= 2) {
      r2.intoMemorySegment(out, at + 2 * stride, LITTLE_ENDIAN, DIGEST);
    }
    if (last >= 3) {
      r3.intoMemorySegment(out, at + 3 * stride, LITTLE_ENDIAN, DIGEST);
    }
    if (LANES == 4) {
      return;
    }
    if (last >= 4) {
      r0.rearrange(SWAP4).intoMemorySegment(out, at + 4 * stride, LITTLE_ENDIAN, DIGEST);
    }
    if (last >= 5) {
      r1.rearrange(SWAP4).intoMemorySegment(out, at + 5 * stride, LITTLE_ENDIAN, DIGEST);
    }
    if (last >= 6) {
      r2.rearrange(SWAP4).intoMemorySegment(out, at + 6 * stride, LITTLE_ENDIAN, DIGEST);
    }
    if (last >= 7) {
      r3.rearrange(SWAP4).intoMemorySegment(out, at + 7 * stride, LITTLE_ENDIAN, DIGEST);
    }
  }
}
