package io.redstuff.bench.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The erasure code of ISA-L: systematic Reed-Solomon over GF(2^8) with a Cauchy matrix, on native
 * memory. Another code than ours, in a field with 256 elements.
 */
final class IsaL {
  static final NativeLibrary LIBRARY = new NativeLibrary("libisal.so.2", "libisal2");

  /** Bytes of table that one coefficient takes. */
  private static final long TABLE_BYTES = 32;

  private final int length;
  private final int data;
  private final int parity;
  private final MemorySegment tables;
  private final MemorySegment dataPointers;
  private final MemorySegment parityPointers;

  /** Apart, so that naming the library does not need it. */
  private static final class Handles {
    static final MethodHandle CAUCHY_MATRIX =
        LIBRARY.function(
            "gf_gen_cauchy1_matrix",
            FunctionDescriptor.ofVoid(
                ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    static final MethodHandle INIT_TABLES =
        LIBRARY.function(
            "ec_init_tables",
            FunctionDescriptor.ofVoid(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS));

    static final MethodHandle ENCODE_DATA =
        LIBRARY.function(
            "ec_encode_data",
            FunctionDescriptor.ofVoid(
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS));
  }

  /**
   * Prepares the tables of a code.
   *
   * @param arena gives the memory for them
   * @param data how many data blocks
   * @param parity how many parity blocks
   * @param dataBlocks the data blocks, one after the other; native
   * @param parityBlocks takes the parity blocks; native
   * @param length bytes of a block
   * @throws IllegalStateException if the library is not installed
   */
  IsaL(
      Arena arena,
      int data,
      int parity,
      MemorySegment dataBlocks,
      MemorySegment parityBlocks,
      int length) {
    this.length = length;
    this.data = data;
    this.parity = parity;
    tables = arena.allocate(TABLE_BYTES * data * parity, 64);
    dataPointers = pointers(arena, dataBlocks, data, length);
    parityPointers = pointers(arena, parityBlocks, parity, length);
    MemorySegment matrix = arena.allocate((long) (data + parity) * data);
    // The first rows of the matrix are the identity: the data blocks themselves.
    MemorySegment parityRows = matrix.asSlice((long) data * data);
    try {
      Handles.CAUCHY_MATRIX.invokeExact(matrix, data + parity, data);
      Handles.INIT_TABLES.invokeExact(data, parity, parityRows, tables);
    } catch (Throwable e) {
      throw NativeLibrary.thrown(e);
    }
  }

  /** Computes the parity blocks from the data blocks. */
  void encode() {
    try {
      Handles.ENCODE_DATA.invokeExact(length, data, parity, tables, dataPointers, parityPointers);
    } catch (Throwable e) {
      throw NativeLibrary.thrown(e);
    }
  }

  private static MemorySegment pointers(Arena arena, MemorySegment blocks, int count, int length) {
    MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, count);
    for (int i = 0; i < count; i++) {
      pointers.setAtIndex(ValueLayout.ADDRESS, i, blocks.asSlice((long) i * length, length));
    }
    return pointers;
  }
}
