package io.redstuff.bench.peer;

import java.util.Random;

/**
 * Data blocks of a code, filled with bytes that are the same in every run.
 *
 * @param data how many data blocks
 * @param parity how many parity blocks
 * @param length bytes of a block
 */
record Blocks(int data, int parity, int length) {
  /**
   * Reads a shape.
   *
   * @param shape data blocks, parity blocks, bytes of a block: {@code "10:4:1024"}
   * @return the blocks
   */
  static Blocks parse(String shape) {
    String[] parts = shape.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "shape: got '" + shape + "', expected data:parity:blockBytes");
    }
    return new Blocks(
        Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
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
