package io.redstuff.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One blob on every engine: metadata, slivers, single symbols and what is decoded from any slivers
 * that are enough are the same.
 */
class EngineFuzzTest {
  private static final int MOST_SHARDS = 12;

  /** Two vectors of the widest kind and a rest. */
  private static final int MOST_SYMBOL_BYTES = 150;

  private static final Map<Engine, Map<Integer, RedStuff>> CODECS = new HashMap<>();

  @FuzzTest
  void compare(byte[] input) throws RedStuffException {
    Draws draws = new Draws(input);
    Encoding expected = Encoding.draw(draws, MOST_SHARDS, MOST_SYMBOL_BYTES);
    List<Sliver> enough = drawEnough(draws, expected);
    SliverId cutFrom = expected.drawId(draws);
    int cutAt = draws.below(expected.shards());
    byte[] symbol = expected.codec().symbol(expected.sliver(cutFrom), cutAt);
    for (Engine engine : Engines.available()) {
      RedStuff codec =
          CODECS
              .computeIfAbsent(engine, e -> new HashMap<>())
              .computeIfAbsent(expected.shards(), n -> RedStuff.forShards(n, engine))
              .withParallelism(1);
      Encoding encoding = Encoding.of(codec, expected.blob());
      assertEquals(expected.metadata(), encoding.metadata(), () -> engine + ": " + expected);
      assertEquals(expected.metadata().blobId(), codec.blobId(expected.blob()), engine::toString);
      for (Axis axis : Axis.values()) {
        assertEquals(expected.slivers(axis), encoding.slivers(axis), engine::toString);
      }
      assertArrayEquals(symbol, codec.symbol(expected.sliver(cutFrom), cutAt), engine::toString);
      for (ConsistencyCheck check : ConsistencyCheck.values()) {
        byte[] decoded = codec.decode(expected.metadata(), enough, check);
        assertArrayEquals(expected.blob(), decoded, () -> engine + ": " + expected);
      }
    }
  }

  /** Returns just as many slivers as are needed, of one axis, any of them. */
  private static List<Sliver> drawEnough(Draws draws, Encoding encoding) {
    Axis axis = draws.of(Axis.values());
    List<Sliver> slivers = new ArrayList<>(encoding.slivers(axis));
    for (int i = 0; i < slivers.size(); i++) {
      Collections.swap(slivers, i, draws.below(slivers.size()));
    }
    EncodingParameters parameters = encoding.parameters();
    return slivers.subList(0, parameters.sourceSymbols(axis));
  }
}
