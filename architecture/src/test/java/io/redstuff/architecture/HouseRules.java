package io.redstuff.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The rules of {@link House}, on classes that were imported from the directories of modules. */
final class HouseRules {
  private static final String VECTOR_API = "jdk.incubator.vector";

  /** A class names packages below its own, and beyond its module what its floor has leave for. */
  static final ArchRule FLOORS =
      classes()
          .should(
              new ArchCondition<>("name only what their floor may") {
                @Override
                public void check(JavaClass origin, ConditionEvents events) {
                  checkFloor(origin, wrong -> events.add(violated(origin, wrong)));
                }
              });

  /** The Vector API is named in vector kernels and nowhere else. */
  static final ArchRule VECTORS =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.Vector[^.]*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(VECTOR_API);

  private static final Pattern DIRECTORY = Pattern.compile("/([^/]+)/target/classes/");

  /** The first capital begins the name of a type. */
  private static final Pattern IMPORT =
      Pattern.compile("import (?:static )?([a-z0-9_.]+)\\.(?:[A-Z].*|\\*);");

  private static final Set<String> JDK =
      ModuleLayer.boot().modules().stream()
          .filter(module -> !module.getName().equals(VECTOR_API))
          .flatMap(module -> module.getPackages().stream())
          .collect(Collectors.toUnmodifiableSet());

  private HouseRules() {}

  /** Returns what is wrong with naming a package from a floor, if anything. */
  static Optional<String> wrong(Building module, Floor floor, String named) {
    if (JDK.contains(named) || named.isEmpty() || floor.mayName(named)) {
      return Optional.empty();
    }
    Optional<Building> owner =
        module.floor(named).isPresent() ? Optional.of(module) : House.ownerOf(named);
    if (owner.isEmpty()) {
      return Optional.of("no leave to name " + named);
    }
    Building other = owner.get();
    if (other.equals(module)) {
      int from = module.floors().indexOf(floor);
      int to = module.floors().indexOf(module.floor(named).orElseThrow());
      return to <= from ? Optional.empty() : Optional.of(named + " is above");
    }
    if (!floor.modules().contains(other.name())) {
      return Optional.of("no leave to name module " + other.name());
    }
    return other.exports(named, module)
        ? Optional.empty()
        : Optional.of(other.name() + " does not export " + named);
  }

  /** Returns what is wrong with a line of a source file, if it is an import. */
  static Optional<String> wrongImport(Building module, Floor floor, String line) {
    Matcher named = IMPORT.matcher(line);
    return named.matches()
        ? wrong(module, floor, named.group(1)).map(why -> why + ": " + line)
        : Optional.empty();
  }

  private static void checkFloor(JavaClass origin, Consumer<String> complain) {
    Building module = moduleOf(origin);
    Optional<Floor> floor = module.floor(origin.getPackageName());
    if (floor.isEmpty()) {
      complain.accept(
          "%s: no floor for its package in %s".formatted(origin.getName(), module.name()));
      return;
    }
    for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
      String named = dependency.getTargetClass().getBaseComponentType().getPackageName();
      wrong(module, floor.get(), named)
          .ifPresent(wrong -> complain.accept(wrong + ": " + dependency.getDescription()));
    }
  }

  private static Building moduleOf(JavaClass type) {
    Matcher directory = DIRECTORY.matcher(type.getSource().orElseThrow().getUri().getPath());
    if (!directory.find()) {
      throw new IllegalArgumentException("not of a module: " + type.getSource());
    }
    return House.named(directory.group(1));
  }
}
