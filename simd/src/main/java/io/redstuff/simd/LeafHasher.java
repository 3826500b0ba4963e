package io.redstuff.simd;

import io.redstuff.simd.hash.Blake2b;
import io.redstuff.simd.hash.Checks;
import io.redstuff.simd.hash.HashKernels;
import io.redstuff.simd.hash.HashScratch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * BLAKE2b-256 of many messages of one length, such as the leaves or one level of a Merkle tree.
 *
 * <p>A message is one prefix byte and bytes from native memory. Calls allocate nothing but what the
 * engine wants on the heap for its first. Holds scratch memory, so not thread-safe: one hasher for
 * each thread.
 *
 * @since 0.1.0
 */
public final class LeafHasher {
  /** Length of a digest, in bytes. */
  public static final int DIGEST_BYTES = Blake2b.DIGEST_BYTES;

  /** Native memory that a hasher takes. */
  public static final long BYTES = HashScratch.BYTES;

  /** First byte of what is hashed for a leaf. */
  public static final int LEAF_PREFIX = HashKernels.LEAF_PREFIX;

  /** First byte of what is hashed for an inner node. */
  public static final int INNER_PREFIX = HashKernels.INNER_PREFIX;

  private static final int PAIR_BYTES = 2 * DIGEST_BYTES;

  private final HashKernels kernels;
  private final HashScratch scratch;

  /**
   * Makes a hasher that works as long as the arena is open.
   *
   * @param engine does the work
   * @param arena gives a few KiB of scratch memory; the hasher may be used by the threads that may
   *     use the arena, one at a time
   */
  public LeafHasher(Engine engine, Arena arena) {
    this.kernels = engine.hash();
    this.scratch = new HashScratch(arena);
  }

  /**
   * Writes to {@code out[outOffset + i * outStride, +32)} the digest of {@code prefix || in[offset
   * + i * stride, +length)}, for every i in [0, count).
   *
   * <p>A digest must not overlap another one, nor a message of a higher index. It may overlap its
   * own message and those before it.
   *
   * @param prefix first byte of every message, 0 to 255
   * @param in holds the messages, in native memory of any alignment
   * @param offset offset of the first message
   * @param stride distance from a message to the next, in bytes; may be less than {@code length}
   * @param length length of a message without its prefix, in bytes
   * @param count number of messages; for 0 the offsets are not looked at
   * @param out receives the digests, native memory of any alignment
   * @param outOffset offset of the first digest
   * @param outStride distance from a digest to the next, in bytes, at least 32
   * @throws IllegalArgumentException if {@code prefix} is not a byte, a size or stride is negative,
   *     {@code outStride} is below 32, {@code in} or {@code out} is a heap segment, or {@code out}
   *     is read-only
   * @throws IndexOutOfBoundsException if a message does not lie within {@code in} or a digest does
   *     not lie within {@code out}
   */
  public void hash(
      int prefix,
      MemorySegment in,
      long offset,
      long stride,
      long length,
      long count,
      MemorySegment out,
      long outOffset,
      long outStride) {
    if (prefix != (prefix & 0xff)) {
      throw new IllegalArgumentException("prefix: got " + prefix + ", expected 0 to 255");
    }
    Checks.atLeast("length", length, 0);
    Checks.atLeast("stride", stride, 0);
    Checks.atLeast("count", count, 0);
    Checks.atLeast("outStride", outStride, DIGEST_BYTES);
    Checks.nativeMemory(in, out);
    if (count == 0) {
      return;
    }
    Checks.range("messages", offset, stride, length, count, in.byteSize());
    Checks.range("digests", outOffset, outStride, DIGEST_BYTES, count, out.byteSize());
    kernels.hash(prefix, in, offset, stride, length, count, out, outOffset, outStride, scratch);
  }

  /**
   * Hashes one level of a Merkle tree: pairs of digests, 64 bytes each and back to back, with
   * {@link #INNER_PREFIX}. The results are written back to back too. They may be written over the
   * pairs themselves, with {@code out} the same memory as {@code in} and {@code outOffset} at most
   * {@code offset}.
   *
   * @param in holds the pairs, in native memory
   * @param offset offset of the first pair
   * @param count number of pairs
   * @param out receives {@code count} digests, native memory
   * @param outOffset offset of the first digest
   * @throws IllegalArgumentException if {@code count} is negative, {@code in} or {@code out} is a
   *     heap segment, or {@code out} is read-only
   * @throws IndexOutOfBoundsException if the pairs do not lie within {@code in} or the digests do
   *     not lie within {@code out}
   */
  public void hashPairs(
      MemorySegment in, long offset, long count, MemorySegment out, long outOffset) {
    hash(INNER_PREFIX, in, offset, PAIR_BYTES, PAIR_BYTES, count, out, outOffset, DIGEST_BYTES);
  }
}
