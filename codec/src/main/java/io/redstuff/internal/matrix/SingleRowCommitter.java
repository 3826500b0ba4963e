package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.ReedSolomonEncoder;
import io.redstuff.simd.SymbolRows;
import io.redstuff.simd.hash.LaneHasher;
import io.redstuff.simd.hash.ProductLeaves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Commits to blobs that fill no more than the first source row, with symbols of two bytes.
 *
 * <p>Their expanded matrix has rank one: symbol (i, c) is what the column code makes of a unit in
 * row 0, at row i, times symbol c of the expanded row 0. So {@link ColumnRoots} knows the trees of
 * the columns, the rows 1 to k1 - 1 are zero, and what is left are the trees of the others, without
 * the columns that the blob does not reach.
 *
 * <p>Reusable. For one thread at a time.
 */
public final class SingleRowCommitter {
  private static final int DIGEST = LeafHasher.DIGEST_BYTES;
  private static final int LANES = LaneHasher.LANES;

  private final EncodingParameters parameters;
  private final int size;
  private final int k1;
  private final int k2;
  private final ColumnRoots columnRoots;
  private final ReedSolomonEncoder rowEncoder;
  private final ProductTrees trees;
  private final LeafHasher pairHasher;

  /** Row 0. */
  private final MemorySegment row;

  private final SymbolRows symbols;

  /** Its logarithms. */
  private final char[] logs;

  private final char[] factors = new char[LANES];
  private final MemorySegment roots;

  /** As metadata lists them: for each pair the row's root, then the column's. */
  private final MemorySegment hashes;

  /** Takes about 70 bytes for each shard; committers of one shape share the column roots. */
  public SingleRowCommitter(
      EncodingParameters parameters, Engine engine, ColumnRoots columnRoots, Arena arena) {
    this.parameters = parameters;
    this.size = parameters.shards();
    this.k1 = parameters.primarySourceSymbols();
    this.k2 = parameters.secondarySourceSymbols();
    this.columnRoots = columnRoots;
    this.rowEncoder = MatrixEncoder.sliverCode(parameters, Axis.PRIMARY).newEncoder(engine, arena);
    this.trees = columnRoots.newTrees(new LaneHasher(engine.hash(), arena), arena);
    this.pairHasher = new LeafHasher(engine, arena);
    this.row = arena.allocate((long) size * Short.BYTES, 64);
    this.symbols = SymbolRows.contiguous(row, 0, Short.BYTES);
    this.logs = new char[size];
    this.roots = arena.allocate(LaneHasher.GROUP_BYTES, 64);
    this.hashes = arena.allocate(2L * size * DIGEST, 64);
  }

  /** Returns bytes of native memory that one of these takes. */
  static long memory(EncodingParameters parameters) {
    long size = parameters.shards();
    return MatrixEncoder.sliverCode(parameters, Axis.PRIMARY).encoderBytes()
        + ProductTrees.memory(parameters.shards())
        + 2 * LaneHasher.BYTES // that of the trees, and that of the pairs
        + size * Short.BYTES
        + LaneHasher.GROUP_BYTES
        + 2 * size * DIGEST;
  }

  /** Returns the length of the longest blob that fills no more than the first source row. */
  public static long longest(EncodingParameters parameters) {
    return (long) parameters.secondarySourceSymbols() * Short.BYTES;
  }

  /** Commits to a blob, native or heap, of no more than {@link #longest} bytes. */
  public VerifiedMetadata commit(MemorySegment blob) {
    MemorySegment.copy(blob, 0, row, 0, blob.byteSize());
    row.asSlice(blob.byteSize()).fill((byte) 0);
    rowEncoder.encode(symbols, symbols, Short.BYTES, 1);
    for (int column = 0; column < size; column++) {
      logs[column] = ProductLeaves.log(row, (long) column * Short.BYTES);
    }
    rows();
    columns();
    return VerifiedMetadata.ofHashes(parameters, blob.byteSize(), hashes, pairHasher);
  }

  private void rows() {
    int zeroFrom = k2;
    while (zeroFrom > 0 && logs[zeroFrom - 1] == ProductLeaves.LOG_OF_ZERO) {
      zeroFrom--;
    }
    int zeroTo = zeroFrom == 0 ? size : k2;
    for (int i = 1; i < k1; i++) {
      columnRoots.get(0, hashes, 2L * i * DIGEST);
    }
    int live = 1 + size - k1;
    for (int first = 0; first < live; first += LANES) {
      int count = Math.min(LANES, live - first);
      for (int lane = 0; lane < LANES; lane++) {
        factors[lane] = columnRoots.response(liveRow(first + Math.min(lane, count - 1)));
      }
      trees.roots(logs, zeroFrom, zeroTo, factors, roots, 0);
      for (int lane = 0; lane < count; lane++) {
        LaneHasher.get(roots, 0, lane, hashes, 2L * liveRow(first + lane) * DIGEST);
      }
    }
  }

  /** Returns the rows that are not zero, by number: row 0, then those from k1 on. */
  private int liveRow(int number) {
    return number == 0 ? 0 : k1 + number - 1;
  }

  private void columns() {
    int missing = 0;
    for (int column = 0; column < size; column++) {
      if (!columnRoots.knows(ProductLeaves.symbol(logs[column]))) {
        factors[missing++] = logs[column];
        if (missing == LANES) {
          columnRoots.compute(factors, trees, roots);
          missing = 0;
        }
      }
    }
    if (missing > 0) {
      Arrays.fill(factors, missing, LANES, factors[0]);
      columnRoots.compute(factors, trees, roots);
    }
    for (int column = 0; column < size; column++) {
      int symbol = ProductLeaves.symbol(logs[column]);
      // the sliver of column c is that of pair n - 1 - c
      columnRoots.get(symbol, hashes, (2L * (size - 1 - column) + 1) * DIGEST);
    }
  }
}
