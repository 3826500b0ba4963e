package io.redstuff.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.simd.field.VectorShapes;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class EnginesTest {
  @Test
  @Tag("vectors")
  void everyEngineIsThereWhenTheVectorModuleIs() {
    assertEquals(
        List.of("reference", "plain", "vector128", "vector256", "vector512"),
        Engines.available().stream().map(Engine::name).toList());
    assertEquals(
        List.of(0, 0, 128, 256, 512),
        Engines.available().stream().map(Engine::vectorBits).toList());
  }

  @Test
  @Tag("vectors")
  void selectedEngineIsTheForcedOne() {
    String forced = System.getProperty(Engines.PROPERTY, "");
    Engine selected = Engines.selected();
    assertSame(selected, Engines.selected());
    String description = Engines.describe();
    assertTrue(description.contains(selected.name()), description);
    boolean narrow = Engines.tooNarrow(VectorShapes.preferredBits(), System.getProperty("os.arch"));
    if (forced.isEmpty() && narrow) {
      assertEquals("plain", selected.name(), description);
    } else if (forced.isEmpty() || forced.equals("vector")) {
      assertTrue(selected.name().startsWith("vector"), description);
    } else {
      assertEquals(forced, selected.name());
      assertTrue(description.contains("forced"), description);
    }
  }

  @Test
  @Tag("vectors")
  void engineOfANameIsMadeAndTestedOnce() {
    assertSame(Engines.named("plain"), Engines.named("plain"));
    assertSame(Engines.named("vector"), Engines.named("vector"));
    assertEquals(Engines.available(), Engines.available());
  }

  @Test
  void enginesGoByTheirNames() {
    Engine plain = Engines.named("plain");
    assertEquals("plain", plain.name());
    assertSame(plain, Engines.named("scalar"));
    assertEquals("plain", plain.toString());
    assertEquals(0, plain.vectorBits());
  }

  @Test
  void unknownEngineIsRefused() {
    String message =
        assertThrows(IllegalStateException.class, () -> Engines.named("vector1024")).getMessage();
    assertTrue(message.contains("got 'vector1024'"), message);
  }
}
