package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ColdBenchmarkTest {
  /** What the command does to files, as far as is looked at. */
  private static final String COMMAND =
      """
      #!/bin/sh
      echo "$@" >> "$(dirname "$0")/calls"
      all() {
        mkdir -p "$1/primary" "$1/secondary"
        for i in 0 1 2 3 4 5 6 7 8 9; do touch "$1/primary/000$i.bcs" "$1/secondary/000$i.bcs"; done
      }
      case $1 in
        blob-id) echo "anId  $4" ;;
        encode) all "$5" && echo anId ;;
        decode) cp "$2/../blob" "$4" ;;
        recover) all "$2" ;;
      esac
      """;

  @TempDir Path home;
  private Path results;

  @BeforeEach
  void makeHome() throws IOException {
    results = home.resolve("results.json");
    install(home, COMMAND);
  }

  private static void install(Path directory, String script) throws IOException {
    Path command = Files.createDirectories(directory).resolve("redstuff");
    Files.writeString(command, script);
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private int run(String... more) {
    String[] args = {"--shards", "10", "--bytes", "100,70000", "--out", results.toString()};
    String[] all = Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return ColdBenchmark.line(home).execute(all);
  }

  @Test
  void eachWorkIsTimedInEachBuild() throws IOException {
    install(home.resolve("before"), COMMAND);
    assertEquals(0, run("--samples", "2", "--before", "before"));
    TreeSet<String> measured = new TreeSet<>();
    JsonNode all = new JsonMapper().readTree(results);
    for (JsonNode result : all) {
      assertTrue(result.at("/primaryMetric/score").asDouble() > 0, result::toString);
      assertEquals(2, result.at("/primaryMetric/rawData").size());
      measured.add(result.path("benchmark").asString() + " " + result.at("/params/who").asString());
    }
    assertEquals(2 * measured.size(), all.size());
    assertEquals(2 * ColdWork.values().length, measured.size());
    assertTrue(measured.contains("cold.decode-missing before"), measured::toString);
    String calls = Files.readString(home.resolve("before/calls"));
    assertEquals(2L * (1 + 2 * ColdWork.values().length), calls.lines().count());
  }

  @Test
  void anEarlierBuildThatIsNotThereIsLeftOut() throws IOException {
    assertEquals(0, run("--samples", "1", "--work", "blob-id,recover", "--before", "none"));
    assertEquals(4, new JsonMapper().readTree(results).size());
  }

  @Test
  void aWrongResultEndsAll() throws IOException {
    install(home, COMMAND.replace("cp \"$2/../blob\"", "echo other >"));
    assertNotEquals(0, run("--work", "decode"));
    install(home, COMMAND.replace("&& echo anId", "&& echo anotherId"));
    assertNotEquals(0, run("--work", "encode"));
    install(home, COMMAND + "[ $1 != verify ]\n");
    assertNotEquals(0, run("--work", "verify"));
    assertTrue(Files.notExists(results));
  }
}
