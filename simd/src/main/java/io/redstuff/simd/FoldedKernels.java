package io.redstuff.simd;

import java.lang.foreign.MemorySegment;

/**
 * What an engine does whose vectors can hold several points of a transform: see {@link
 * FoldedTransform}.
 */
interface FoldedKernels extends FieldKernels {
  /**
   * How many elements of a plane the engine works on at a time.
   *
   * @return the size of a vector in bytes
   */
  int vectorBytes();

  /**
   * One layer of forward butterflies between points of the same row. Rows have {@link #vectorBytes}
   * elements, {@code 2^slotBits} for each point.
   *
   * @param work native memory
   * @param first offset of the first row
   * @param rows number of rows
   * @param slotBits binary logarithm of the elements of a point
   * @param layer binary logarithm of the butterfly distance in points
   * @param point the first point of the first row
   */
  void forwardNear(MemorySegment work, long first, int rows, int slotBits, int layer, int point);

  /**
   * One layer of inverse butterflies, undoing {@link #forwardNear} with the same arguments.
   *
   * @param work native memory
   * @param first offset of the first row
   * @param rows number of rows
   * @param slotBits binary logarithm of the elements of a point
   * @param layer binary logarithm of the butterfly distance in points
   * @param point the first point of the first row
   */
  void inverseNear(MemorySegment work, long first, int rows, int slotBits, int layer, int point);

  /**
   * Adds the part of the formal derivative (see {@link AdditiveFft#addDerivative}) that comes from
   * coefficients of the same row at one distance.
   *
   * @param work native memory
   * @param polynomial offset of the first row of coefficients
   * @param target offset of the first of as many other rows
   * @param rows number of rows
   * @param slotBits binary logarithm of the elements of a point
   * @param layer binary logarithm of the distance of the coefficients in points
   */
  void addDerivativeNear(
      MemorySegment work, long polynomial, long target, int rows, int slotBits, int layer);
}
