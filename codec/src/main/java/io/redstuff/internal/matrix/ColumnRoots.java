package io.redstuff.internal.matrix;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.simd.Engine;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.SymbolRows;
import io.redstuff.simd.hash.LaneHasher;
import io.redstuff.simd.hash.ProductLeaves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The Merkle roots of all columns that blobs of a single row can have: such a column is the
 * response of the column code to a unit in row 0, times the symbol that stands there, so there are
 * no more of them than a symbol of two bytes has values. Each is computed when first asked for.
 *
 * <p>Thread-safe. Takes 4 MiB.
 */
public final class ColumnRoots {
  private static final int DIGEST = LeafHasher.DIGEST_BYTES;
  private static final int VALUES = 1 << Short.SIZE;

  /** Native memory that one of these takes: roots, and the leaves of all products. */
  static final long BYTES = 2L * VALUES * DIGEST;

  private static final VarHandle KNOWN = MethodHandles.arrayElementVarHandle(byte[].class);

  private final EncodingParameters parameters;
  private final ProductLeaves products;

  /** The logarithms of the response; zeros in the rows 1 to k1 - 1. */
  private final char[] response;

  private final MemorySegment roots;

  /** Not 0 for the values whose roots have been written. */
  private final byte[] known = new byte[VALUES];

  /**
   * Computes the response, and the root of a column of zeros, in memory that all threads which use
   * this may use.
   */
  public ColumnRoots(EncodingParameters parameters, Engine engine, Arena arena) {
    this.parameters = parameters;
    this.products = new ProductLeaves(engine.hash(), arena);
    this.response = response(parameters, engine);
    this.roots = arena.allocate((long) VALUES * DIGEST, 64);
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment group = scratch.allocate(LaneHasher.GROUP_BYTES, 64);
      ProductTrees trees = newTrees(new LaneHasher(engine.hash(), scratch), scratch);
      trees.roots(response, 0, response.length, new char[LaneHasher.LANES], group, 0);
      put(0, group, 0);
    }
  }

  private static char[] response(EncodingParameters parameters, Engine engine) {
    int n = parameters.shards();
    char[] logs = new char[n];
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment column = scratch.allocate((long) n * Short.BYTES, 64);
      column.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
      SymbolRows rows = SymbolRows.contiguous(column, 0, Short.BYTES);
      MatrixEncoder.sliverCode(parameters, Axis.SECONDARY)
          .newEncoder(engine, scratch)
          .encode(rows, rows, Short.BYTES, 1);
      for (int row = 0; row < n; row++) {
        logs[row] = ProductLeaves.log(column, (long) row * Short.BYTES);
      }
    }
    return logs;
  }

  /** Trees over rows or columns, to be filled with the hashes that are known here. */
  ProductTrees newTrees(LaneHasher hasher, Arena arena) {
    return new ProductTrees(parameters.shards(), products, hasher, arena);
  }

  /**
   * Returns the logarithm of what row {@code row} has of the symbol in row 0; not for rows of
   * zeros.
   */
  char response(int row) {
    return response[row];
  }

  /** Returns whether the root of the column with {@code symbol} in row 0 needs no computing. */
  boolean knows(int symbol) {
    return (byte) KNOWN.getAcquire(known, symbol) != 0;
  }

  /**
   * Computes the roots for eight symbols by their logarithms, none of them that of zero, with trees
   * and scratch memory of the calling thread. Several threads may do so for the same symbols: they
   * write the same bytes.
   */
  void compute(char[] symbols, ProductTrees trees, MemorySegment scratch) {
    trees.roots(response, 1, parameters.primarySourceSymbols(), symbols, scratch, 0);
    for (int lane = 0; lane < LaneHasher.LANES; lane++) {
      put(ProductLeaves.symbol(symbols[lane]), scratch, lane);
    }
  }

  private void put(int symbol, MemorySegment group, int lane) {
    LaneHasher.get(group, 0, lane, roots, (long) symbol * DIGEST);
    KNOWN.setRelease(known, symbol, (byte) 1);
  }

  /** Copies a root that is known. */
  void get(int symbol, MemorySegment out, long at) {
    MemorySegment.copy(roots, (long) symbol * DIGEST, out, at, DIGEST);
  }
}
