package io.redstuff.simd;

import jdk.incubator.vector.ByteVector;

/**
 * Asks the Vector API for the machine's vector width. Apart from the kernels, so that asking loads
 * no kernel's constants.
 */
final class VectorShapes {
  private VectorShapes() {}

  /** Returns the widest vectors the JVM prefers on this machine, in bits. */
  static int preferredBits() {
    return ByteVector.SPECIES_PREFERRED.vectorBitSize();
  }
}
