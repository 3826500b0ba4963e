package io.redstuff.simd;

import io.redstuff.simd.field.FieldKernels;
import io.redstuff.simd.hash.HashKernels;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * One way to do the bulk arithmetic and hashing: reference, plain, or vectors of some width. All
 * engines give the same bytes; they differ in speed and in what they need from the JVM.
 *
 * <p>Thread-safe. Obtained from {@link Engines}.
 *
 * @since 0.1.0
 */
public final class Engine {
  /** The largest {@link #batchBytes} of an engine. */
  public static final int MOST_BATCH_BYTES = 4096;

  private final String name;
  private final int vectorBits;
  private final int batchBytes;
  private final HashKernels hash;
  private final LongConsumer meter;
  private volatile Supplier<FieldKernels> field;

  Engine(String name, int vectorBits, Supplier<FieldKernels> field, HashKernels hash) {
    this(name, vectorBits, vectorBits == 0 ? MOST_BATCH_BYTES : 1024, field, hash, bytes -> {});
  }

  /**
   * An engine that may change.
   *
   * @param meter is told how many bytes of symbols are about to be worked on
   */
  Engine(
      String name,
      int vectorBits,
      int batchBytes,
      Supplier<FieldKernels> field,
      HashKernels hash,
      LongConsumer meter) {
    this.name = Objects.requireNonNull(name);
    this.vectorBits = vectorBits;
    this.batchBytes = batchBytes;
    this.field = Objects.requireNonNull(field);
    this.hash = Objects.requireNonNull(hash);
    this.meter = meter;
  }

  /**
   * {@return the name by which {@code -Dredstuff.engine} selects it: {@code reference}, {@code
   * plain}, {@code vector128}, {@code vector256} or {@code vector512}}
   */
  public String name() {
    return name;
  }

  /** {@return the width of its vectors: 128, 256 or 512 bits; 0 when it uses none} */
  public int vectorBits() {
    return vectorBits;
  }

  /**
   * {@return how many bytes the symbols of several codewords should make that are encoded together,
   * at most {@value #MOST_BATCH_BYTES}}
   */
  public int batchBytes() {
    return batchBytes;
  }

  /** Returns what gives arithmetic for one worker, the same until others take its place. */
  Supplier<FieldKernels> field() {
    return field;
  }

  /** From now on workers begin their next piece of work with other kernels. */
  void changeField(Supplier<FieldKernels> next) {
    field = next;
  }

  /** Counts bytes of symbols that are about to be worked on. */
  void count(long bytes) {
    meter.accept(bytes);
  }

  /**
   * {@return what hashes, for the hashers of Merkle trees: these are in a package that is exported
   * to the codec alone, as is the type of the result}
   */
  @SuppressWarnings("exports")
  public HashKernels hash() {
    return hash;
  }

  @Override
  public String toString() {
    return name;
  }
}
