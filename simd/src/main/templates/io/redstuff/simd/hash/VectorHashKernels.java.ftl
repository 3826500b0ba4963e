<@pp.renameOutputFile name="Vector${bits}HashKernels.java"/>
<#assign lanes = bits / 64>
<#-- Exchanges, of two registers, what has the bit in the lane with what has it in the register. -->
<#macro exchange first second bit>
  <#if lanes == 2>
    <#-- C2 has no rearrange for two lanes. -->
    swap = r${first}.withLane(1, r${second}.lane(0));
    r${second} = r${second}.withLane(0, r${first}.lane(1));
    r${first} = swap;
  <#else>
    swap = r${second}.blend(r${first}, UPPER${bit}).rearrange(SWAP${bit});
    r${first} = r${first}.blend(swap, UPPER${bit});
    r${second} = swap.blend(r${second}, UPPER${bit});
  </#if>
</#macro>
<#-- Transposes squares of as many registers as there are lanes: an exchange for every bit of an index, in this order. -->
<#macro transposed registers bits>
    LongVector swap;
  <#list bits?filter(bit -> bit < lanes) as bit>
    <#list 0..<registers as r>
      <#if (r / bit)?int % 2 == 0>
        <@exchange r r + bit bit/>
      </#if>
    </#list>
  </#list>
</#macro>
<#-- One half of the function G on all four columns: adds a word of the message each, rotates by d and b. -->
<#macro halfMix word d b>
  <#list 0..3 as i>
      if (schedule[i + ${2 * i + word}] != ZERO) {
        v${i} = v${i}.add(fromArray(SPECIES, words, schedule[i + ${2 * i + word}]));
      }
      v${i} = v${i}.add(v${i + 4});
  </#list>
  <#list 0..3 as i>
      v${i + 12} = v${i + 12}.lanewise(XOR, v${i}).lanewise(ROR, ${d});
  </#list>
  <#list 0..3 as i>
      v${i + 8} = v${i + 8}.add(v${i + 12});
  </#list>
  <#list 0..3 as i>
      v${i + 4} = v${i + 4}.lanewise(XOR, v${i + 8}).lanewise(ROR, ${b});
  </#list>
</#macro>
package io.redstuff.simd.hash;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.LongVector.fromArray;
import static jdk.incubator.vector.LongVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.BITWISE_BLEND;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.LongVector;
<#if lanes != 2>
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
</#if>
import jdk.incubator.vector.VectorSpecies;

/**
 * As many messages at a time as a vector has 64-bit lanes, which is ${lanes}. All have one length,
 * so the lanes never diverge; with fewer messages than lanes the last one is computed several times
 * and stored once.
 *
 * <p>A vector holds one word of each message. The messages lie in memory the other way round, so
 * what is read is a square of words, transposed in registers. As the prefix byte comes first, a
 * word of a message is made of seven bytes of a word of the data and the last byte of the one
 * before; that way nothing before or between the data need be read. The last, partial block is read
 * up to a multiple of 64 bytes, and blanked, where that still lies within the segment, else copied
 * to scratch first.
 *
 * <p>Every method is a flat piece of code: C2 would stop inlining, and box vectors, in one much
 * larger, and C1, whose profile C2 waits for, already gives up on twice the body of the loop in
 * {@link #compress}.
 */
public final class Vector${bits}HashKernels implements HashKernels {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_${bits};
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
<#list [1, 2, 4]?filter(bit -> lanes != 2 && bit < lanes) as bit>

  /** The lanes whose index has the bit ${bit}. */
  private static final VectorMask<Long> UPPER${bit} =
      VectorMask.fromLong(SPECIES, ${["0b10101010", "0b11001100", "0b11110000"][bit?index]});

  /** Exchanges the lanes whose indices differ in the bit ${bit}. */
  private static final VectorShuffle<Long> SWAP${bit} =
      VectorShuffle.fromOp(SPECIES, lane -> lane ^ ${bit});
</#list>
<#if lanes != 2>

  /** As many lanes as a digest has words. */
  private static final VectorMask<Long> DIGEST = VectorMask.fromLong(SPECIES, 0b1111);
</#if>

  /**
   * For every half round, where in scratch its eight message words are, of which those from {@code
   * words} on are zero. Second half rounds work on the diagonals in the order in which {@link
   * #compress} has them, 0 3 2 1.
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

  @Override
  public void hash(
      int prefix, MemorySegment in, long offset, long stride, long length, long count,
      MemorySegment out, long outOffset, long outStride, HashScratch scratch) {
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
      int prefix, MemorySegment in, long offset, long stride, long length, long count,
      MemorySegment out, long outOffset, HashScratch scratch) {
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
      int prefix, MemorySegment in, long at, long stride, int last, long length,
      int[] schedule, HashScratch scratch) {
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
      MemorySegment in, long left, long right, long stride, long count,
      MemorySegment out, long outOffset, HashScratch scratch) {
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
<#if lanes == 8>

  @Override
  public void transposeLanes(
      MemorySegment in, long offset, long stride, MemorySegment out, long outOffset) {
    for (long at = 0; at < LaneDigests.BYTES; at += VECTOR) {
      transposeWord(in, offset + at, stride, out, outOffset + at);
    }
  }

  /** One word of eight times eight digests, as {@link #transpose} does it. */
  private static void transposeWord(
      MemorySegment in, long at, long stride, MemorySegment out, long to) {
  <#list 0..7 as r>
    LongVector r${r} = fromMemorySegment(SPECIES, in, at + ${r} * stride, LITTLE_ENDIAN);
  </#list>
    <@transposed registers=8 bits=[4, 2, 1]/>
  <#list 0..7 as r>
    r${r}.intoMemorySegment(out, to + ${r} * LaneDigests.BYTES, LITTLE_ENDIAN);
  </#list>
  }
</#if>

