package io.redstuff.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The API is what the files in {@code api} say. Who means to change it writes them anew, with
 * {@code -Dapi.write=true}, and the change is seen in review.
 */
class ApiTextTest {
  private static final Path FILES = Path.of("..", "api");

  static List<Building> modules() {
    return ApiText.modules();
  }

  private static Path file(Building module) {
    return FILES.resolve("redstuff-" + module.name() + ".txt");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void apiIsAsItWasWritten(Building module) throws IOException {
    List<String> built = ApiText.of(module);
    if (Boolean.getBoolean("api.write")) {
      Files.createDirectories(FILES);
      Files.write(file(module), built);
    }
    List<String> written =
        Files.exists(file(module)) ? Files.readAllLines(file(module)) : List.of();
    assertEquals(
        "",
        changes(written, built),
        () ->
            "the API of "
                + module
                + " is not that of "
                + file(module).normalize()
                + "; if that is meant: mvn -B -ntp test -pl architecture -am -Dtest=ApiTextTest"
                + " -Dsurefire.failIfNoSpecifiedTests=false -Dapi.write=true");
    assertEquals(written, built, "in another order");
  }

  @Test
  void noFileIsLeftOver() throws IOException {
    try (Stream<Path> files = Files.list(FILES)) {
      assertEquals(
          modules().stream().map(ApiTextTest::file).collect(Collectors.toSet()),
          files.collect(Collectors.toSet()));
    }
  }

  /** What is compared with a release is what stands in the files: no more and no less. */
  @Test
  void sameIsComparedWithARelease() throws IOException {
    Set<String> left =
        Pattern.compile("<exclude>(io\\.redstuff[\\w.]*)(?:\\.\\*)?</exclude>")
            .matcher(Files.readString(Path.of("..", "pom.xml")))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> hidden = new TreeSet<>();
    for (Building module : modules()) {
      Set<String> exported = ApiText.exported(module);
      module.floors().stream()
          .map(Floor::packageName)
          .filter(name -> !exported.contains(name))
          .map(name -> name.replaceAll("(\\.internal)\\..*", "$1"))
          .forEach(hidden::add);
    }
    assertEquals(hidden, left);
  }

  /** Who reads the documentation sees since when there is what they use. */
  @ParameterizedTest
  @MethodSource("modules")
  void everyTypeSaysSinceWhen(Building module) throws IOException {
    Set<String> without = new TreeSet<>();
    int seen = 0;
    for (String exported : ApiText.exported(module)) {
      for (Class<?> type : ApiText.types(module, exported)) {
        if (type.getDeclaringClass() == null) {
          seen++;
          Path source =
              Path.of(
                  "..",
                  module.name(),
                  "src",
                  "main",
                  "java",
                  type.getName().replace('.', '/') + ".java");
          String before = Files.readString(source).split("\npublic ", 2)[0];
          if (!before.contains("\n * @since ")) {
            without.add(type.getName());
          }
        }
      }
    }
    assertTrue(seen > 0, () -> "no type in " + module);
    assertEquals(Set.of(), without);
  }

  /** Returns what went and what came, each line with the type or package that it stands below. */
  private static String changes(List<String> written, List<String> built) {
    Set<String> before = inPlace(written);
    Set<String> now = inPlace(built);
    return Stream.concat(
            before.stream().filter(line -> !now.contains(line)).map(line -> "- " + line),
            now.stream().filter(line -> !before.contains(line)).map(line -> "+ " + line))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  private static Set<String> inPlace(List<String> lines) {
    Set<String> placed = new LinkedHashSet<>();
    String type = "";
    for (String line : lines) {
      if (line.startsWith("  ")) {
        placed.add(type + ": " + line.strip());
      } else if (!line.isEmpty()) {
        placed.add(line);
        type = line.replaceAll(".*\\b(?:class|interface|record|enum|module) ([\\w.]+).*", "$1");
      }
    }
    return placed;
  }

  @Test
  void changesAreNamedWithTheirType() {
    assertEquals(
        """
        - a.B: method public int one()
        + a.B: method public long one()
        + record a.C(int x)
        """,
        changes(
            List.of("final class a.B", "  method public int one()"),
            List.of("final class a.B", "  method public long one()", "", "record a.C(int x)")));
  }

  @Test
  void allThatOthersSeeIsTold() {
    String variables = "<T extends Comparable<? super T> & Cloneable>";
    String all =
        "<X extends Exception> java.util.Map<? extends T, java.util.List<?>[]> all(X, int[]...)";
    String here = Shapes.class.getName();
    assertEquals(
        """
        public sealed interface %1$s.Shape%2$s permits %1$s.Dot, %1$s.Open
          field public static final int SIDES = 4
          method public abstract %3$s throws X, java.io.IOException
          method public default void rest()
        public record %1$s.Dot%2$s(java.util.List<T> at, int size) implements %1$s.Shape<T>
          constructor public (java.util.List<T>, int)
          method public %3$s
          method public String toString()
          method public boolean equals(Object)
          method public int hashCode()
          method public int size()
          method public java.util.List<T> at()
        public enum %1$s.Shape.Order
          constant UP
          constant DOWN
          method public static %1$s.Shape.Order valueOf(String)
          method public static %1$s.Shape.Order[] values()
        public abstract static class %1$s.Open%2$s extends %1$s.Hidden implements %1$s.Shape<T>
          @Deprecated(forRemoval) method public long mine()
          constructor protected (long)
          field protected long left
          method public final String seen()
        """
            .formatted(here, variables, all),
        describe(
            Shapes.Shape.class, Shapes.Dot.class, Shapes.Shape.Order.class, Shapes.Open.class));
  }

  private static String describe(Class<?>... types) {
    List<String> lines = new ArrayList<>();
    for (Class<?> type : types) {
      lines.addAll(ApiText.describe(type));
    }
    return String.join("\n", lines) + "\n";
  }
}
