package io.redstuff.simd.hash;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * BLAKE2b-256 of messages of one length, eight at a time, for eight Merkle trees that grow side by
 * side.
 *
 * <p>Digests stay in groups of eight, word by word: word w of the digest in lane l is at byte
 * {@code 64 w + 8 l} of a group's {@value #GROUP_BYTES} bytes. So inner nodes are hashed from their
 * children without moving a word between lanes. Holds scratch memory, so not thread-safe: one
 * hasher for each thread. Calls allocate nothing but what the engine wants on the heap for its
 * first.
 */
public final class LaneHasher {
  /** Messages, and digests, of a group. */
  public static final int LANES = LaneDigests.LANES;

  /** Size of a group of digests, in bytes. */
  public static final int GROUP_BYTES = (int) LaneDigests.BYTES;

  /** Native memory that a hasher takes. */
  public static final long BYTES = HashScratch.BYTES;

  private final HashKernels kernels;
  private final HashScratch scratch;

  /**
   * Makes a hasher that works as long as the arena is open.
   *
   * @param kernels those of the engine that does the work
   * @param arena gives a few KiB of scratch memory
   */
  public LaneHasher(HashKernels kernels, Arena arena) {
    this.kernels = kernels;
    this.scratch = new HashScratch(arena);
  }

  /**
   * Hashes leaves: message i is {@link HashKernels#LEAF_PREFIX} and the bytes {@code in[offset + i
   * * stride, +length)}. Its digest goes to lane {@code i % 8} of group {@code i / 8}. If {@code
   * count} is no multiple of 8, what the last group holds in its other lanes is undefined.
   *
   * @param in holds the messages, native memory of any alignment
   * @param offset offset of the first message
   * @param stride distance from a message to the next, in bytes
   * @param length length of a message without its prefix, in bytes
   * @param count number of messages; for 0 the offsets are not looked at
   * @param out receives the groups of digests, back to back; native, must not overlap the messages
   * @param outOffset offset of the first group
   * @throws IllegalArgumentException if memory is on the heap or read-only or a number negative
   * @throws IndexOutOfBoundsException if a message or a group lies outside its segment
   */
  public void hashLeaves(
      MemorySegment in,
      long offset,
      long stride,
      long length,
      long count,
      MemorySegment out,
      long outOffset) {
    Checks.atLeast("length", length, 0);
    Checks.atLeast("stride", stride, 0);
    Checks.atLeast("count", count, 0);
    Checks.nativeMemory(in, out);
    if (count == 0) {
      return;
    }
    Checks.range("messages", offset, stride, length, count, in.byteSize());
    long groups = (count + LANES - 1) / LANES;
    Checks.range("groups", outOffset, GROUP_BYTES, GROUP_BYTES, groups, out.byteSize());
    int prefix = HashKernels.LEAF_PREFIX;
    kernels.hashLanes(prefix, in, offset, stride, length, count, out, outOffset, scratch);
  }

  /**
   * Hashes inner nodes of eight trees: group i of {@code out} gets the nodes over the groups at
   * {@code left + i * stride} and {@code right + i * stride} of {@code in}, lane by lane. A group
   * that is written may overlap groups that are read for it or for groups before it.
   *
   * @param in holds the children, native
   * @param left offset of the left children of group 0
   * @param right offset of its right children
   * @param stride distance from there to those of the next group, in bytes
   * @param count number of groups to make
   * @param out receives them back to back, native
   * @param outOffset offset of the first of them
   * @throws IllegalArgumentException if memory is on the heap or read-only or a number negative
   * @throws IndexOutOfBoundsException if a group lies outside its segment
   */
  public void fold(
      MemorySegment in,
      long left,
      long right,
      long stride,
      long count,
      MemorySegment out,
      long outOffset) {
    Checks.atLeast("stride", stride, 0);
    Checks.atLeast("count", count, 0);
    Checks.nativeMemory(in, out);
    if (count == 0) {
      return;
    }
    Checks.range("left children", left, stride, GROUP_BYTES, count, in.byteSize());
    Checks.range("right children", right, stride, GROUP_BYTES, count, in.byteSize());
    Checks.range("nodes", outOffset, GROUP_BYTES, GROUP_BYTES, count, out.byteSize());
    kernels.foldLanes(in, left, right, stride, count, out, outOffset, scratch);
  }

  /**
   * Turns eight groups: the digest in lane c of group r goes to lane r of group c.
   *
   * @param in holds the groups, native
   * @param offset offset of the first
   * @param stride distance from a group to the next, in bytes
   * @param out receives the groups back to back, native, not the memory that is read
   * @param outOffset offset of the first of them
   * @throws IllegalArgumentException if memory is on the heap or read-only or {@code stride} is
   *     negative
   * @throws IndexOutOfBoundsException if a group lies outside its segment
   */
  public void transpose(
      MemorySegment in, long offset, long stride, MemorySegment out, long outOffset) {
    Checks.atLeast("stride", stride, 0);
    Checks.nativeMemory(in, out);
    Checks.range("groups", offset, stride, GROUP_BYTES, LANES, in.byteSize());
    Checks.range("turned", outOffset, GROUP_BYTES, GROUP_BYTES, LANES, out.byteSize());
    kernels.transposeLanes(in, offset, stride, out, outOffset);
  }

  /**
   * Copies the digest of a lane.
   *
   * @param groups native memory
   * @param group offset of the group
   * @param lane 0 to 7
   * @param digest receives the digest
   * @param at where its 32 bytes go
   * @throws IndexOutOfBoundsException if lane, group or digest are out of range
   */
  public static void get(
      MemorySegment groups, long group, int lane, MemorySegment digest, long at) {
    Objects.checkIndex(lane, LANES);
    LaneDigests.get(groups, group, lane, digest, at);
  }
}
