package io.redstuff.codec;

import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import java.util.List;

/** What a test that holds for each engine goes through. */
public final class EnginesUnderTest {
  private EnginesUnderTest() {}

  /**
   * Returns the engines that are of use here; of the engine matrix the one that is its turn.
   * Vectors wider than the machine's are left to the matrix, unless they are the selected ones:
   * they are objects, thirty times slower, and took a third of the time of all tests.
   */
  public static List<Engine> all() {
    if (isMatrix()) {
      return List.of(Engines.selected());
    }
    String selected = Engines.selected().name();
    return Engines.available().stream()
        .filter(engine -> !isWide(engine) || engine.name().equals(selected))
        .toList();
  }

  /** Returns whether this is the engine matrix, which runs the tests once for each engine. */
  public static boolean isMatrix() {
    return System.getProperty("redstuff.expected-engine") != null;
  }

  /** Returns whether an engine's vectors are wider than the machine's. */
  private static boolean isWide(Engine engine) {
    int bits = engine.vectorBits();
    return bits > 0 && bits > Engines.named("vector").vectorBits();
  }
}
