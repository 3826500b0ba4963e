package io.redstuff.architecture;

import java.util.List;

/**
 * A package, and what its classes may name beyond the JDK and the floors below it.
 *
 * @param packageName the package
 * @param modules names of other modules of the house
 * @param libraries packages of libraries, those below them included
 */
record Floor(String packageName, List<String> modules, List<String> libraries) {
  static Floor floor(String packageName) {
    return new Floor(packageName, List.of(), List.of());
  }

  /** Returns this floor with leave to name what these modules export. */
  Floor on(String... modules) {
    return new Floor(packageName, List.of(modules), libraries);
  }

  /** Returns this floor with leave to name these libraries. */
  Floor with(String... libraries) {
    return new Floor(packageName, modules, List.of(libraries));
  }

  boolean mayName(String library) {
    return libraries.stream().anyMatch(own -> (library + ".").startsWith(own + "."));
  }
}
