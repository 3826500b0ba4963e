package io.redstuff.simd;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.LongVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.ROL;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** Hashing in the Vector API. */
final class Vector512HashKernels implements HashKernels {
  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_512;
  private static final int LANES = SPECIES.length();
  private static final long VECTOR = SPECIES.vectorByteSize();

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);

  private static final int BLOCK = Blake2b.BLOCK_BYTES;
  private static final long HALF = BLOCK / 2;

  private static final long WORDS = 0;
  private static final long STATE = WORDS + 17 * VECTOR;
  private static final long INITIAL = STATE + 8 * VECTOR;
  private static final long IV = INITIAL + 8 * VECTOR;
  private static final long PREFIX = IV + 8 * VECTOR;
  private static final long ROWS = PREFIX + VECTOR;

  private static final int[] SCHEDULE = new int[16 * Blake2b.ROUNDS];

  private static final VectorShuffle<Long> SWAP1 = VectorShuffle.fromOp(SPECIES, lane -> lane ^ 1);
  private static final VectorShuffle<Long> SWAP2 =
      VectorShuffle.fromOp(SPECIES, lane -> (lane ^ 2) & (LANES - 1));
  private static final VectorShuffle<Long> SWAP4 =
      VectorShuffle.fromOp(SPECIES, lane -> (lane ^ 4) & (LANES - 1));
  private static final VectorMask<Long> ODD1 = VectorMask.fromLong(SPECIES, 0xaa);
  private static final VectorMask<Long> ODD2 = VectorMask.fromLong(SPECIES, 0xcc);
  private static final VectorMask<Long> ODD4 = VectorMask.fromLong(SPECIES, 0xf0);

  static {
    for (int i = 0; i < SCHEDULE.length; i++) {
      int round = i / 16;
      int step = i % 16;
      int word = Blake2b.sigma(round, step < 8 ? step : 8 + 2 * ((8 - step / 2) % 4) + step % 2);
      SCHEDULE[i] = (int) (WORDS + word * VECTOR);
    }
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
    MemorySegment memory = scratch.memory;
    prepare(prefix, memory);
    for (long first = 0; first < count; first += LANES) {
      int last = (int) Math.min(count - first, LANES) - 1;
      hashGroup(in, offset + first * stride, stride, length, last, memory);
      for (int lane = 0; lane <= last; lane++) {
        long at = outOffset + (first + lane) * outStride;
        long from = STATE + lane * 8L;
        out.set(WORD, at, memory.get(WORD, from));
        out.set(WORD, at + 8, memory.get(WORD, from + VECTOR));
        out.set(WORD, at + 16, memory.get(WORD, from + 2 * VECTOR));
        out.set(WORD, at + 24, memory.get(WORD, from + 3 * VECTOR));
      }
    }
  }

  private static void prepare(int prefix, MemorySegment memory) {
    for (int i = 0; i < 8; i++) {
      long iv = iv(i);
      LongVector.broadcast(SPECIES, iv).intoMemorySegment(memory, IV + i * VECTOR, LITTLE_ENDIAN);
      LongVector.broadcast(SPECIES, i == 0 ? Blake2b.H0 : iv)
          .intoMemorySegment(memory, INITIAL + i * VECTOR, LITTLE_ENDIAN);
    }
    for (int i = 0; i < 16; i++) {
      LongVector.zero(SPECIES).intoMemorySegment(memory, WORDS + i * VECTOR, LITTLE_ENDIAN);
    }
    LongVector.broadcast(SPECIES, prefix).intoMemorySegment(memory, PREFIX, LITTLE_ENDIAN);
  }

  private static long iv(int i) {
    return switch (i) {
      case 0 -> Blake2b.IV0;
      case 1 -> Blake2b.IV1;
      case 2 -> Blake2b.IV2;
      case 3 -> Blake2b.IV3;
      case 4 -> Blake2b.IV4;
      case 5 -> Blake2b.IV5;
      case 6 -> Blake2b.IV6;
      default -> Blake2b.IV7;
    };
  }

  private static void hashGroup(
      MemorySegment in, long at, long stride, long length, int last, MemorySegment memory) {
    fromMemorySegment(SPECIES, memory, PREFIX, LITTLE_ENDIAN)
        .intoMemorySegment(memory, WORDS, LITTLE_ENDIAN);
    long state = INITIAL;
    long done = 0;
    for (; length - done >= BLOCK; done += BLOCK) {
      transpose(in, at + done, stride, last, memory, WORDS);
      transpose(in, at + done + HALF, stride, last, memory, WORDS + 8 * VECTOR);
      compress(memory, state, done + BLOCK, 0);
      fromMemorySegment(SPECIES, memory, WORDS + 16 * VECTOR, LITTLE_ENDIAN)
          .intoMemorySegment(memory, WORDS, LITTLE_ENDIAN);
      state = STATE;
    }
    int rest = (int) (length - done);
    if (rest == HALF && done == 0) {
      transpose(in, at, stride, last, memory, WORDS);
    } else {
      tail(in, at + done, stride, rest, last, memory);
    }
    compress(memory, state, length + 1, -1);
  }

  private static void tail(
      MemorySegment in, long at, long stride, int rest, int last, MemorySegment memory) {
    long padded = (rest + HALF - 1) & -HALF;
    MemorySegment rows = in;
    long row = at;
    long rowStride = stride;
    if (at + last * stride + padded > in.byteSize()) {
      for (int i = 0; i <= last; i++) {
        MemorySegment.copy(in, at + i * stride, memory, ROWS + (long) i * BLOCK, rest);
      }
      rows = memory;
      row = ROWS;
      rowStride = BLOCK;
    }
    if (padded > 0) {
      transpose(rows, row, rowStride, last, memory, WORDS);
    }
    if (padded > HALF) {
      transpose(rows, row + HALF, rowStride, last, memory, WORDS + 8 * VECTOR);
    }
    int word = (rest + 1) / 8;
    if (word < 16) {
      long end = WORDS + word * VECTOR;
      fromMemorySegment(SPECIES, memory, end, LITTLE_ENDIAN)
          .and((1L << (8 * ((rest + 1) % 8))) - 1)
          .intoMemorySegment(memory, end, LITTLE_ENDIAN);
      for (int i = word + 1; i < 16; i++) {
        LongVector.zero(SPECIES).intoMemorySegment(memory, WORDS + i * VECTOR, LITTLE_ENDIAN);
      }
    }
  }

  private static void transpose(
      MemorySegment in, long at, long stride, int last, MemorySegment memory, long to) {
    LongVector row0 = fromMemorySegment(SPECIES, in, at, LITTLE_ENDIAN);
    LongVector row1 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(1 & (LANES - 1), last) * stride + 1 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector row2 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(2 & (LANES - 1), last) * stride + 2 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector row3 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(3 & (LANES - 1), last) * stride + 3 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector row4 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(4 & (LANES - 1), last) * stride + 4 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector row5 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(5 & (LANES - 1), last) * stride + 5 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector row6 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(6 & (LANES - 1), last) * stride + 6 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector row7 =
        fromMemorySegment(
            SPECIES,
            in,
            at + Math.min(7 & (LANES - 1), last) * stride + 7 / LANES * VECTOR,
            LITTLE_ENDIAN);
    LongVector t;
    if (LANES > 4) {
      t = row4.blend(row0, ODD4).rearrange(SWAP4);
      row0 = row0.blend(t, ODD4);
      row4 = t.blend(row4, ODD4);
      t = row5.blend(row1, ODD4).rearrange(SWAP4);
      row1 = row1.blend(t, ODD4);
      row5 = t.blend(row5, ODD4);
      t = row6.blend(row2, ODD4).rearrange(SWAP4);
      row2 = row2.blend(t, ODD4);
      row6 = t.blend(row6, ODD4);
      t = row7.blend(row3, ODD4).rearrange(SWAP4);
      row3 = row3.blend(t, ODD4);
      row7 = t.blend(row7, ODD4);
    }
    if (LANES > 2) {
      t = row2.blend(row0, ODD2).rearrange(SWAP2);
      row0 = row0.blend(t, ODD2);
      row2 = t.blend(row2, ODD2);
      t = row3.blend(row1, ODD2).rearrange(SWAP2);
      row1 = row1.blend(t, ODD2);
      row3 = t.blend(row3, ODD2);
      t = row6.blend(row4, ODD2).rearrange(SWAP2);
      row4 = row4.blend(t, ODD2);
      row6 = t.blend(row6, ODD2);
      t = row7.blend(row5, ODD2).rearrange(SWAP2);
      row5 = row5.blend(t, ODD2);
      row7 = t.blend(row7, ODD2);
    }
    t = row1.blend(row0, ODD1).rearrange(SWAP1);
    row0 = row0.blend(t, ODD1);
    row1 = t.blend(row1, ODD1);
    t = row3.blend(row2, ODD1).rearrange(SWAP1);
    row2 = row2.blend(t, ODD1);
    row3 = t.blend(row3, ODD1);
    t = row5.blend(row4, ODD1).rearrange(SWAP1);
    row4 = row4.blend(t, ODD1);
    row5 = t.blend(row5, ODD1);
    t = row7.blend(row6, ODD1).rearrange(SWAP1);
    row6 = row6.blend(t, ODD1);
    row7 = t.blend(row7, ODD1);
    LongVector carry = fromMemorySegment(SPECIES, memory, to, LITTLE_ENDIAN);
    row0 = row0.lanewise(ROL, 8);
    row0.and(~0xffL).or(carry).intoMemorySegment(memory, to, LITTLE_ENDIAN);
    carry = row0.and(0xffL);
    row1 = row1.lanewise(ROL, 8);
    row1.and(~0xffL).or(carry).intoMemorySegment(memory, to + VECTOR, LITTLE_ENDIAN);
    carry = row1.and(0xffL);
    row2 = row2.lanewise(ROL, 8);
    row2.and(~0xffL).or(carry).intoMemorySegment(memory, to + 2 * VECTOR, LITTLE_ENDIAN);
    carry = row2.and(0xffL);
    row3 = row3.lanewise(ROL, 8);
    row3.and(~0xffL).or(carry).intoMemorySegment(memory, to + 3 * VECTOR, LITTLE_ENDIAN);
    carry = row3.and(0xffL);
    row4 = row4.lanewise(ROL, 8);
    row4.and(~0xffL).or(carry).intoMemorySegment(memory, to + 4 * VECTOR, LITTLE_ENDIAN);
    carry = row4.and(0xffL);
    row5 = row5.lanewise(ROL, 8);
    row5.and(~0xffL).or(carry).intoMemorySegment(memory, to + 5 * VECTOR, LITTLE_ENDIAN);
    carry = row5.and(0xffL);
    row6 = row6.lanewise(ROL, 8);
    row6.and(~0xffL).or(carry).intoMemorySegment(memory, to + 6 * VECTOR, LITTLE_ENDIAN);
    carry = row6.and(0xffL);
    row7 = row7.lanewise(ROL, 8);
    row7.and(~0xffL).or(carry).intoMemorySegment(memory, to + 7 * VECTOR, LITTLE_ENDIAN);
    carry = row7.and(0xffL);
    carry.intoMemorySegment(memory, to + 8 * VECTOR, LITTLE_ENDIAN);
  }

  private static void compress(MemorySegment memory, long state, long counter, long last) {
    LongVector v0 = fromMemorySegment(SPECIES, memory, state, LITTLE_ENDIAN);
    LongVector v1 = fromMemorySegment(SPECIES, memory, state + VECTOR, LITTLE_ENDIAN);
    LongVector v2 = fromMemorySegment(SPECIES, memory, state + 2 * VECTOR, LITTLE_ENDIAN);
    LongVector v3 = fromMemorySegment(SPECIES, memory, state + 3 * VECTOR, LITTLE_ENDIAN);
    LongVector v4 = fromMemorySegment(SPECIES, memory, state + 4 * VECTOR, LITTLE_ENDIAN);
    LongVector v5 = fromMemorySegment(SPECIES, memory, state + 5 * VECTOR, LITTLE_ENDIAN);
    LongVector v6 = fromMemorySegment(SPECIES, memory, state + 6 * VECTOR, LITTLE_ENDIAN);
    LongVector v7 = fromMemorySegment(SPECIES, memory, state + 7 * VECTOR, LITTLE_ENDIAN);
    LongVector v8 = fromMemorySegment(SPECIES, memory, IV, LITTLE_ENDIAN);
    LongVector v9 = fromMemorySegment(SPECIES, memory, IV + VECTOR, LITTLE_ENDIAN);
    LongVector v10 = fromMemorySegment(SPECIES, memory, IV + 2 * VECTOR, LITTLE_ENDIAN);
    LongVector v11 = fromMemorySegment(SPECIES, memory, IV + 3 * VECTOR, LITTLE_ENDIAN);
    LongVector v12 =
        fromMemorySegment(SPECIES, memory, IV + 4 * VECTOR, LITTLE_ENDIAN).lanewise(XOR, counter);
    LongVector v13 = fromMemorySegment(SPECIES, memory, IV + 5 * VECTOR, LITTLE_ENDIAN);
    LongVector v14 =
        fromMemorySegment(SPECIES, memory, IV + 6 * VECTOR, LITTLE_ENDIAN).lanewise(XOR, last);
    LongVector v15 = fromMemorySegment(SPECIES, memory, IV + 7 * VECTOR, LITTLE_ENDIAN);
    LongVector swap;
    for (int r = 0; r < SCHEDULE.length; r += 8) {
      v0 = v0.add(fromMemorySegment(SPECIES, memory, SCHEDULE[r], LITTLE_ENDIAN)).add(v4);
      v1 = v1.add(fromMemorySegment(SPECIES, memory, SCHEDULE[r + 2], LITTLE_ENDIAN)).add(v5);
      v2 = v2.add(fromMemorySegment(SPECIES, memory, SCHEDULE[r + 4], LITTLE_ENDIAN)).add(v6);
      v3 = v3.add(fromMemorySegment(SPECIES, memory, SCHEDULE[r + 6], LITTLE_ENDIAN)).add(v7);
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
      v0 = v0.add(fromMemorySegment(SPECIES, memory, SCHEDULE[r + 1], LITTLE_ENDIAN)).add(v4);
      v1 = v1.add(fromMemorySegment(SPECIES, memory, SCHEDULE[r + 3], LITTLE_ENDIAN)).add(v5);
      v2 = v2.add(fromMemorySegment(SPECIES, memory, SCHEDULE[r + 5], LITTLE_ENDIAN)).add(v6);
      v3 = v3.add(fromMemorySegment(SPECIES, memory, SCHEDULE[r + 7], LITTLE_ENDIAN)).add(v7);
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
    fromMemorySegment(SPECIES, memory, state, LITTLE_ENDIAN)
        .lanewise(XOR, v0)
        .lanewise(XOR, v8)
        .intoMemorySegment(memory, STATE, LITTLE_ENDIAN);
    fromMemorySegment(SPECIES, memory, state + VECTOR, LITTLE_ENDIAN)
        .lanewise(XOR, v1)
        .lanewise(XOR, v9)
        .intoMemorySegment(memory, STATE + VECTOR, LITTLE_ENDIAN);
    fromMemorySegment(SPECIES, memory, state + 2 * VECTOR, LITTLE_ENDIAN)
        .lanewise(XOR, v2)
        .lanewise(XOR, v10)
        .intoMemorySegment(memory, STATE + 2 * VECTOR, LITTLE_ENDIAN);
    fromMemorySegment(SPECIES, memory, state + 3 * VECTOR, LITTLE_ENDIAN)
        .lanewise(XOR, v3)
        .lanewise(XOR, v11)
        .intoMemorySegment(memory, STATE + 3 * VECTOR, LITTLE_ENDIAN);
    fromMemorySegment(SPECIES, memory, state + 4 * VECTOR, LITTLE_ENDIAN)
        .lanewise(XOR, v4)
        .lanewise(XOR, v12)
        .intoMemorySegment(memory, STATE + 4 * VECTOR, LITTLE_ENDIAN);
    fromMemorySegment(SPECIES, memory, state + 5 * VECTOR, LITTLE_ENDIAN)
        .lanewise(XOR, v5)
        .lanewise(XOR, v13)
        .intoMemorySegment(memory, STATE + 5 * VECTOR, LITTLE_ENDIAN);
    fromMemorySegment(SPECIES, memory, state + 6 * VECTOR, LITTLE_ENDIAN)
        .lanewise(XOR, v6)
        .lanewise(XOR, v14)
        .intoMemorySegment(memory, STATE + 6 * VECTOR, LITTLE_ENDIAN);
    fromMemorySegment(SPECIES, memory, state + 7 * VECTOR, LITTLE_ENDIAN)
        .lanewise(XOR, v7)
        .lanewise(XOR, v15)
        .intoMemorySegment(memory, STATE + 7 * VECTOR, LITTLE_ENDIAN);
  }
}
