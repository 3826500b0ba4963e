package io.redstuff.bench.peer;

import java.util.Random;

/** A code's shape and bytes for it that are the same in every run. */
record Blocks(int data, int parity, int length) {
  /**
   * Reads a shape.
   *
   * @param shape data and parity blocks, as in {@code 10:4}
   * @param length bytes of a block
   * @return the blocks
   */
  static Blocks of(String shape, int length) {
    int colon = shape.indexOf(':');
    return new Blocks(
        Integer.parseInt(shape, 0, colon, 10),
        Integer.parseInt(shape, colon + 1, shape.length(), 10),
        length);
  }

  /** Fills data blocks with bytes. */
  byte[][] random() {
    Random random = new Random(0x5EED);
    byte[][] blocks = new byte[data][length];
    for (byte[] block : blocks) {
      random.nextBytes(block);
    }
    return blocks;
  }
}
