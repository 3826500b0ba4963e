package io.redstuff.proof;

import io.redstuff.error.VerificationException;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.simd.Engine;
import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Proves many symbols of one blob together and names those that fail.
 *
 * <p>All proofs have one length, so they climb level by level side by side in the lanes of the
 * hasher. They are sorted by source and position: neighbors that meet in the same inner node are
 * hashed once. Two proofs share a node only if both of its children are equal, so one symbol's
 * forged path cannot vouch for another.
 *
 * <p>Reusable; keeps its memory in the arena it was made with. For one thread at a time.
 */
public final class SymbolVerifier {
  private static final int DIGEST = LeafHasher.DIGEST_BYTES;
  private static final int PAIR = 2 * DIGEST;

  /** How many climb together: enough to fill the lanes, few enough to stay in the cache. */
  private static final int BATCH = 4096;

  /** The lower bits of what is sorted: the place that a symbol had before. */
  private static final int PLACE = (1 << (Integer.SIZE - 2)) - 1;

  private final LeafHasher hasher;
  private final Arena arena;

  /** What is hashed next: symbols, then pairs of digests. */
  private MemorySegment inputs = MemorySegment.NULL;

  private MemorySegment digests = MemorySegment.NULL;

  // Paths are on the heap, and short copies within the heap are several times faster than copies
  // out of it: pairs are put together here and leave in one piece.
  private byte[] children = {};
  private byte[] parents = {};

  /**
   * A verifier.
   *
   * @param engine does the hashing
   * @param arena gives the memory and decides which threads may use the verifier and for how long
   */
  public SymbolVerifier(Engine engine, Arena arena) {
    this.hasher = new LeafHasher(engine, arena);
    this.arena = arena;
  }

  /**
   * Proves symbols, each in its own cell.
   *
   * @param metadata what to prove against
   * @param symbols any number of symbols
   * @return those that failed, with the reason and message that {@link
   *     GeneralRecoverySymbol#verify(VerifiedMetadata)} would give; empty when all are good
   */
  public Map<GeneralRecoverySymbol, RejectedSymbol> verify(
      VerifiedMetadata metadata, Collection<GeneralRecoverySymbol> symbols) {
    Map<GeneralRecoverySymbol, RejectedSymbol> rejected = new LinkedHashMap<>();
    List<GeneralRecoverySymbol> fitting = new ArrayList<>();
    for (GeneralRecoverySymbol symbol : symbols) {
      try {
        symbol.withoutTarget().checkShape(metadata, symbol.target());
        fitting.add(symbol);
      } catch (VerificationException e) {
        rejected.put(symbol, RejectedSymbol.of(symbol, e));
      }
    }
    fitting = sorted(fitting);
    for (int from = 0; from < fitting.size(); from += BATCH) {
      prove(metadata, fitting.subList(from, Math.min(fitting.size(), from + BATCH)), rejected);
    }
    return rejected;
  }

  /** By source and position. Numbers are sorted, and what is sorted before is only looked at. */
  private static List<GeneralRecoverySymbol> sorted(List<GeneralRecoverySymbol> symbols) {
    long[] keys = new long[symbols.size()];
    for (int i = 0; i < keys.length; i++) {
      GeneralRecoverySymbol symbol = symbols.get(i);
      long cell = ((long) symbol.sourceIndex() << Short.SIZE) | symbol.targetIndex();
      long sourceAxis = symbol.axis().opposite().variant();
      keys[i] = (((sourceAxis << (2 * Short.SIZE)) | cell) << (Integer.SIZE - 2)) | i;
    }
    Arrays.sort(keys);
    List<GeneralRecoverySymbol> sorted = new ArrayList<>(keys.length);
    for (long key : keys) {
      sorted.add(symbols.get((int) key & PLACE));
    }
    return sorted;
  }

  private void prove(
      VerifiedMetadata metadata,
      List<GeneralRecoverySymbol> symbols,
      Map<GeneralRecoverySymbol, RejectedSymbol> rejected) {
    int count = symbols.size();
    int symbolSize = metadata.symbolSize();
    inputs = NativeMemory.atLeast(inputs, (long) count * Math.max(symbolSize, PAIR), arena);
    digests = NativeMemory.atLeast(digests, (long) count * DIGEST, arena);
    if (parents.length < count * PAIR) {
      children = new byte[count * DIGEST];
      parents = new byte[count * PAIR];
    }
    for (int i = 0; i < count; i++) {
      symbols.get(i).withoutTarget().withoutProof().copyTo(inputs, (long) i * symbolSize);
    }
    hasher.hash(
        LeafHasher.LEAF_PREFIX, inputs, 0, symbolSize, symbolSize, count, digests, 0, DIGEST);
    Paths paths = new Paths(symbols);
    int height = MerkleTree.height(metadata.parameters().shards());
    for (int level = 0; level < height; level++) {
      climb(paths, level);
    }
    for (int i = 0; i < count; i++) {
      GeneralRecoverySymbol symbol = symbols.get(i);
      long root = (long) paths.node[i] * DIGEST;
      if (!metadata.matches(symbol.source(), digests, root)) {
        byte[] bytes = digests.asSlice(root, DIGEST).toArray(ValueLayout.JAVA_BYTE);
        VerificationException e =
            symbol.withoutTarget().elsewhere(metadata, symbol.target(), bytes);
        rejected.put(symbol, RejectedSymbol.of(symbol, e));
      }
    }
  }

  private void climb(Paths paths, int level) {
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

  /** What climbing needs of sorted symbols, side by side: it comes by each once for every level. */
  private static final class Paths {
    final byte[][] siblings;

    /** The leaf's position. */
    final int[] position;

    /** Which digest stands for the symbol on the current level. */
    final int[] node;

    /** From which level on it has the same parent as the symbol before, if both paths are right. */
    final int[] meeting;

    Paths(List<GeneralRecoverySymbol> symbols) {
      int count = symbols.size();
      siblings = new byte[count][];
      position = new int[count];
      node = new int[count];
      meeting = new int[count];
      GeneralRecoverySymbol previous = null;
      for (int i = 0; i < count; i++) {
        GeneralRecoverySymbol symbol = symbols.get(i);
        siblings[i] = symbol.proof().siblings();
        position[i] = symbol.targetIndex();
        node[i] = i;
        meeting[i] = previous == null ? Integer.MAX_VALUE : meeting(previous, symbol);
        previous = symbol;
      }
    }

    private static int meeting(GeneralRecoverySymbol a, GeneralRecoverySymbol b) {
      if (a.axis() != b.axis() || a.sourceIndex() != b.sourceIndex()) {
        return Integer.MAX_VALUE;
      }
      int differentBits = a.targetIndex() ^ b.targetIndex();
      return Integer.SIZE - Integer.numberOfLeadingZeros(differentBits >> 1);
    }
  }
}
