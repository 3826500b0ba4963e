package io.redstuff.bench.peer;

import io.redstuff.bench.CodeShape;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The erasure code of ISA-L: systematic Reed-Solomon over GF(2^8) with a Cauchy matrix, all parity
 * blocks from all data blocks. Another code than ours, in a field with 256 elements. Microseconds
 * per codeword; data and parity blocks together divided by them are the rate.
 */
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class IsaLBenchmark extends PeerBenchmark {
  static final NativeLibrary LIBRARY = new NativeLibrary("libisal.so.2", "libisal2");

  /** Bytes of table that one coefficient takes. */
  private static final long TABLE_BYTES = 32;

  /** Data blocks, parity blocks, bytes of a block. */
  @Param({"10:4:1024", "10:4:65536", "10:4:1048576"})
  String shape;

  private Arena arena;
  private int length;
  private int data;
  private int parity;
  private MemorySegment tables;
  private MemorySegment dataPointers;
  private MemorySegment parityBlocks;
  private MemorySegment parityPointers;

  /** Apart, so that naming the library does not need it. */
  private static final class Handles {
    private static final MemoryLayout INT = ValueLayout.JAVA_INT;
    private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

    static final MethodHandle CAUCHY_MATRIX = function("gf_gen_cauchy1_matrix", POINTER, INT, INT);
    static final MethodHandle INIT_TABLES = function("ec_init_tables", INT, INT, POINTER, POINTER);
    static final MethodHandle ENCODE_DATA =
        function("ec_encode_data", INT, INT, INT, POINTER, POINTER, POINTER);

    private static MethodHandle function(String name, MemoryLayout... parameters) {
      return LIBRARY.function(name, FunctionDescriptor.ofVoid(parameters));
    }
  }

  /** Makes the data blocks and the tables of the code. */
  @Setup
  public void setUp() {
    CodeShape blocks = CodeShape.parse(shape);
    length = blocks.symbolBytes();
    data = blocks.code().originals();
    parity = blocks.code().recovery();
    arena = Arena.ofConfined();
    MemorySegment dataBlocks = arena.allocate((long) data * length, 64);
    parityBlocks = arena.allocate((long) parity * length, 64);
    byte[][] bytes = data(blocks);
    for (int i = 0; i < data; i++) {
      MemorySegment.copy(bytes[i], 0, dataBlocks, ValueLayout.JAVA_BYTE, (long) i * length, length);
    }
    dataPointers = pointers(dataBlocks, data);
    parityPointers = pointers(parityBlocks, parity);
    tables = arena.allocate(TABLE_BYTES * data * parity, 64);
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

  /** Frees the blocks. */
  @TearDown
  public void tearDown() {
    arena.close();
  }

  /** Returns the parity blocks, one after the other. */
  @Benchmark
  public MemorySegment encode() {
    try {
      Handles.ENCODE_DATA.invokeExact(length, data, parity, tables, dataPointers, parityPointers);
    } catch (Throwable e) {
      throw NativeLibrary.thrown(e);
    }
    return parityBlocks;
  }

  private MemorySegment pointers(MemorySegment blocks, int count) {
    MemorySegment pointers = arena.allocate(ValueLayout.ADDRESS, count);
    for (int i = 0; i < count; i++) {
      pointers.setAtIndex(ValueLayout.ADDRESS, i, blocks.asSlice((long) i * length, length));
    }
    return pointers;
  }
}
