package io.redstuff.codec;

import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import java.util.List;

/** What a test that holds for each engine goes through. */
public final class EnginesUnderTest {
  private EnginesUnderTest() {}

  /**
   * Returns all engines that can run here; of the engine matrix, which runs the tests once for each
   * of them, the one that is its turn.
   */
  public static List<Engine> all() {
    boolean isMatrix = System.getProperty("redstuff.expected-engine") != null;
    return isMatrix ? List.of(Engines.selected()) : Engines.available();
  }
}
