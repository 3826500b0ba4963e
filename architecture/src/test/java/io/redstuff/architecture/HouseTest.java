package io.redstuff.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The modules as built are the house as it is meant to be. */
class HouseTest {
  private static final List<Building> MODULES = House.MODULES;

  private static final JavaClasses CLASSES = House.importClasses();

  @Test
  void classesNameWhatTheirFloorMay() {
    HouseRules.FLOORS.check(CLASSES);
  }

  @Test
  void vectorsStayInVectorClasses() {
    HouseRules.VECTORS.check(CLASSES);
  }

  @Test
  void everyFloorIsThere() {
    Set<String> planned =
        MODULES.stream()
            .flatMap(module -> module.floors().stream())
            .map(Floor::packageName)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> built =
        CLASSES.stream()
            .map(type -> type.getPackageName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(planned, built);
  }

  /** Class files forget imports that only comments need. */
  @ParameterizedTest
  @FieldSource("MODULES")
  void importsGoDown(Building module) throws IOException {
    Path sources = Path.of("..", module.name(), "src", "main", "java");
    List<Path> files;
    try (Stream<Path> walk = Files.walk(sources)) {
      files = walk.filter(file -> file.toString().endsWith(".java")).toList();
    }
    assertTrue(files.size() > 2, () -> "sources of " + module.name() + ": " + files);
    List<String> wrong = new ArrayList<>();
    for (Path file : files) {
      Path directory = sources.relativize(file).getParent();
      if (directory == null) {
        continue; // module-info
      }
      Floor floor =
          module
              .floor(directory.toString().replace('/', '.'))
              .orElseThrow(() -> new AssertionError("no floor for " + file));
      for (String line : Files.readAllLines(file)) {
        HouseRules.wrongImport(module, floor, line).ifPresent(why -> wrong.add(file + ": " + why));
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** Who has the library has all it needs at run time. */
  @ParameterizedTest
  @ValueSource(strings = {"simd", "codec"})
  void needsNothingElseAtRunTime(String module) {
    List<String> needed =
        House.named(module).descriptor().requires().stream()
            .filter(requires -> !requires.modifiers().contains(Modifier.STATIC))
            .map(Requires::name)
            .filter(name -> !name.equals("java.base") && !name.startsWith("io.redstuff."))
            .toList();
    assertEquals(List.of(), needed);
  }
}
