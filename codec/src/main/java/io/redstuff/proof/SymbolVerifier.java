package io.redstuff.proof;

import io.redstuff.error.VerificationException;
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
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Proves many symbols together, of one blob or of many, and names those that fail.
 *
 * <p>Proofs of one number of shards have one length, so they climb level by level side by side in
 * the lanes of the hasher. They are sorted by source and position: neighbors that meet in the same
 * inner node are hashed once. Two proofs share a node only if both of its children are equal, so
 * one symbol's forged path cannot vouch for another.
 *
 * <p>Reusable; keeps its memory in the arena it was made with. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class SymbolVerifier {
  /** Long symbols climb in smaller batches, so that their bytes take no more than this. */
  private static final int BATCH_BYTES = 64 << 20;

  /** The lower bits of what is sorted: the place that a symbol had before. */
  private static final int PLACE = (1 << (Integer.SIZE - 2)) - 1;

  private final PathClimber climber;

  /**
   * A verifier.
   *
   * @param engine does the hashing
   * @param arena gives the memory and decides which threads may use the verifier and for how long
   */
  public SymbolVerifier(Engine engine, Arena arena) {
    this.climber = new PathClimber(new LeafHasher(engine, arena), arena);
  }

  /**
   * Returns the most native memory that a verifier takes.
   *
   * @param symbolSize the size of the longest symbols in bytes
   * @return bytes, some 4 MiB for short symbols and 260 MiB for the longest
   */
  public static long memory(int symbolSize) {
    return LeafHasher.BYTES + PathClimber.memory(symbolSize, BATCH_BYTES);
  }

  /**
   * Proves symbols, each in its own cell.
   *
   * @param metadata what to prove against
   * @param symbols any number of symbols
   * @return those that failed, with the reason and message that {@link
   *     GeneralRecoverySymbol#verify(SliverHashes)} would give; empty when all are good
   */
  public Map<GeneralRecoverySymbol, RejectedSymbol> verify(
      VerifiedMetadata metadata, Collection<GeneralRecoverySymbol> symbols) {
    Map<GeneralRecoverySymbol, RejectedSymbol> rejected = new LinkedHashMap<>();
    verify(
        symbols.stream().map(symbol -> new SymbolClaim(metadata, symbol)).toList(),
        (claim, why) -> rejected.put(claim.symbol(), why));
    return rejected;
  }

  /**
   * Proves symbols of any blobs, each in its own cell.
   *
   * @param claims any number of symbols with what to prove them against, the faster the more of one
   *     symbol size
   * @param rejected is told of those that fail, in no certain order, with the reason and message
   *     that {@link GeneralRecoverySymbol#verify(SliverHashes)} would give
   */
  public void verify(
      Collection<SymbolClaim> claims, BiConsumer<SymbolClaim, RejectedSymbol> rejected) {
    // All leaves of a batch are equally long, and all paths.
    Map<Long, List<SymbolClaim>> fitting = new TreeMap<>();
    for (SymbolClaim claim : claims) {
      GeneralRecoverySymbol symbol = claim.symbol();
      SliverHashes hashes = claim.hashes();
      try {
        symbol.withoutTarget().checkShape(hashes, symbol.target());
        long shape = ((long) hashes.parameters().shards() << Integer.SIZE) | hashes.symbolSize();
        fitting.computeIfAbsent(shape, _ -> new ArrayList<>()).add(claim);
      } catch (VerificationException e) {
        rejected.accept(claim, RejectedSymbol.of(symbol, e));
      }
    }
    for (List<SymbolClaim> alike : fitting.values()) {
      List<SymbolClaim> sorted = sorted(alike);
      int symbolSize = alike.getFirst().hashes().symbolSize();
      int batch = Math.min(PathClimber.BATCH, BATCH_BYTES / symbolSize);
      for (int from = 0; from < sorted.size(); from += batch) {
        prove(sorted.subList(from, Math.min(sorted.size(), from + batch)), rejected);
      }
    }
  }

  /** By source and position. Numbers are sorted, and what is sorted before is only looked at. */
  private static List<SymbolClaim> sorted(List<SymbolClaim> claims) {
    long[] keys = new long[claims.size()];
    for (int i = 0; i < keys.length; i++) {
      GeneralRecoverySymbol symbol = claims.get(i).symbol();
      long cell = ((long) symbol.sourceIndex() << Short.SIZE) | symbol.targetIndex();
      long sourceAxis = symbol.axis().opposite().variant();
      keys[i] = (((sourceAxis << (2 * Short.SIZE)) | cell) << (Integer.SIZE - 2)) | i;
    }
    Arrays.sort(keys);
    List<SymbolClaim> sorted = new ArrayList<>(keys.length);
    for (long key : keys) {
      sorted.add(claims.get((int) key & PLACE));
    }
    return sorted;
  }

  private void prove(List<SymbolClaim> claims, BiConsumer<SymbolClaim, RejectedSymbol> rejected) {
    int count = claims.size();
    SliverHashes shape = claims.getFirst().hashes();
    int symbolSize = shape.symbolSize();
    MemorySegment leaves = climber.leaves(count, symbolSize);
    PathClimber.Paths paths = new PathClimber.Paths(count);
    SymbolClaim previous = null;
    for (int i = 0; i < count; i++) {
      SymbolClaim claim = claims.get(i);
      GeneralRecoverySymbol symbol = claim.symbol();
      symbol.withoutTarget().withoutProof().copyTo(leaves, (long) i * symbolSize);
      paths.set(
          i, symbol.proof(), symbol.targetIndex(), previous != null && sameTree(previous, claim));
      previous = claim;
    }
    int height = MerkleTree.height(shape.parameters().shards());
    MemorySegment roots = climber.climb(paths, symbolSize, height);
    for (int i = 0; i < count; i++) {
      SliverHashes hashes = claims.get(i).hashes();
      GeneralRecoverySymbol symbol = claims.get(i).symbol();
      long root = paths.rootOffset(i);
      if (!hashes.matches(symbol.source(), roots, root)) {
        byte[] bytes = roots.asSlice(root, LeafHasher.DIGEST_BYTES).toArray(ValueLayout.JAVA_BYTE);
        VerificationException e = symbol.withoutTarget().elsewhere(hashes, symbol.target(), bytes);
        rejected.accept(claims.get(i), RejectedSymbol.of(symbol, e));
      }
    }
  }

  private static boolean sameTree(SymbolClaim a, SymbolClaim b) {
    return a.hashes().blobId().equals(b.hashes().blobId())
        && a.symbol().axis() == b.symbol().axis()
        && a.symbol().sourceIndex() == b.symbol().sourceIndex();
  }
}
