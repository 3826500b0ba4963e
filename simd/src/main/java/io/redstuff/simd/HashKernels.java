package io.redstuff.simd;

import java.lang.foreign.MemorySegment;

/**
 * The hashing an engine does: BLAKE2b-256 of many messages of one length.
 *
 * <p>A message is one prefix byte followed by bytes that lie in native memory; it never exists in
 * one piece. Implementations are stateless and thread-safe and allocate nothing that outlives a
 * call; all of them write the same bytes.
 */
interface HashKernels {
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
   *
   * @param prefix first byte of every message
   * @param in holds the messages
   * @param offset offset of the first message
   * @param stride distance from a message to the next, in bytes; may be less than {@code length}
   * @param length length of a message without its prefix, in bytes
   * @param count number of messages
   * @param out receives the digests
   * @param outOffset offset of the first digest
   * @param outStride distance from a digest to the next, in bytes
   * @param scratch what to work in
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
}
