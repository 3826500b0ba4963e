package io.redstuff.proof;

import io.redstuff.VerificationException;
import io.redstuff.VerificationException.Reason;
import io.redstuff.internal.NativeMemory;
import io.redstuff.simd.Engine;
import io.redstuff.simd.LeafHasher;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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

  private final LeafHasher hasher;
  private final Arena arena;

  /** What is hashed next: symbols, then pairs of digests. */
  private MemorySegment inputs = MemorySegment.NULL;

  private MemorySegment digests = MemorySegment.NULL;

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
   * @return those that failed, with the reason that {@link GeneralRecoverySymbol#verify} would
   *     give; empty when all are good
   */
  public Map<GeneralRecoverySymbol, RejectedSymbol> verify(
      VerifiedMetadata metadata, Collection<GeneralRecoverySymbol> symbols) {
    Map<GeneralRecoverySymbol, RejectedSymbol> rejected = new LinkedHashMap<>();
    List<GeneralRecoverySymbol> fitting = new ArrayList<>();
    for (GeneralRecoverySymbol symbol : symbols) {
      try {
        symbol.symbol().checkShape(metadata, symbol.target());
        fitting.add(symbol);
      } catch (VerificationException e) {
        rejected.put(symbol, new RejectedSymbol(symbol.id(), e.reason(), e.getMessage()));
      }
    }
    fitting.sort(
        Comparator.comparing(GeneralRecoverySymbol::source)
            .thenComparingInt(GeneralRecoverySymbol::targetIndex));
    boolean[] proven = prove(metadata, fitting);
    for (int i = 0; i < proven.length; i++) {
      if (!proven[i]) {
        GeneralRecoverySymbol symbol = fitting.get(i);
        rejected.put(
            symbol,
            new RejectedSymbol(
                symbol.id(),
                Reason.ROOT_MISMATCH,
                symbol + ": its path does not lead to the hash of " + symbol.source()));
      }
    }
    return rejected;
  }

  private boolean[] prove(VerifiedMetadata metadata, List<GeneralRecoverySymbol> symbols) {
    int count = symbols.size();
    int symbolSize = metadata.symbolSize();
    inputs = NativeMemory.atLeast(inputs, (long) count * Math.max(symbolSize, PAIR), arena);
    digests = NativeMemory.atLeast(digests, (long) count * DIGEST, arena);
    for (int i = 0; i < count; i++) {
      byte[] data = symbols.get(i).symbol().symbol().bytes();
      MemorySegment.copy(data, 0, inputs, ValueLayout.JAVA_BYTE, (long) i * symbolSize, symbolSize);
    }
    hasher.hash(
        LeafHasher.LEAF_PREFIX, inputs, 0, symbolSize, symbolSize, count, digests, 0, DIGEST);
    int[] node = new int[count]; // by symbol, which digest stands for it on the current level
    for (int i = 0; i < count; i++) {
      node[i] = i;
    }
    int height = MerkleTree.height(metadata.parameters().shards());
    for (int level = 0; level < height; level++) {
      climb(symbols, level, node);
    }
    boolean[] proven = new boolean[count];
    for (int i = 0; i < count; i++) {
      proven[i] = metadata.matches(symbols.get(i).source(), digests, (long) node[i] * DIGEST);
    }
    return proven;
  }

  private void climb(List<GeneralRecoverySymbol> symbols, int level, int[] node) {
    int pairs = 0;
    for (int i = 0; i < node.length; i++) {
      GeneralRecoverySymbol symbol = symbols.get(i);
      byte[] sibling = symbol.proof().sibling(level);
      boolean isLeft = (symbol.targetIndex() >> level & 1) == 0;
      long at = (long) pairs * PAIR;
      MemorySegment.copy(
          digests, (long) node[i] * DIGEST, inputs, at + (isLeft ? 0 : DIGEST), DIGEST);
      MemorySegment.copy(
          sibling, 0, inputs, ValueLayout.JAVA_BYTE, at + (isLeft ? DIGEST : 0), DIGEST);
      if (pairs > 0 && sameAsPrevious(at)) {
        node[i] = pairs - 1;
      } else {
        node[i] = pairs++;
      }
    }
    hasher.hashPairs(inputs, 0, pairs, digests, 0);
  }

  private boolean sameAsPrevious(long at) {
    return MemorySegment.mismatch(inputs, at - PAIR, at, inputs, at, at + PAIR) < 0;
  }
}
