package io.redstuff.simd;

import io.redstuff.simd.field.FieldKernels;
import io.redstuff.simd.hash.HashKernels;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * One way to do the bulk arithmetic and hashing: reference, plain, or vectors of some width. All
 * engines give the same bytes; they differ in speed and in what they need from the JVM.
 *
 * <p>Immutable and thread-safe. Obtained from {@link Engines}.
 */
public final class Engine {
  /** The largest {@link #batchBytes} of an engine. */
  public static final int MOST_BATCH_BYTES = 4096;

  private final String name;
  private final int vectorBits;
  private final Supplier<FieldKernels> field;
  private final HashKernels hash;

  Engine(String name, int vectorBits, Supplier<FieldKernels> field, HashKernels hash) {
    this.name = Objects.requireNonNull(name);
    this.vectorBits = vectorBits;
    this.field = Objects.requireNonNull(field);
    this.hash = Objects.requireNonNull(hash);
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
    return vectorBits == 0 ? MOST_BATCH_BYTES : 1024;
  }

  /** Returns arithmetic for one worker. */
  FieldKernels field() {
    return field.get();
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
