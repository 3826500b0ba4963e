package io.redstuff.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Each run of the engine matrix says which engine it is for: the tests must not run on another. */
class EngineInUseTest {
  @Test
  void engineInUseIsTheExpectedOne() {
    String inUse = RedStuff.forShards(4).engine().name();
    assertEquals(System.getProperty("redstuff.expected-engine", inUse), inUse);
  }
}
