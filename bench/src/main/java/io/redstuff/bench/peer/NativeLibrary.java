package io.redstuff.bench.peer;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * A shared library of the system, which may not be installed. It is loaded when first asked for and
 * stays.
 */
final class NativeLibrary {
  private final String fileName;
  private final String debianPackage;

  /** Set once looked for: the library, or empty. */
  private Optional<SymbolLookup> found;

  /** Names the file that the system's loader looks for, and the package that brings it. */
  NativeLibrary(String fileName, String debianPackage) {
    this.fileName = fileName;
    this.debianPackage = debianPackage;
  }

  String fileName() {
    return fileName;
  }

  /** Why it cannot be used: one line that says what to install; empty if it is there. */
  Optional<String> missing() {
    return lookup().isPresent()
        ? Optional.empty()
        : Optional.of(
            fileName + " is not installed (Debian: apt-get install " + debianPackage + ")");
  }

  /**
   * A function of the library; an IllegalStateException says what to install if it is not there.
   */
  @SuppressWarnings("restricted") // calling native code is what this is for
  MethodHandle function(String name, FunctionDescriptor descriptor, Linker.Option... options) {
    SymbolLookup symbols =
        lookup().orElseThrow(() -> new IllegalStateException(missing().orElseThrow()));
    return Linker.nativeLinker().downcallHandle(symbols.findOrThrow(name), descriptor, options);
  }

  /** What to throw when a method handle did; native functions throw nothing. */
  static RuntimeException thrown(Throwable e) {
    switch (e) {
      case Error error -> throw error;
      case RuntimeException unchecked -> throw unchecked;
      default -> throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("restricted")
  private synchronized Optional<SymbolLookup> lookup() {
    if (found == null) {
      try {
        found = Optional.of(SymbolLookup.libraryLookup(fileName, Arena.global()));
      } catch (IllegalArgumentException absent) {
        found = Optional.empty();
      }
    }
    return found;
  }
}
