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

  /** Bytes of a row. */
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

  /** The rows, in wire coordinates until {@link #enter}. */
  MemorySegment work() {
    return work;
  }

  /**
   * One layer, factor in the subfield GF(2^8).
   *
   * @param bytes counts work bytes
   */
  @Benchmark
  public void forward(Bytes bytes) {
    bytes.add(rows.bytes());
    rows.forward();
  }

  /**
   * One layer, general factor.
   *
   * @param bytes counts work bytes
   */
  @Benchmark
  public void forwardGeneral(Bytes bytes) {
    bytes.add(rows.bytes());
    rows.forwardGeneral();
  }

  /**
   * Two layers, factors in the subfield.
   *
   * @param bytes counts work bytes, twice
   */
  @Benchmark
  public void forward4(Bytes bytes) {
    bytes.add(2 * rows.bytes());
    rows.forward4();
  }

  /**
   * Two layers, general factors.
   *
   * @param bytes counts work bytes, twice
   */
  @Benchmark
  public void forward4General(Bytes bytes) {
    bytes.add(2 * rows.bytes());
    rows.forward4General();
  }

  /**
   * The lowest two layers, factors in the subfield: one call for each four rows.
   *
   * @param bytes counts work bytes, twice
   */
  @Benchmark
  public void forward4Lowest(Bytes bytes) {
    bytes.add(2 * rows.bytes());
    rows.forward4Lowest();
  }

  /**
   * Two layers backwards, factors in the subfield.
   *
   * @param bytes counts work bytes, twice
   */
  @Benchmark
  public void inverse4(Bytes bytes) {
    bytes.add(2 * rows.bytes());
    rows.inverse4();
  }

  /**
   * Every row times a factor of the subfield.
   *
   * @param bytes counts work bytes
   */
  @Benchmark
  public void multiply(Bytes bytes) {
    bytes.add(rows.bytes());
    rows.multiply();
  }

  /**
   * Every row times a general factor.
   *
   * @param bytes counts work bytes
   */
  @Benchmark
  public void multiplyGeneral(Bytes bytes) {
    bytes.add(rows.bytes());
    rows.multiplyGeneral();
  }

  /**
   * Every row from wire coordinates to the engine's.
   *
   * @param bytes counts work bytes
   */
  @Benchmark
  public void enter(Bytes bytes) {
    bytes.add(rows.bytes());
    rows.enter();
  }

  /**
   * Every row back to wire coordinates.
   *
   * @param bytes counts work bytes
   */
  @Benchmark
  public void leave(Bytes bytes) {
    bytes.add(rows.bytes());
    rows.leave();
  }
}
