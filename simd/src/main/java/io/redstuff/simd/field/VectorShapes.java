package io.redstuff.simd.field;

import jdk.incubator.vector.ByteVector;

/**
 * Asks the Vector API for the machine's vector width. Apart from the kernels, so that asking loads
 * no kernel's constants.
 */
public final class VectorShapes {
  private VectorShapes() {}

  /** Returns the widest vectors the JVM prefers on this machine, in bits. */
  public static int preferredBits() {
    return ByteVector.SPECIES_PREFERRED.vectorBitSize();
  }
}
