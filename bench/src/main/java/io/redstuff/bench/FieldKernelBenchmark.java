package io.redstuff.bench;

import io.redstuff.simd.Engine;
import io.redstuff.simd.FieldWorkSet;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * The kernels of the additive FFT. Microseconds per pass over the work set, which fits the
 * second-level cache; the counted bytes are those of the work set, once for each layer of
 * butterflies.
 */
public class FieldKernelBenchmark extends EngineBenchmark {
  private static final int SEED = 1;

  @Param FieldWorkSet.Pass pass;

  @Param({"128", "512", "1024", "4096"})
  int rowBytes;

  /** Bytes of all rows. */
  @Param("524288")
  int workBytes;

  private MemorySegment work;
  private FieldWorkSet rows;

  @Override
  void prepare(Engine chosen, Arena memory) {
    work = SeededBytes.allocate(memory, workBytes, SEED);
    rows = new FieldWorkSet(chosen, work, rowBytes);
  }

  /** The rows, in wire coordinates until they enter the engine's. */
  MemorySegment work() {
    return work;
  }

  /** Goes once over all rows. */
  @Benchmark
  public void kernel(Bytes bytes) {
    bytes.add((long) pass.layers() * workBytes);
    rows.run(pass);
  }
}
