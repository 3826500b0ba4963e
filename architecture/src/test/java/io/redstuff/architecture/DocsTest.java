package io.redstuff.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** The pictures and pages speak of what there is. */
class DocsTest {
  private static final JavaClasses CLASSES = House.importClasses();
  private static final Path ROOT = Path.of("..");
  private static final Path IMAGES = ROOT.resolve("docs/images");

  /** The picture of the house, written by hand: boxes are packages, arrows say who names whom. */
  @Test
  void houseIsDrawnAsItIs() throws Exception {
    Map<String, Set<String>> named = new TreeMap<>();
    for (JavaClass origin : CLASSES) {
      Set<String> targets = named.computeIfAbsent(origin.getPackageName(), key -> new TreeSet<>());
      origin.getDirectDependenciesFromSelf().stream()
          .map(each -> each.getTargetClass().getBaseComponentType().getPackageName())
          .filter(each -> House.ownerOf(each).isPresent() && !each.equals(origin.getPackageName()))
          .forEach(targets::add);
    }
    assertEquals(named.keySet(), new TreeSet<>(drawn("data-package")));
    Set<String> arrows = new TreeSet<>();
    named.forEach(
        (from, targets) ->
            targets.stream()
                // An arrow says the same as two that follow each other.
                .filter(to -> targets.stream().noneMatch(via -> leads(named, via, to)))
                .forEach(to -> arrows.add(from + " " + to)));
    assertEquals(arrows, new TreeSet<>(drawn("data-arrow")));
  }

  private static boolean leads(Map<String, Set<String>> named, String from, String to) {
    return named.get(from).stream().anyMatch(via -> via.equals(to) || leads(named, via, to));
  }

  /** Returns the values of an attribute in the picture of the house. */
  private static Set<String> drawn(String attribute) throws Exception {
    return elements("house.svg")
        .map(element -> element.getAttribute(attribute))
        .filter(value -> !value.isEmpty())
        .collect(Collectors.toSet());
  }

  @Test
  void lifeOfABlobNamesClasses() throws Exception {
    Set<String> names =
        elements("life.svg")
            .filter(element -> element.getAttribute("class").equals("code"))
            .map(Element::getTextContent)
            .collect(Collectors.toSet());
    assertTrue(names.size() > 5, names::toString);
    Set<String> classes = typeNames();
    names.removeIf(name -> classes.contains(name.replaceAll("\\..*", "")));
    assertEquals(Set.of(), names);
  }

  private static Stream<Element> elements(String picture) throws Exception {
    var all =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(IMAGES.resolve(picture).toFile())
            .getElementsByTagName("*");
    return Stream.iterate(0, at -> at < all.getLength(), at -> at + 1)
        .map(at -> (Element) all.item(at));
  }

  static Stream<Path> pages() throws IOException {
    return Stream.of(ROOT, ROOT.resolve("docs"), ROOT.resolve("bench"), ROOT.resolve("fuzz"))
        .flatMap(directory -> list(directory))
        .filter(file -> file.toString().endsWith(".md"))
        // Speaks of names that are gone.
        .filter(file -> !file.endsWith("CHANGELOG.md"));
  }

  /** Links within the repository lead to files that there are. */
  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Path page) throws IOException {
    Set<String> lost = found(page, "\\]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");
    lost.removeIf(link -> Files.exists(page.resolveSibling(link)));
    assertEquals(Set.of(), lost);
  }

  /** Names of types in code type are those of source files, or of the JDK or a library. */
  @ParameterizedTest
  @MethodSource("pages")
  void namedTypesExist(Path page) throws IOException {
    Set<String> unknown =
        found(page, "`(?:io\\.[a-z.]+\\.)?([A-Z]\\w*[a-z]\\w*)(?:[^\\w*`][^`]*)?`");
    unknown.removeAll(typeNames());
    unknown.removeIf(DocsTest::isOfTheJdk);
    // of Agrona, the JVM and Linux
    unknown.removeAll(Set.of("DirectBuffer", "Unsafe", "Tier3DelayOn", "VmHWM"));
    // of JUnit
    unknown.removeAll(Set.of("ExtensionConfigurationException", "Lifecycle"));
    // headers of HTTP, up to their first hyphen
    unknown.removeAll(
        Set.of("Accept", "Cache", "Cross", "ETag", "Expect", "If", "Last", "Range", "Sec"));
    assertEquals(Set.of(), unknown);
  }

  private static Set<String> found(Path page, String pattern) throws IOException {
    return Pattern.compile(pattern)
        .matcher(Files.readString(page))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the names of all types of the house, of its tests and of its templates. */
  private static Set<String> typeNames() throws IOException {
    Set<String> names = new TreeSet<>();
    CLASSES.forEach(type -> names.add(type.getSimpleName()));
    Stream<String> modules =
        Stream.concat(
            Stream.of("architecture", "vectors"), House.MODULES.stream().map(Building::name));
    for (String module : modules.toList()) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
        files.forEach(file -> names.add(file.getFileName().toString().replaceAll("\\..*", "")));
      }
    }
    return names;
  }

  private static boolean isOfTheJdk(String name) {
    return Stream.of(
            "java.lang.",
            "java.lang.foreign.",
            "java.util.",
            "java.util.concurrent.",
            "java.nio.",
            "java.nio.file.")
        .anyMatch(
            prefix -> {
              try {
                Class.forName(prefix + name, false, null);
                return true;
              } catch (ClassNotFoundException e) {
                return false;
              }
            });
  }

  private static Stream<Path> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
