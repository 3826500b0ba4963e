package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.codec.RedStuff;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobBreakdownTest {
  @ParameterizedTest
  @CsvSource({"10, 1000", "100, 1", "100, 100000", "13, 200000"})
  void everyPhaseRunsInItsShape(int shards, int bytes) {
    RedStuff codec = RedStuff.forShards(shards).withParallelism(1);
    Map<String, Double> phases = BlobBreakdown.measure(codec, bytes, 1);
    assertEquals(
        List.of("extend rows", "extend columns", "hash leaves", "hash inner nodes", "rest"),
        List.copyOf(phases.keySet()));
    phases.forEach(
        (phase, millis) -> assertTrue(phase.equals("rest") || millis > 0, phase + ": " + millis));
  }
}
