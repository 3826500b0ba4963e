package io.redstuff.simd;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses the engine, once per JVM, and says why.
 *
 * <p>Without anything said, the widest vectors that the machine prefers are used when the module
 * {@code jdk.incubator.vector} is there ({@code --add-modules jdk.incubator.vector}), and plain
 * Java else; then one warning through {@link System.Logger} names the missing flag. The system
 * property {@code redstuff.engine} forces one of {@code reference}, {@code scalar}, {@code vector}
 * (the preferred width), {@code vector128}, {@code vector256} and {@code vector512}. Any width runs
 * on any machine that has the module; wider than the machine's is slow.
 */
public final class Engines {
  /** The system property that forces an engine. */
  public static final String PROPERTY = "redstuff.engine";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String VECTOR_FLAG = "--add-modules " + VECTOR_MODULE;
  private static final List<String> NAMES =
      List.of("reference", "scalar", "vector128", "vector256", "vector512");

  private Engines() {}

  /** What was chosen and why, or why nothing could be. */
  private record Choice(Engine engine, String reason, IllegalStateException failure) {}

  /** Makes the choice when it is first asked for. */
  private static final class Holder {
    static final Choice CHOICE = choose(System.getProperty(PROPERTY, ""));

    private Holder() {}
  }

  private static Choice choose(String forced) {
    if (!forced.isEmpty()) {
      try {
        return new Choice(create(forced), "forced by -D" + PROPERTY + "=" + forced, null);
      } catch (IllegalStateException e) {
        return new Choice(null, null, e);
      }
    }
    if (vectorsPresent()) {
      return new Choice(create("vector"), "the widest vectors this machine prefers", null);
    }
    Engine scalar = create("scalar");
    String reason =
        "no vectors: start Java with " + VECTOR_FLAG + " to make it several times faster";
    System.getLogger(Engines.class.getPackageName())
        .log(Logger.Level.WARNING, describe(scalar, reason));
    return new Choice(scalar, reason, null);
  }

  private static Choice choice() {
    Choice choice = Holder.CHOICE;
    if (choice.failure() != null) {
      throw new IllegalStateException(choice.failure().getMessage(), choice.failure());
    }
    return choice;
  }

  /**
   * The engine that this JVM uses where none is asked for.
   *
   * @return the same engine at every call
   * @throws IllegalStateException if {@code -Dredstuff.engine} names an engine that is not known or
   *     cannot run here
   */
  public static Engine selected() {
    return choice().engine();
  }

  /**
   * An engine by its name.
   *
   * @param name one of {@code reference}, {@code scalar}, {@code vector}, {@code vector128}, {@code
   *     vector256}, {@code vector512}
   * @return the engine
   * @throws IllegalStateException if there is no such engine or it cannot run in this JVM
   */
  public static Engine named(String name) {
    return create(name);
  }

  /**
   * All engines that can run in this JVM.
   *
   * @return the reference engine, the scalar one, then the vector engines by width
   */
  public static List<Engine> available() {
    List<Engine> engines = new ArrayList<>();
    for (String name : NAMES) {
      if (!name.startsWith("vector") || vectorsPresent()) {
        engines.add(create(name));
      }
    }
    return List.copyOf(engines);
  }

  /**
   * The choice in one line: the engine, its vectors, why it was chosen, and which flag is missing
   * if one is.
   *
   * @return a line for people
   * @throws IllegalStateException as {@link #selected}
   */
  public static String describe() {
    Choice choice = choice();
    return describe(choice.engine(), choice.reason());
  }

  private static String describe(Engine engine, String reason) {
    String width = engine.vectorBits() == 0 ? "" : ", " + engine.vectorBits() + "-bit vectors";
    return "engine " + engine.name() + width + " (" + reason + ")";
  }

  private static boolean vectorsPresent() {
    return ModuleLayer.boot().findModule(VECTOR_MODULE).isPresent();
  }

  private static Engine create(String name) {
    if (name.startsWith("vector") && (name.equals("vector") || NAMES.contains(name))) {
      if (!vectorsPresent()) {
        throw new IllegalStateException(
            "engine " + name + " cannot run: start Java with " + VECTOR_FLAG);
      }
      return createVector(name.equals("vector") ? preferred() : name);
    }
    return switch (name) {
      case "reference" ->
          new Engine(name, 0, new ReferenceFieldKernels(), new ReferenceHashKernels());
      case "scalar" -> new Engine(name, 0, new ScalarFieldKernels(), new ScalarHashKernels());
      default ->
          throw new IllegalStateException(
              "engine: got '" + name + "', expected vector or one of " + NAMES);
    };
  }

  private static String preferred() {
    return "vector" + Math.clamp(VectorShapes.preferredBits(), 128, 512);
  }

  private static Engine createVector(String name) {
    return switch (name) {
      case "vector128" ->
          new Engine(name, 128, new Vector128FieldKernels(), new Vector128HashKernels());
      case "vector256" ->
          new Engine(name, 256, new Vector256FieldKernels(), new Vector256HashKernels());
      default -> new Engine(name, 512, new Vector512FieldKernels(), new Vector512HashKernels());
    };
  }
}
