package io.redstuff.simd.field;

import java.lang.foreign.MemorySegment;

/**
 * What an engine does whose vectors can hold several points of a transform: see {@code
 * FoldedTransform}.
 *
 * <p>Rows have {@link #vectorBytes} elements, {@code 2^slotBits} for each point. A layer of {@code
 * rows} rows has butterflies between points of the same row, at a distance of {@code 2^layer}
 * points; {@code point} is the first point of the first row.
 */
public interface FoldedKernels extends FieldKernels {
  /** Returns how many elements of a plane the engine works on at a time. */
  int vectorBytes();

  /** One layer of forward butterflies. */
  void forwardNear(MemorySegment work, long first, int rows, int slotBits, int layer, int point);

  /** One layer of inverse butterflies, undoing {@link #forwardNear} with the same arguments. */
  void inverseNear(MemorySegment work, long first, int rows, int slotBits, int layer, int point);

  /**
   * Adds to as many other rows the part of the formal derivative (see {@code
   * AdditiveFft.addDerivative}) that comes from coefficients of the same row at one distance.
   */
  void addDerivativeNear(
      MemorySegment work, long polynomial, long target, int rows, int slotBits, int layer);
}
