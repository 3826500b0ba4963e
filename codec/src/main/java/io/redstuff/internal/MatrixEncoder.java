package io.redstuff.internal;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.proof.MerkleTree;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.ReedSolomon;
import io.redstuff.simd.ReedSolomonEncoder;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Extends a message matrix to n x n symbols, hashes all of them, and keeps the slivers if asked to.
 *
 * <p>First the k1 source rows are extended to n symbols; the new ones are the sources of the
 * columns k2..n-1 and stored column by column. Then the columns are extended, some at a time, and
 * each is hashed while it is in the cache: its leaf hashes give the column's root at once and go on
 * to {@link RowTrees}.
 *
 * <p>Reusable. For one thread at a time.
 */
public final class MatrixEncoder {
  private static final int DIGEST = LeafHasher.DIGEST_BYTES;

  /** Columns are taken together until their symbols make rows of about this many bytes. */
  private static final int GROUP_BYTES = 1024;

  private final EncodingParameters parameters;
  private final Arena arena;
  private final ReedSolomonEncoder rowEncoder;
  private final ReedSolomonEncoder columnEncoder;
  private final LeafHasher hasher;
  private final RowTrees rowTrees;
  private final MemorySegment leaves;
  private final MemorySegment treeScratch;
  private final MemorySegment hashes;

  /** Recovery symbols of a group of columns; grows with the symbol size, then stays. */
  private MemorySegment groupScratch;

  /**
   * Allocates the memory that does not depend on the blob.
   *
   * @param parameters the shape
   * @param engine does the arithmetic and the hashing
   * @param arena gives the memory
   */
  public MatrixEncoder(EncodingParameters parameters, Engine engine, Arena arena) {
    int shards = parameters.shards();
    this.parameters = parameters;
    this.arena = arena;
    this.rowEncoder = sliverCode(parameters, Axis.PRIMARY).newEncoder(engine, arena);
    this.columnEncoder = sliverCode(parameters, Axis.SECONDARY).newEncoder(engine, arena);
    this.hasher = new LeafHasher(engine, arena);
    this.rowTrees = new RowTrees(shards, shards, hasher, arena);
    this.leaves = arena.allocate((long) shards * DIGEST, 64);
    this.treeScratch = arena.allocate(MerkleTree.scratchBytes(shards), 64);
    this.hashes = arena.allocate(2L * shards * DIGEST, 64);
    this.groupScratch = MemorySegment.NULL;
  }

  /**
   * The code of which an expanded sliver is a codeword.
   *
   * @param parameters the shape
   * @param axis the axis of the sliver
   * @return k2:(n-k2) for a primary sliver, k1:(n-k1) for a secondary one
   */
  public static ReedSolomon sliverCode(EncodingParameters parameters, Axis axis) {
    int originals = parameters.symbolsPerSliver(axis);
    return ReedSolomon.of(originals, parameters.shards() - originals);
  }

  /**
   * Commits to a blob without keeping its slivers. Takes about half the padded blob of scratch
   * memory for the time of the call.
   *
   * @param blob the bytes, native
   * @return the metadata
   */
  public VerifiedMetadata commit(MemorySegment blob) {
    try (Arena scratch = Arena.ofConfined()) {
      MessageMatrix source = MessageMatrix.reading(parameters, blob, scratch);
      long columnBytes = (long) parameters.primarySourceSymbols() * source.symbolSize();
      int extended = parameters.shards() - parameters.secondarySourceSymbols();
      MemorySegment extension = scratch.allocate(extended * columnBytes, 64);
      run(source, extension, 0, null, 0);
    }
    return VerifiedMetadata.ofHashes(parameters, blob.byteSize(), hashes, hasher);
  }

  /**
   * Encodes a blob to slivers.
   *
   * @param blob the bytes, native
   * @param slivers where the slivers go: the n primary ones by index, then the n secondary ones by
   *     index; native, at least {@link EncodingParameters#sliversLength} bytes
   * @return the metadata
   */
  public VerifiedMetadata encode(MemorySegment blob, MemorySegment slivers) {
    int symbolSize = parameters.symbolSize(blob.byteSize());
    long primaryBytes = parameters.sliverLength(Axis.PRIMARY, symbolSize);
    long secondaryBytes = parameters.sliverLength(Axis.SECONDARY, symbolSize);
    long padded = parameters.paddedLength(blob.byteSize());
    // the first k1 primary slivers are the padded blob: from here on they are the source
    MemorySegment.copy(blob, 0, slivers, 0, blob.byteSize());
    slivers.asSlice(blob.byteSize(), padded - blob.byteSize()).fill((byte) 0);
    try (Arena scratch = Arena.ofConfined()) {
      MessageMatrix source = MessageMatrix.reading(parameters, slivers.asSlice(0, padded), scratch);
      long secondaries = parameters.shards() * primaryBytes;
      long extension = secondaries + parameters.secondarySourceSymbols() * secondaryBytes;
      run(source, slivers, extension, slivers, secondaries);
    }
    return VerifiedMetadata.ofHashes(parameters, blob.byteSize(), hashes, hasher);
  }

