package io.redstuff.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Climbs one path of a Merkle tree, from the content of a leaf towards the root.
 *
 * <p>On a path each hash waits for the one before it, so there is nothing to do in lanes: this
 * hashes in plain Java whatever the engine, in arrays of its own. Not thread-safe.
 */
public final class PathHasher {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int DIGEST_BYTES = Blake2b.DIGEST_BYTES;
  private static final int BLOCK_BYTES = Blake2b.BLOCK_BYTES;
  private static final int NODE_BYTES = 2 * DIGEST_BYTES + 1;

  private final long[] words = new long[ScalarHashKernels.WORDS];

  /** Makes a hasher that is not at any node yet. */
  public PathHasher() {
    // the arrays are all there is
  }

  /**
   * Begins at a leaf: hashes its content with {@link LeafHasher#LEAF_PREFIX}.
   *
   * @param content the content of the leaf; native or heap
   */
  public void begin(MemorySegment content) {
    int length = Math.toIntExact(content.byteSize() + 1);
    byte[] message = new byte[Math.addExact(length, BLOCK_BYTES - 1) / BLOCK_BYTES * BLOCK_BYTES];
    message[0] = LeafHasher.LEAF_PREFIX;
    MemorySegment.copy(content, ValueLayout.JAVA_BYTE, 0, message, 1, length - 1);
    ScalarHashKernels.begin(words);
    int done = 0;
    while (length - done > BLOCK_BYTES) {
      loadBlock(message, done);
      done += BLOCK_BYTES;
      ScalarHashKernels.compress(words, done, 0);
    }
    loadBlock(message, done);
    ScalarHashKernels.compress(words, length, -1);
  }

  private void loadBlock(byte[] message, int from) {
    for (int i = 0; i < BLOCK_BYTES / Long.BYTES; i++) {
      words[ScalarHashKernels.M + i] = (long) WORD.get(message, from + i * Long.BYTES);
    }
  }

  /**
   * Goes on to the parent: hashes this node and its sibling with {@link LeafHasher#INNER_PREFIX}.
   *
   * @param sibling holds the digest of the sibling, or zeros in place of an empty node
   * @param at where its 32 bytes begin
   * @param isLeft whether this node, not its sibling, is the left child
   * @throws IndexOutOfBoundsException if the digest does not lie within {@code sibling}
   */
  public void climb(byte[] sibling, int at, boolean isLeft) {
    Objects.checkFromIndexSize(at, DIGEST_BYTES, sibling.length);
    long s0 = (long) WORD.get(sibling, at);
    long s1 = (long) WORD.get(sibling, at + Long.BYTES);
    long s2 = (long) WORD.get(sibling, at + 2 * Long.BYTES);
    long s3 = (long) WORD.get(sibling, at + 3 * Long.BYTES);
    long h0 = words[ScalarHashKernels.H];
    long h1 = words[ScalarHashKernels.H + 1];
    long h2 = words[ScalarHashKernels.H + 2];
    long h3 = words[ScalarHashKernels.H + 3];
    if (isLeft) {
      loadPair(h0, h1, h2, h3, s0, s1, s2, s3);
    } else {
      loadPair(s0, s1, s2, s3, h0, h1, h2, h3);
    }
    ScalarHashKernels.begin(words);
    ScalarHashKernels.compress(words, NODE_BYTES, -1);
  }

  /** The block of an inner node: the prefix, then the digests, a byte late. */
  private void loadPair(long a0, long a1, long a2, long a3, long b0, long b1, long b2, long b3) {
    long[] w = words;
    int m = ScalarHashKernels.M;
    w[m] = LeafHasher.INNER_PREFIX | a0 << Byte.SIZE;
    w[m + 1] = a0 >>> -Byte.SIZE | a1 << Byte.SIZE;
    w[m + 2] = a1 >>> -Byte.SIZE | a2 << Byte.SIZE;
    w[m + 3] = a2 >>> -Byte.SIZE | a3 << Byte.SIZE;
    w[m + 4] = a3 >>> -Byte.SIZE | b0 << Byte.SIZE;
    w[m + 5] = b0 >>> -Byte.SIZE | b1 << Byte.SIZE;
    w[m + 6] = b1 >>> -Byte.SIZE | b2 << Byte.SIZE;
    w[m + 7] = b2 >>> -Byte.SIZE | b3 << Byte.SIZE;
    w[m + 8] = b3 >>> -Byte.SIZE;
    Arrays.fill(w, m + 9, m + BLOCK_BYTES / Long.BYTES, 0);
  }

  /**
   * The node that the path has come to.
   *
   * @return its digest, 32 bytes
   */
  public byte[] digest() {
    byte[] digest = new byte[DIGEST_BYTES];
    for (int i = 0; i < DIGEST_BYTES / Long.BYTES; i++) {
      WORD.set(digest, i * Long.BYTES, words[ScalarHashKernels.H + i]);
    }
    return digest;
  }
}