  /** The words of an inner node: its prefix, then the digests of its children. */
  private static void loadPair(MemorySegment in, long left, long right, long[] words) {
    LongVector before = LongVector.broadcast(SPECIES, INNER_PREFIX);
<#list ["left", "right"] as child>
  <#list 0..3 as word>
    <#assign i = child?index * 4 + word before = (i == 0)?then("before", "word${i - 1}")>
    LongVector word${i} =
        fromMemorySegment(SPECIES, in, ${child} + ${word} * LaneDigests.WORD_BYTES, LITTLE_ENDIAN)
            .lanewise(ROL, Byte.SIZE);
    word${i}.lanewise(BITWISE_BLEND, ${before}, 0xffL).intoArray(words, WORDS + ${i} * LANES);
  </#list>
</#list>
    word7.and(0xffL).intoArray(words, WORDS + 8 * LANES);
  }

  /** Stores the digests as they are, word by word. */
  private static void storeLanes(long[] words, MemorySegment out, long at) {
<#list 0..3 as word>
    fromArray(SPECIES, words, STATE + ${word} * SLOT)
        .intoMemorySegment(out, at + ${word} * LaneDigests.WORD_BYTES, LITTLE_ENDIAN);
</#list>
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
   * The words of the last block, zeros after the message as far as its schedule goes: the data of
   * the first message goes on at {@code at}, and {@code rest} bytes of it are left, fewer than a
   * block.
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
   *     zeros above. The vector after the eight likewise gets the byte that is left over
   */
  private static void transpose(
      MemorySegment in, long at, long stride, int last, long[] words, int to) {
<#list 0..7 as r>
    LongVector r${r} =
        fromMemorySegment(
            SPECIES,
            in,
            at<#if r % lanes != 0> + Math.min(${r % lanes}, last) * stride</#if> + ${(r / lanes)?int} * VECTOR,
            LITTLE_ENDIAN);
</#list>
    <@transposed registers=8 bits=[4, 2, 1]/>
    LongVector carry = fromArray(SPECIES, words, to);
<#list 0..7 as r>
    r${r} = r${r}.lanewise(ROL, 8);
    r${r}.and(~0xffL).or(carry).intoArray(words, to + ${r} * LANES);
    carry = r${r}.and(0xffL);
</#list>
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
<#list 0..7 as i>
    LongVector v${i} = fromArray(SPECIES, words, state + ${i} * SLOT);
</#list>
<#-- Not after the loads: there are more vectors than AVX2 has registers, and C2 would spill others. -->
<#assign xors = ["", "", "", "", ".lanewise(XOR, counter)", "", ".lanewise(XOR, last)", ""]>
<#list 0..7 as i>
    LongVector v${i + 8} = fromArray(SPECIES, words, IV + ${i} * SLOT)${xors[i]};
</#list>
    LongVector swap;
    for (int i = 0; i < schedule.length; i += 8) {
      <@halfMix 0 32 24/>
      <@halfMix 1 16 63/>
<#list [[1, 3], [4, 5], [6, 7], [8, 10], [12, 15], [13, 14]] as pair>
      swap = v${pair[0]};
      v${pair[0]} = v${pair[1]};
      v${pair[1]} = swap;
</#list>
    }
<#list 0..7 as i>
    fromArray(SPECIES, words, state + ${i} * SLOT)
        .lanewise(XOR, v${i})
        .lanewise(XOR, v${i + 8})
        .intoArray(words, STATE + ${i} * SLOT);
</#list>
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

  /** Stores the digests up to that of index {@code last}: the first four words of the state. */
  private static void store(long[] words, MemorySegment out, long at, long stride, int last) {
<#list 0..3 as r>
    LongVector r${r} = fromArray(SPECIES, words, STATE + ${r} * SLOT);
</#list>
    <@transposed registers=4 bits=[1, 2]/>
<#if lanes == 2>
    r0.intoMemorySegment(out, at, LITTLE_ENDIAN);
    r2.intoMemorySegment(out, at + VECTOR, LITTLE_ENDIAN);
    if (last > 0) {
      r1.intoMemorySegment(out, at + stride, LITTLE_ENDIAN);
      r3.intoMemorySegment(out, at + stride + VECTOR, LITTLE_ENDIAN);
    }
<#else>
    r0.intoMemorySegment(out, at, LITTLE_ENDIAN, DIGEST);
  <#list 1..<lanes as i>
    if (last >= ${i}) {
      r${i % 4}<#if i gt 3>.rearrange(SWAP4)</#if>.intoMemorySegment(out, at + ${i} * stride, LITTLE_ENDIAN, DIGEST);
    }
  </#list>
</#if>
  }
}
