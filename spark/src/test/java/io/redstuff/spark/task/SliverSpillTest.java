package io.redstuff.spark.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slivers come back as they were put down, from memory and from a file. */
class SliverSpillTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1 << 20})
  void sliversComeBack(long most) throws IOException {
    EncodingParameters parameters = EncodingParameters.forShards(7);
    byte[] longer = new byte[5 * 4];
    byte[] shorter = new byte[3 * 4];
    for (int i = 0; i < longer.length; i++) {
      longer[i] = (byte) (i + 1);
    }
    shorter[11] = 9;
    Sliver primary = Sliver.copyOf(SliverId.primary(6), 4, longer);
    Sliver secondary = Sliver.copyOf(SliverId.secondary(2), 4, shorter);
    try (SliverSpill spill = new SliverSpill(parameters, 4, 2, most)) {
      spill.put(secondary);
      spill.put(primary);
      spill.put(secondary);
      assertEquals(primary, spill.get(primary.id()));
      assertEquals(secondary, spill.get(secondary.id()));
      assertEquals(Set.of(primary.id(), secondary.id()), spill.slivers());
      assertTrue(spill.has(primary.id()));
      assertFalse(spill.has(SliverId.primary(2)));
      Sliver third = Sliver.copyOf(SliverId.primary(0), 4, longer);
      assertThrows(IllegalArgumentException.class, () -> spill.put(third));
    }
  }
}
