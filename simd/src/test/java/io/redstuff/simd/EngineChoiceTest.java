package io.redstuff.simd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.simd.field.VectorShapes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a JVM of its own chooses, by its options. */
class EngineChoiceTest {
  private static final boolean X86 =
      List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));

  /** The last line that a JVM with the vector module prints about its engine. */
  private static String describe(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    command.addAll(Arrays.asList(options));
    command.addAll(List.of("-cp", "target/classes:target/test-classes"));
    command.add(DescribeEngine.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertEquals(0, process.waitFor(), lines::toString);
    return lines.getLast();
  }

  @Test
  void tooNarrowIsBelow256BitsOnX86() {
    assertTrue(Engines.tooNarrow(128, "amd64"));
    assertTrue(Engines.tooNarrow(64, "x86_64"));
    assertFalse(Engines.tooNarrow(256, "amd64"));
    assertFalse(Engines.tooNarrow(128, "aarch64"));
  }

  @Test
  @Tag("vectors")
  void processorsWithoutAvx2ComputeInPlainJava() throws Exception {
    if (X86) {
      for (String option : List.of("-XX:UseAVX=0", "-XX:UseAVX=1")) {
        assertEquals(
            "engine plain (no AVX2, without which vectors are slower than plain Java)",
            describe(option));
        String forced = describe(option, "-Dredstuff.engine=vector128");
        assertTrue(forced.startsWith("engine vector128, 128-bit vectors (forced"), forced);
      }
    }
  }

  @Test
  @Tag("vectors")
  void widestVectorsArePreferred() throws Exception {
    int bits = VectorShapes.preferredBits();
    String plain = "engine plain (no AVX2, without which vectors are slower than plain Java)";
    String widest =
        "engine vector%s, %s-bit vectors (the widest vectors this machine prefers, so far in plain Java)"
            .formatted(bits, bits);
    assertEquals(
        Engines.tooNarrow(bits, System.getProperty("os.arch")) ? plain : widest, describe());
  }
}
