package io.redstuff.simd.hash;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * Climbs one path of a Merkle tree, from the content of a leaf towards the root.
 *
 * <p>On a path each hash waits for the one before it, so there is nothing to do in lanes: this
 * hashes in plain Java whatever the engine. Not thread-safe.
 */
public final class PathHasher {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int DIGEST_BYTES = Blake2b.DIGEST_BYTES;
  private static final int NODE_BYTES = 2 * DIGEST_BYTES + 1;

  private final Blake2b hash = new Blake2b();

  /** Makes a hasher that is not at any node yet. */
  public PathHasher() {
    // the hash is all there is
  }

  /**
   * Begins at a leaf: hashes its content with {@link HashKernels#LEAF_PREFIX}.
   *
   * @param content the content of the leaf; native or heap
   */
  public void begin(MemorySegment content) {
    hash.reset().update((byte) HashKernels.LEAF_PREFIX).update(content, 0, content.byteSize());
    hash.finish();
  }

  /**
   * Goes on to the parent: hashes this node and its sibling with {@link HashKernels#INNER_PREFIX}.
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
    long h0 = hash.h[0];
    long h1 = hash.h[1];
    long h2 = hash.h[2];
    long h3 = hash.h[3];
    if (isLeft) {
      loadPair(h0, h1, h2, h3, s0, s1, s2, s3);
    } else {
      loadPair(s0, s1, s2, s3, h0, h1, h2, h3);
    }
    hash.begin();
    hash.compress(NODE_BYTES, true);
  }

  /** The block of an inner node: the prefix, then the digests, a byte late. */
  private void loadPair(long a0, long a1, long a2, long a3, long b0, long b1, long b2, long b3) {
    long[] m = hash.m;
    m[0] = HashKernels.INNER_PREFIX | a0 << Byte.SIZE;
    m[1] = a0 >>> -Byte.SIZE | a1 << Byte.SIZE;
    m[2] = a1 >>> -Byte.SIZE | a2 << Byte.SIZE;
    m[3] = a2 >>> -Byte.SIZE | a3 << Byte.SIZE;
    m[4] = a3 >>> -Byte.SIZE | b0 << Byte.SIZE;
    m[5] = b0 >>> -Byte.SIZE | b1 << Byte.SIZE;
    m[6] = b1 >>> -Byte.SIZE | b2 << Byte.SIZE;
    m[7] = b2 >>> -Byte.SIZE | b3 << Byte.SIZE;
    m[8] = b3 >>> -Byte.SIZE;
    Arrays.fill(m, 9, m.length, 0);
  }

  /**
   * The node that the path has come to.
   *
   * @return its digest, 32 bytes
   */
  public byte[] digest() {
    byte[] digest = new byte[DIGEST_BYTES];
    for (int i = 0; i < Blake2b.DIGEST_WORDS; i++) {
      WORD.set(digest, i * Long.BYTES, hash.h[i]);
    }
    return digest;
  }
}
