package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.proof.MerkleTree;
import io.redstuff.simd.Engine;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.ReedSolomonEncoder;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Expands slivers of one axis to n symbols and computes the Merkle root that metadata commits to.
 *
 * <p>Reusable. For one thread at a time.
 */
public final class SliverHasher {
  private static final int DIGEST = LeafHasher.DIGEST_BYTES;
  private static final int GROUP_BYTES = 1024;
  private static final int LEAF_HASHER_BYTES = 4096;

  /** Takes the root of one sliver. */
  @FunctionalInterface
  public interface RootConsumer {
    /** Takes the root of the sliver in a lane, 32 bytes. */
    void accept(int lane, byte[] root);
  }

  private final EncodingParameters parameters;
  private final Arena arena;
  private final int originals;
  private final ReedSolomonEncoder encoder;
  private final LeafHasher hasher;
  private final MemorySegment leaves;
  private final MemorySegment treeScratch;
  private MemorySegment recoveryScratch = MemorySegment.NULL;
  private MemorySegment nodes = MemorySegment.NULL;

  /** Allocates the memory that does not depend on the slivers. */
  public SliverHasher(EncodingParameters parameters, Axis axis, Engine engine, Arena arena) {
    this.parameters = parameters;
    this.arena = arena;
    this.originals = parameters.symbolsPerSliver(axis);
    this.encoder = MatrixEncoder.sliverCode(parameters, axis).newEncoder(engine, arena);
    this.hasher = new LeafHasher(engine, arena);
    this.leaves = arena.allocate((long) parameters.shards() * DIGEST, 64);
    this.treeScratch = arena.allocate(MerkleTree.scratchBytes(parameters.shards()), 64);
  }

  /** Returns how many bytes {@link #hash} takes at most, with all that is allocated before. */
  public static long workBytes(EncodingParameters parameters, Axis axis, int symbolSize) {
    ReedSolomon code = MatrixEncoder.sliverCode(parameters, axis);
    long leavesAndTree =
        (long) code.length() * DIGEST + MerkleTree.scratchBytes(parameters.shards());
    return code.encoderBytes()
        + LEAF_HASHER_BYTES
        + leavesAndTree
        + (long) code.recovery() * Math.max(symbolSize, GROUP_BYTES);
  }

  /**
   * Hashes slivers that lie in native memory from an offset on, {@code stride} bytes from the start
   * of one to the next. The roots come in order.
   */
  public void hash(
      MemorySegment slivers,
      long offset,
      long stride,
      int lanes,
      int symbolSize,
      RootConsumer roots) {
    int group = Math.max(1, GROUP_BYTES / symbolSize);
    for (int first = 0; first < lanes; first += group) {
      int count = Math.min(group, lanes - first);
      hashGroup(slivers, offset + first * stride, stride, first, count, symbolSize, roots);
    }
  }

  /**
   * Expands one sliver, which native memory for n symbols starts with, and builds the tree over all
   * its symbols.
   */
  public MerkleTree expand(MemorySegment symbols, int symbolSize) {
    SymbolRows rows = SymbolRows.contiguous(symbols, 0, symbolSize);
    encoder.encode(rows, rows, symbolSize, 1);
    nodes = NativeMemory.atLeast(nodes, MerkleTree.nodeBytes(parameters.shards()), arena);
    return MerkleTree.ofLeaves(
        hasher, symbols, 0, symbolSize, symbolSize, parameters.shards(), nodes);
  }

  private void hashGroup(
      MemorySegment slivers,
      long offset,
      long stride,
      int firstLane,
      int count,
      int symbolSize,
      RootConsumer roots) {
    int recovery = parameters.shards() - originals;
    long rowBytes = (long) count * symbolSize;
    // as much as the largest group takes, so that this happens once for each size of a symbol
    long most = (long) recovery * Math.max(symbolSize, GROUP_BYTES);
    recoveryScratch = NativeMemory.atLeast(recoveryScratch, most, arena);
    encoder.encode(
        new SymbolRows.Grid(slivers, offset, 0, symbolSize, stride),
        new SymbolRows.Grid(recoveryScratch, 0, originals, rowBytes, symbolSize),
        symbolSize,
        count);
    for (int lane = 0; lane < count; lane++) {
      hasher.hash(
          LeafHasher.LEAF_PREFIX,
          slivers,
          offset + lane * stride,
          symbolSize,
          symbolSize,
          originals,
          leaves,
          0,
          DIGEST);
      hasher.hash(
          LeafHasher.LEAF_PREFIX,
          recoveryScratch,
          (long) lane * symbolSize,
          rowBytes,
          symbolSize,
          recovery,
          leaves,
          (long) originals * DIGEST,
          DIGEST);
      roots.accept(
          firstLane + lane, MerkleTree.root(hasher, leaves, 0, parameters.shards(), treeScratch));
    }
  }
}
