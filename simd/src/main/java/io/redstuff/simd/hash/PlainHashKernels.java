package io.redstuff.simd.hash;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The hashes in plain Java: many messages side by side by {@link PlainHashLanes}, few of them one
 * after the other by {@link Blake2b}.
 */
public final class PlainHashKernels implements HashKernels {
  /** From so many messages on lanes are faster. */
  private static final int LEAST_LANES = 12;

  private static final int MOST_GROUPS = PlainHashLanes.MOST / LaneDigests.LANES;

  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

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
    scratch.checkAccess();
    long at = offset;
    long to = outOffset;
    for (long left = count; left > 0; ) {
      int lanes = lanes(left);
      if (lanes < LEAST_LANES) {
        for (int i = 0; i < lanes; i++) {
          hashOne(prefix, in, at + i * stride, length, scratch.single);
          storeOne(scratch.single, out, to + i * outStride, Long.BYTES);
        }
      } else {
        scratch.lanes().hash(prefix, in, at, stride, length, lanes);
        scratch.lanes().store(out, to, outStride, lanes);
      }
      at += lanes * stride;
      to += lanes * outStride;
      left -= lanes;
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
    scratch.checkAccess();
    long at = offset;
    long to = outOffset;
    for (long left = count; left > 0; ) {
      int lanes = lanes(left);
      if (lanes < LEAST_LANES) {
        for (int i = 0; i < lanes; i++) {
          hashOne(prefix, in, at + i * stride, length, scratch.single);
          storeOne(scratch.single, out, to + LaneDigests.firstWord(i), LaneDigests.WORD_BYTES);
        }
      } else {
        scratch.lanes().hash(prefix, in, at, stride, length, lanes);
        scratch.lanes().storeGroups(out, to, Math.ceilDiv(lanes, LaneDigests.LANES));
      }
      at += lanes * stride;
      to += LaneDigests.firstWord(lanes);
      left -= lanes;
    }
  }

  /** A share of the messages: all shares of about one size, multiples of eight but the last. */
  private static int lanes(long left) {
    long shares = Math.ceilDiv(left, PlainHashLanes.MOST);
    long share = Math.ceilDiv(Math.ceilDiv(left, shares), LaneDigests.LANES) * LaneDigests.LANES;
    return (int) Math.min(left, share);
  }

  /** Leaves the digest in the state. */
  private static void hashOne(int prefix, MemorySegment in, long at, long length, Blake2b hash) {
    hash.reset().update((byte) prefix).update(in, at, length).finish();
  }

  private static void storeOne(Blake2b hash, MemorySegment out, long at, long wordStride) {
    for (int word = 0; word < Blake2b.DIGEST_WORDS; word++) {
      out.set(WORD, at + word * wordStride, hash.h[word]);
    }
  }

  @Override
  public void hashTwoByteLeaves(int count, MemorySegment out, HashScratch scratch) {
    PlainHashLanes lanes = scratch.lanes();
    int digest = Blake2b.DIGEST_BYTES;
    for (int first = 0; first < count; first += PlainHashLanes.MOST) {
      int share = Math.min(PlainHashLanes.MOST, count - first);
      lanes.hashValues(LEAF_PREFIX, first, share);
      lanes.store(out, (long) first * digest, digest, share);
    }
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
    scratch.checkAccess();
    PlainHashLanes lanes = scratch.lanes();
    for (long first = 0; first < count; first += MOST_GROUPS) {
      int groups = (int) Math.min(MOST_GROUPS, count - first);
      long at = first * stride;
      lanes.hashNodes(in, left + at, right + at, stride, groups);
      lanes.storeGroups(out, outOffset + first * LaneDigests.BYTES, groups);
    }
  }
}
