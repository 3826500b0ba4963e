package io.redstuff.simd.hash;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The digests of all leaves of two bytes, for matrices that have more symbols than there are values
 * of one: then a look-up takes the place of a hash.
 *
 * <p>Takes 2 MiB. Immutable once made, and thread-safe as far as its arena is.
 */
public final class TwoByteLeaves {
  /** How many values two bytes can have. */
  public static final int VALUES = 1 << Short.SIZE;

  /** Native memory that this takes. */
  public static final long BYTES = (long) VALUES * Blake2b.DIGEST_BYTES;

  static final ValueLayout.OfShort SYMBOL =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment digests;

  /**
   * Hashes all leaves.
   *
   * @param kernels those of the engine that does the hashing
   * @param arena gives the memory of the digests
   */
  public TwoByteLeaves(HashKernels kernels, Arena arena) {
    this.digests = arena.allocate(BYTES, 64);
    try (Arena scratch = Arena.ofConfined()) {
      kernels.hashTwoByteLeaves(VALUES, digests, new HashScratch(scratch));
    }
  }

  /** The digest of value v is at 32 v. */
  MemorySegment digests() {
    return digests;
  }

  /**
   * Does what {@link LaneHasher#hashLeaves} does for messages of two bytes.
   *
   * @param in holds the messages, native memory of any alignment
   * @param offset offset of the first message
   * @param stride distance from a message to the next, in bytes
   * @param count number of messages; for 0 the offsets are not looked at
   * @param out receives the groups of digests; native, must not overlap the messages
   * @param outOffset offset of the first group
   * @throws IndexOutOfBoundsException if a message or a group lies outside its segment
   */
  public void lookUp(
      MemorySegment in, long offset, long stride, long count, MemorySegment out, long outOffset) {
    long at = offset;
    long group = outOffset;
    for (long left = count; left > 0; left -= LaneDigests.LANES) {
      int lanes = (int) Math.min(left, LaneDigests.LANES);
      for (int lane = 0; lane < lanes; lane++) {
        long value = Short.toUnsignedLong(in.get(SYMBOL, at));
        LaneDigests.set(out, group, lane, digests, value * Blake2b.DIGEST_BYTES);
        at += stride;
      }
      group += LaneDigests.BYTES;
    }
  }
}
