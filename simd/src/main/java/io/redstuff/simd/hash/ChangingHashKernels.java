package io.redstuff.simd.hash;

import java.lang.foreign.MemorySegment;
import java.util.function.LongConsumer;

/**
 * Kernels that may give way to others between two calls, whichever threads make these. It does not
 * matter to the result when that is, as all kernels write the same bytes in the same layout.
 */
public final class ChangingHashKernels implements HashKernels {
  private final LongConsumer meter;
  private volatile HashKernels current;

  /**
   * Begins with some kernels.
   *
   * @param meter is told before each call at least how many bytes it will compress
   */
  public ChangingHashKernels(HashKernels first, LongConsumer meter) {
    this.current = first;
    this.meter = meter;
  }

  /** From now on calls go to other kernels. */
  public void changeTo(HashKernels next) {
    current = next;
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
    meter.accept(count * (1 + length));
    current.hash(prefix, in, offset, stride, length, count, out, outOffset, outStride, scratch);
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
    meter.accept(count * (1 + length));
    current.hashLanes(prefix, in, offset, stride, length, count, out, outOffset, scratch);
  }

  @Override
  public void hashTwoByteLeaves(int count, MemorySegment out, HashScratch scratch) {
    current.hashTwoByteLeaves(count, out, scratch);
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
    meter.accept(2 * count * LaneDigests.BYTES);
    current.foldLanes(in, left, right, stride, count, out, outOffset, scratch);
  }

  @Override
  public void transposeLanes(
      MemorySegment in, long offset, long stride, MemorySegment out, long outOffset) {
    current.transposeLanes(in, offset, stride, out, outOffset);
  }
}
