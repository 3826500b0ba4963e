package io.redstuff.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A module of the house.
 *
 * @param name its directory in the repository
 * @param floors its packages from the ground up: each may name those before it
 */
record Building(String name, List<Floor> floors) {
  static Building module(String name, Floor... floors) {
    return new Building(name, List.of(floors));
  }

  /** Returns where the build puts the classes; tests run in the directory of their own module. */
  Path classes() {
    return Path.of("..", name, "target", "classes");
  }

  Optional<Floor> floor(String packageName) {
    return floors.stream().filter(floor -> floor.packageName().equals(packageName)).findFirst();
  }

  /** Returns whether others can build on it by name: what has no descriptor promises nothing. */
  boolean isModule() {
    return Files.exists(classes().resolve("module-info.class"));
  }

  /** Returns what {@code module-info} says; a module that others build on has one. */
  ModuleDescriptor descriptor() {
    try (InputStream in = Files.newInputStream(classes().resolve("module-info.class"))) {
      return ModuleDescriptor.read(in);
    } catch (IOException e) {
      throw new AssertionError("no module-info of " + name, e);
    }
  }

  /**
   * Returns whether a package of this module is exported to another module. A module without a
   * descriptor keeps nothing back.
   */
  boolean exports(String packageName, Building other) {
    if (!isModule()) {
      return true;
    }
    return descriptor().exports().stream()
        .filter(export -> export.source().equals(packageName))
        .anyMatch(
            export ->
                !export.isQualified() || export.targets().contains("io.redstuff." + other.name));
  }

  @Override
  public String toString() {
    return name;
  }
}
