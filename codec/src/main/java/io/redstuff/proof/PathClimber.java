package io.redstuff.proof;

import io.redstuff.internal.work.NativeMemory;
import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Climbs many Merkle paths of one length side by side, level by level, in the lanes of the hasher.
 * Neighbors that meet in the same inner node are hashed once. Two paths share a node only if both
 * of its children are equal, so one forged path cannot vouch for another.
 *
 * <p>Reusable; keeps its memory in the arena it was made with. For one thread at a time.
 */
final class PathClimber {
  private static final int DIGEST = LeafHasher.DIGEST_BYTES;
  private static final int PAIR = 2 * DIGEST;

  /** How many climb together: enough to fill the lanes, few enough to stay in the cache. */
  static final int BATCH = 4096;

  private final LeafHasher hasher;
  private final Arena arena;

  /** What is hashed next: leaves, then pairs of digests. */
  private MemorySegment inputs = MemorySegment.NULL;

  private MemorySegment digests = MemorySegment.NULL;

  // Paths are on the heap, and short copies within the heap are several times faster than copies
  // out of it: pairs are put together here and leave in one piece.
  private byte[] children = {};
  private byte[] parents = {};

  PathClimber(LeafHasher hasher, Arena arena) {
    this.hasher = hasher;
    this.arena = arena;
  }

  /** Returns the most native memory that one takes, for leaves up to a length, in bytes. */
  static long memory(int leafBytes, long batchBytes) {
    long leaves = Math.max(BATCH * (long) PAIR, Math.min(BATCH * (long) leafBytes, batchBytes));
    return NativeMemory.GROWTH * (Math.max(leaves, leafBytes) + BATCH * (long) DIGEST);
  }

  /** Returns memory for so many leaves, one after another, to be filled before {@link #climb}. */
  MemorySegment leaves(int count, int leafBytes) {
    inputs = NativeMemory.atLeast(inputs, (long) count * Math.max(leafBytes, PAIR), arena);
    return inputs;
  }

  /** Hashes the leaves and climbs to the roots, which are there until the next call. */
  MemorySegment climb(Paths paths, int leafBytes, int height) {
    int count = paths.node.length;
    digests = NativeMemory.atLeast(digests, (long) count * DIGEST, arena);
    if (parents.length < count * PAIR) {
      children = new byte[count * DIGEST];
      parents = new byte[count * PAIR];
    }
    hasher.hash(LeafHasher.LEAF_PREFIX, inputs, 0, leafBytes, leafBytes, count, digests, 0, DIGEST);
    for (int level = 0; level < height; level++) {
      climbOne(paths, level);
    }
    return digests;
  }

  private void climbOne(Paths paths, int level) {
    int count = paths.node.length;
    MemorySegment.copy(digests, ValueLayout.JAVA_BYTE, 0, children, 0, count * DIGEST);
    int pairs = 0;
    for (int i = 0; i < count; i++) {
      int left = pairs * PAIR;
      int own = (paths.position[i] >> level & 1) * DIGEST;
      System.arraycopy(children, paths.node[i] * DIGEST, parents, left + own, DIGEST);
      System.arraycopy(paths.siblings[i], level * DIGEST, parents, left + (DIGEST - own), DIGEST);
      if (level >= paths.meeting[i] && sameAsPrevious(left)) {
        paths.node[i] = pairs - 1;
      } else {
        paths.node[i] = pairs++;
      }
    }
    MemorySegment.copy(parents, 0, inputs, ValueLayout.JAVA_BYTE, 0, pairs * PAIR);
    hasher.hashPairs(inputs, 0, pairs, digests, 0);
  }

  private boolean sameAsPrevious(int at) {
    return Arrays.equals(parents, at - PAIR, at, parents, at, at + PAIR);
  }

  /**
   * What climbing needs of paths, side by side: it comes by each once for every level. They should
   * be sorted by tree and position.
   */
  static final class Paths {
    private static final int NEVER = Integer.MAX_VALUE;

    private final byte[][] siblings;

    /** The leaf's position. */
    private final int[] position;

    /** Which digest stands for the path on the current level. */
    private final int[] node;

    /** From which level on it has the same parent as the path before, if both are right. */
    private final int[] meeting;

    Paths(int count) {
      siblings = new byte[count][];
      position = new int[count];
      node = new int[count];
      meeting = new int[count];
    }

    /** Puts a path in its place; {@code sameTree} tells whether it is of the tree of the last. */
    void set(int i, MerkleProof proof, int leaf, boolean sameTree) {
      siblings[i] = proof.siblings();
      position[i] = leaf;
      node[i] = i;
      meeting[i] = sameTree ? meeting(position[i - 1], leaf) : NEVER;
    }

    /** Returns where the root of a path is among the roots. */
    long rootOffset(int i) {
      return (long) node[i] * DIGEST;
    }

    private static int meeting(int a, int b) {
      return Integer.SIZE - Integer.numberOfLeadingZeros((a ^ b) >> 1);
    }
  }
}
