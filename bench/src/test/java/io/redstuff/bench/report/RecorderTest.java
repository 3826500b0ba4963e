package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

class RecorderTest {
  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Recorder recorder(boolean quick) {
    var text = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new Recorder(directory, quick, text, new LinkedHashSet<>());
  }

  @Test
  void whatCommandsMeasureIsKeptWithoutWhereJavaLies() throws Exception {
    Files.writeString(
        directory.resolve("measure"),
        """
        [ "$1" = --fast ] && [ "$2 $3 $4" = "--samples 3 --out" ] || exit 1
        echo '[{"benchmark": "a", "jvm": "/opt/java", "secondaryMetrics": {"gc.time": 1, "bytes": 2}}]' > "$5"
        """);
    assertEquals(
        "[{\"benchmark\":\"a\",\"secondaryMetrics\":{\"bytes\":2}}]",
        recorder(true).results(List.of("sh measure --fast")).toString());
  }

  @Test
  void whoCannotBeMeasuredIsLeftOutWithAReason() throws Exception {
    Files.writeString(directory.resolve("without"), "echo first >&2; echo no package >&2; exit 3");
    Recorder recorder = recorder(false);
    assertTrue(
        recorder
            .results(List.of("sh without", "sh without", "no-such-program here.mjs"))
            .isEmpty());
    assertEquals(
        Set.of("no package", "here.mjs left out: no-such-program is not installed"),
        recorder.leftOut());
    assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("first\nno package\n"));
    ObjectNode machine = recorder.machine();
    assertEquals(2, machine.path("leftOut").size());
    assertTrue(machine.path("memory").asLong() > 1 << 20, machine::toString);
  }

  @Test
  void aCommandThatFailsEndsAll() throws IOException {
    Files.writeString(directory.resolve("broken"), "exit 1");
    IOException thrown =
        assertThrows(IOException.class, () -> recorder(false).results(List.of("sh broken")));
    assertEquals("sh broken: exit code 1", thrown.getMessage());
  }
}
