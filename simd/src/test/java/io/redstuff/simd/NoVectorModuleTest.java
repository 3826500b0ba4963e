package io.redstuff.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs in a JVM of its own that was started without {@code --add-modules}. */
@Tag("no-vector")
class NoVectorModuleTest {
  @Test
  void libraryRunsPlainAndNamesTheMissingFlag() {
    assertTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty(),
        "this test must run without the vector module");
    assertEquals("plain", Engines.selected().name());
    assertEquals(
        List.of("reference", "plain"), Engines.available().stream().map(Engine::name).toList());
    String description = Engines.describe();
    assertTrue(description.contains("--add-modules jdk.incubator.vector"), description);
  }

  @Test
  void forcedVectorsFail() {
    String message =
        assertThrows(IllegalStateException.class, () -> Engines.named("vector256")).getMessage();
    assertEquals(
        "engine vector256 cannot run: start Java with --add-modules jdk.incubator.vector", message);
    assertThrows(IllegalStateException.class, () -> Engines.named("vector"));
  }
}