  /**
   * Extends and hashes.
   *
   * @param source the message
   * @param extension gets the columns k2..n-1 of the source rows, each k1 symbols
   * @param extensionAt where the first of them goes
   * @param slivers gets the primary slivers k1..n-1 and the secondary slivers 0..k2-1; null to keep
   *     none
   * @param secondaries where in {@code slivers} the secondary ones start
   */
  private void run(
      MessageMatrix source,
      MemorySegment extension,
      long extensionAt,
      MemorySegment slivers,
      long secondaries) {
    int symbolSize = source.symbolSize();
    int k2 = parameters.secondarySourceSymbols();
    extendRows(source, extension, extensionAt);
    long columnBytes = (long) parameters.primarySourceSymbols() * symbolSize;
    int group = Math.max(1, GROUP_BYTES / symbolSize);
    for (int column = 0; column < parameters.shards(); ) {
      int limit = column < k2 ? k2 : parameters.shards();
      int count = Math.min(group, limit - column);
      if (column < k2) {
        sourceColumns(source, column, count, slivers, secondaries);
      } else {
        long at = extensionAt + (column - k2) * columnBytes;
        SymbolRows originals = new SymbolRows.Grid(extension, at, 0, symbolSize, columnBytes);
        SymbolRows recovery = groupScratchRows(symbolSize, count);
        columnEncoder.encode(originals, recovery, symbolSize, count);
        for (int lane = 0; lane < count; lane++) {
          hashRange(extension, at + lane * columnBytes, symbolSize, symbolSize, 0, k1());
          finishColumn(column + lane, recovery, lane, symbolSize);
        }
      }
      column += count;
    }
    for (int row = 0; row < parameters.shards(); row++) {
      store(rowTrees.root(row), 2L * row * DIGEST);
    }
  }

  private int k1() {
    return parameters.primarySourceSymbols();
  }

  private void extendRows(MessageMatrix source, MemorySegment extension, long extensionAt) {
    int symbolSize = source.symbolSize();
    long columnBytes = (long) k1() * symbolSize;
    int k2 = parameters.secondarySourceSymbols();
    int[] starts = {0, source.wholeRows(), k1()};
    for (int part = 0; part < 2; part++) {
      int first = starts[part];
      int lanes = starts[part + 1] - first;
      if (lanes > 0) {
        SymbolRows recovery =
            new SymbolRows.Grid(
                extension, extensionAt + (long) first * symbolSize, k2, columnBytes, symbolSize);
        rowEncoder.encode(source.rows(first), recovery, symbolSize, lanes);
      }
    }
  }

  /** Extends and hashes columns below k2, whose sources lie in the rows of the message. */
  private void sourceColumns(
      MessageMatrix source, int column, int count, MemorySegment slivers, long secondaries) {
    int symbolSize = source.symbolSize();
    SymbolRows recovery;
    if (slivers == null) {
      recovery = groupScratchRows(symbolSize, count);
    } else {
      long primaryBytes = parameters.sliverLength(Axis.PRIMARY, symbolSize);
      recovery =
          new SymbolRows.Grid(
              slivers,
              k1() * primaryBytes + (long) column * symbolSize,
              k1(),
              primaryBytes,
              symbolSize);
      copyColumns(source, column, count, slivers, secondaries);
    }
    columnEncoder.encode(source.columns(column), recovery, symbolSize, count);
    long rowBytes = parameters.sliverLength(Axis.PRIMARY, symbolSize);
    for (int lane = 0; lane < count; lane++) {
      long inRow = (long) (column + lane) * symbolSize;
      int whole = source.wholeRows();
      if (whole > 0) {
        hashRange(source.segment(0), inRow, rowBytes, symbolSize, 0, whole);
      }
      if (whole < k1()) {
        hashRange(source.segment(whole), inRow, rowBytes, symbolSize, whole, k1() - whole);
      }
      finishColumn(column + lane, recovery, lane, symbolSize);
    }
  }

  /** Copies columns of the message to the secondary slivers they are. */
  private void copyColumns(
      MessageMatrix source, int column, int count, MemorySegment slivers, long secondaries) {
    int symbolSize = source.symbolSize();
    long columnBytes = (long) k1() * symbolSize;
    for (int row = 0; row < k1(); row++) {
      MemorySegment from = source.segment(row);
      long at = source.offset(row) + (long) column * symbolSize;
      for (int lane = 0; lane < count; lane++) {
        long to = secondaries + (column + lane) * columnBytes + (long) row * symbolSize;
        MemorySegment.copy(from, at + (long) lane * symbolSize, slivers, to, symbolSize);
      }
    }
  }

  /** Hashes the recovery symbols of a column and takes its leaf hashes up both trees. */
  private void finishColumn(int column, SymbolRows recovery, int lane, int symbolSize) {
    int first = k1();
    long at = recovery.offset(first) + lane * recovery.laneStride();
    long stride = recovery.offset(first + 1) - recovery.offset(first);
    hashRange(recovery.segment(first), at, stride, symbolSize, first, parameters.shards() - first);
    byte[] root = MerkleTree.root(hasher, leaves, 0, parameters.shards(), treeScratch);
    int pair = parameters.shards() - 1 - column;
    store(root, (2L * pair + 1) * DIGEST);
    rowTrees.column(column, leaves);
  }

  private void hashRange(
      MemorySegment symbols, long at, long stride, int symbolSize, int first, int count) {
    hasher.hash(
        LeafHasher.LEAF_PREFIX,
        symbols,
        at,
        stride,
        symbolSize,
        count,
        leaves,
        (long) first * DIGEST,
        DIGEST);
  }

  private void store(byte[] digest, long at) {
    MemorySegment.copy(digest, 0, hashes, ValueLayout.JAVA_BYTE, at, DIGEST);
  }

  private SymbolRows groupScratchRows(int symbolSize, int count) {
    int recovery = parameters.shards() - k1();
    long rowBytes = (long) count * symbolSize;
    if (groupScratch.byteSize() < recovery * rowBytes) {
      groupScratch = arena.allocate(recovery * rowBytes, 64);
    }
    return new SymbolRows.Grid(groupScratch, 0, k1(), rowBytes, symbolSize);
  }
}
