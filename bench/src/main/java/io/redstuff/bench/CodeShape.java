package io.redstuff.bench;

import io.redstuff.simd.ReedSolomon;

/** A one-dimensional code and the bytes of a symbol. */
public record CodeShape(ReedSolomon code, int symbolBytes) {
  /** Reads original symbols, recovery symbols, bytes of a symbol: {@code "334:666:1206"}. */
  public static CodeShape parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "shape: got '" + text + "', expected originals:recovery:symbolBytes");
    }
    ReedSolomon code = ReedSolomon.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    return new CodeShape(code, Integer.parseInt(parts[2]));
  }

  /** How many originals can be lost together. */
  int mostLost() {
    return Math.min(code.originals(), code.recovery());
  }
}
