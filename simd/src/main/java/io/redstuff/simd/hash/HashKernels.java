package io.redstuff.simd.hash;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The hashing an engine does: BLAKE2b-256 of many messages of one length.
 *
 * <p>A message is one prefix byte followed by bytes that lie in native memory; it never exists in
 * one piece. Implementations are stateless and thread-safe and allocate nothing that outlives a
 * call but in the scratch; all of them write the same bytes.
 */
public interface HashKernels {
  /** First byte of what is hashed for a leaf. */
  int LEAF_PREFIX = 0;

  /** First byte of what is hashed for an inner node. */
  int INNER_PREFIX = 1;

  /**
   * Writes to {@code out[outOffset + i * outStride, +32)} the digest of {@code prefix || in[offset
   * + i * stride, +length)}, for every i in [0, count).
   *
   * <p>The caller has checked:
   *
   * <ul>
   *   <li>{@code prefix} is one byte, 0 to 255; offsets, strides, {@code length} and {@code count}
   *       are not negative, {@code outStride} is at least 32;
   *   <li>all messages lie within {@code in} and all digests within {@code out}, both native;
   *       either may be a mapped file, {@code in} may be read-only, neither need be aligned;
   *   <li>a digest overlaps neither another digest nor a message of a higher index. It may overlap
   *       its own message and those before it, so a level of a tree can be folded in place;
   *   <li>{@code scratch} is used by no other call meanwhile. What it holds does not matter.
   * </ul>
   *
   * <p>Nothing outside {@code [0, in.byteSize())} is read; bytes of {@code in} between messages may
   * be, and do not influence the result. Nothing but the digests is written to {@code out}.
   * Afterwards {@code scratch} is garbage and may hold pieces of the messages.
   */
  void hash(
      int prefix,
      MemorySegment in,
      long offset,
      long stride,
      long length,
      long count,
      MemorySegment out,
      long outOffset,
      long outStride,
      HashScratch scratch);

  /**
   * Like {@link #hash}, but leaves the digests in the layout of {@link LaneDigests}: that of
   * message i goes to lane {@code i % 8} of group {@code i / 8}. If {@code count} is no multiple of
   * 8, the last group's other lanes are garbage afterwards.
   *
   * <p>The conditions are those of {@link #hash}, but that {@code out} must not overlap any
   * message.
   */
  default void hashLanes(
      int prefix,
      MemorySegment in,
      long offset,
      long stride,
      long length,
      long count,
      MemorySegment out,
      long outOffset,
      HashScratch scratch) {
    MemorySegment digests = scratch.memory;
    for (long first = 0; first < count; first += LaneDigests.LANES) {
      int lanes = (int) Math.min(count - first, LaneDigests.LANES);
      long at = offset + first * stride;
      hash(prefix, in, at, stride, length, lanes, digests, 0, Blake2b.DIGEST_BYTES, scratch);
      long group = outOffset + LaneDigests.firstWord(first);
      for (int lane = 0; lane < lanes; lane++) {
        LaneDigests.set(out, group, lane, digests, (long) lane * Blake2b.DIGEST_BYTES);
      }
    }
  }

  /**
   * Hashes leaves of two bytes, the values from 0 to below {@code count}, a multiple of 8: the
   * digest of value v, little-endian, goes to {@code out[32 v, +32)}.
   */
  default void hashTwoByteLeaves(int count, MemorySegment out, HashScratch scratch) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment symbols = arena.allocate((long) count * Short.BYTES, 64);
      for (int value = 0; value < count; value++) {
        symbols.set(TwoByteLeaves.SYMBOL, (long) value * Short.BYTES, (short) value);
      }
      hash(
          LEAF_PREFIX,
          symbols,
          0,
          Short.BYTES,
          Short.BYTES,
          count,
          out,
          0,
          Blake2b.DIGEST_BYTES,
          scratch);
    }
  }

  /**
   * Hashes inner nodes of eight trees: group i of {@code out} gets the nodes over the groups at
   * {@code left + i * stride} and {@code right + i * stride} of {@code in}, lane by lane, for every
   * i in [0, count). A group that is written may overlap groups that were read for it or for groups
   * before it.
   */
  default void foldLanes(
      MemorySegment in,
      long left,
      long right,
      long stride,
      long count,
      MemorySegment out,
      long outOffset,
      HashScratch scratch) {
    long digest = Blake2b.DIGEST_BYTES;
    MemorySegment pairs = scratch.memory;
    for (long i = 0; i < count; i++) {
      for (int lane = 0; lane < LaneDigests.LANES; lane++) {
        long at = 2L * lane * digest;
        LaneDigests.get(in, left + i * stride, lane, pairs, at);
        LaneDigests.get(in, right + i * stride, lane, pairs, at + digest);
      }
      int prefix = INNER_PREFIX;
      // a digest overwrites pairs that have been read
      hash(prefix, pairs, 0, 2 * digest, 2 * digest, LaneDigests.LANES, pairs, 0, digest, scratch);
      for (int lane = 0; lane < LaneDigests.LANES; lane++) {
        long group = outOffset + i * LaneDigests.BYTES;
        LaneDigests.set(out, group, lane, pairs, lane * digest);
      }
    }
  }

  /**
   * Turns eight groups of digests: lane c of group r, at {@code offset + r * stride}, goes to lane
   * r of group c. The groups that are written, back to back, are not memory that is read.
   */
  default void transposeLanes(
      MemorySegment in, long offset, long stride, MemorySegment out, long outOffset) {
    LaneDigests.transpose(in, offset, stride, out, outOffset);
  }
}
