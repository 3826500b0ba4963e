package io.redstuff.simd;

import io.redstuff.simd.field.PlainFieldKernels;
import io.redstuff.simd.field.ReferenceFieldKernels;
import io.redstuff.simd.field.Vector128FieldKernels;
import io.redstuff.simd.field.Vector256FieldKernels;
import io.redstuff.simd.field.Vector512FieldKernels;
import io.redstuff.simd.field.VectorShapes;
import io.redstuff.simd.hash.PlainHashKernels;
import io.redstuff.simd.hash.ReferenceHashKernels;
import io.redstuff.simd.hash.Vector128HashKernels;
import io.redstuff.simd.hash.Vector256HashKernels;
import io.redstuff.simd.hash.Vector512HashKernels;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Chooses the engine, once per JVM, and says why.
 *
 * <p>Without anything said, the widest vectors that the machine prefers are used when the module
 * {@code jdk.incubator.vector} is there ({@code --add-modules jdk.incubator.vector}), and plain
 * Java else; then one warning through {@link System.Logger} names the missing flag. Vectors that
 * were chosen like this begin in plain Java, which is fast at once, and come in when the JVM has
 * had some ten seconds of work and has compiled them, in a daemon thread that ends with that; to
 * force an engine switches this off. Plain Java is also chosen on x86 processors without AVX2,
 * where the JVM compiles only part of what the vector engines do and these are ten times slower.
 * The system property {@code redstuff.engine} forces one of {@code reference}, {@code plain},
 * {@code vector} (the preferred width), {@code vector128}, {@code vector256} and {@code vector512};
 * {@code scalar} is an older name of {@code plain}. Any width runs on any machine that has the
 * module; wider than the machine's is slow.
 *
 * <p>Before its first use in a JVM an engine is checked against known answers, which takes a few
 * milliseconds. If vectors that were chosen freely do not give them, plain Java goes on with the
 * work and a warning says what differed; an engine that was forced or asked for by name fails.
 *
 * @since 0.1.0
 */
public final class Engines {
  /** The system property that forces an engine. */
  public static final String PROPERTY = "redstuff.engine";

  private static final String VECTOR_MODULE = "jdk.incubator.vector";
  private static final String VECTOR_FLAG = "--add-modules " + VECTOR_MODULE;
  private static final String PLAIN = "plain";

  /** What {@link #PLAIN} was called once. */
  private static final String SCALAR = "scalar";

  private static final List<String> NAMES =
      List.of("reference", PLAIN, "vector128", "vector256", "vector512");

  private Engines() {}

  /** What was chosen and why, or why nothing could be. */
  record Choice(Engine engine, Supplier<String> reason, IllegalStateException failure) {
    String description() {
      String width = engine.vectorBits() == 0 ? "" : ", " + engine.vectorBits() + "-bit vectors";
      return "engine " + engine.name() + width + " (" + reason.get() + ")";
    }
  }

  /** Makes the choice when it is first asked for. */
  private static final class Holder {
    static final Choice CHOICE = choose(System.getProperty(PROPERTY, ""));

    private Holder() {}
  }

  /** The engines that passed their test, by name. */
  private static final Map<String, Engine> TESTED = new ConcurrentHashMap<>();

  private static Choice choose(String forced) {
    if (!forced.isEmpty()) {
      return named(forced, "forced by -D" + PROPERTY + "=" + forced);
    }
    if (!vectorsPresent()) {
      return warned(
          named(PLAIN, "no vectors: start Java with " + VECTOR_FLAG + " to make long work faster"),
          log());
    }
    int bits = VectorShapes.preferredBits();
    if (tooNarrow(bits, System.getProperty("os.arch"))) {
      return named(PLAIN, "no AVX2, without which vectors are slower than plain Java");
    }
    try {
      return begunInPlainJava(
          new WarmUp(named(PLAIN), create("vector"), WarmUp.WORTHWHILE_BYTES, log()));
    } catch (IllegalStateException e) {
      return new Choice(null, null, e);
    }
  }

  /** Returns an engine that was chosen freely, and is in plain Java at first. */
  static Choice begunInPlainJava(WarmUp warmUp) {
    return new Choice(
        warmUp.engine(), () -> "the widest vectors this machine prefers, " + warmUp.state(), null);
  }

  /**
   * Returns whether the JVM makes code of parts of the vector kernels only: on x86 it has no
   * rotations of 64-bit lanes below AVX2, and keeps those vectors as objects.
   */
  static boolean tooNarrow(int preferredBits, String architecture) {
    boolean x86 = architecture.equals("amd64") || architecture.equals("x86_64");
    return x86 && preferredBits < 256;
  }

  /** Returns an engine that was asked for: that one or none. */
  private static Choice named(String name, String reason) {
    try {
      return new Choice(named(name), () -> reason, null);
    } catch (IllegalStateException e) {
      return new Choice(null, null, e);
    }
  }

  private static Choice warned(Choice choice, Logger log) {
    if (choice.failure() == null) {
      log.log(Logger.Level.WARNING, choice.description());
    }
    return choice;
  }

  private static Logger log() {
    return System.getLogger(Engines.class.getPackageName());
  }

  /** Returns the engine, once it has given the known answers. */
  static Engine tested(Engine engine) {
    Engine known = TESTED.get(engine.name());
    if (known != null) {
      return known;
    }
    String difference = EngineSelfTest.difference(engine);
    if (difference != null) {
      throw new IllegalStateException(
          "engine " + engine.name() + " failed its self test: " + difference);
    }
    Engine first = TESTED.putIfAbsent(engine.name(), engine);
    return first == null ? engine : first;
  }

  private static Choice choice() {
    Choice choice = Holder.CHOICE;
    if (choice.failure() != null) {
      throw new IllegalStateException(choice.failure().getMessage(), choice.failure());
    }
    return choice;
  }

  /**
   * {@return the engine that this JVM uses where none is asked for, the same at every call}
   *
   * @throws IllegalStateException if {@code -Dredstuff.engine} names an engine that is not known,
   *     cannot run here or fails its self test
   */
  public static Engine selected() {
    return choice().engine();
  }

  /**
   * Returns an engine by its name.
   *
   * @param name one of {@code reference}, {@code plain}, {@code vector}, {@code vector128}, {@code
   *     vector256}, {@code vector512}; or {@code scalar}, an older name of {@code plain}
   * @return the engine, the same one at every call
   * @throws IllegalStateException if there is no such engine, it cannot run in this JVM or fails
   *     its self test
   */
  public static Engine named(String name) {
    String today = name.equals(SCALAR) ? PLAIN : name;
    Engine known = TESTED.get(today);
    return known != null ? known : tested(create(today));
  }

  /**
   * {@return all engines that can run in this JVM: the reference engine, the plain one, then the
   * vector engines by width}
   *
   * @throws IllegalStateException if one of them fails its self test
   */
  public static List<Engine> available() {
    List<Engine> engines = new ArrayList<>();
    for (String name : NAMES) {
      if (!name.startsWith("vector") || vectorsPresent()) {
        engines.add(named(name));
      }
    }
    return List.copyOf(engines);
  }

  /**
   * {@return the choice in a line for people: the engine, its vectors, why it was chosen, and which
   * flag is missing if one is}
   *
   * @throws IllegalStateException as {@link #selected}
   */
  public static String describe() {
    return choice().description();
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
          new Engine(name, 0, ReferenceFieldKernels::new, new ReferenceHashKernels());
      case PLAIN -> new Engine(name, 0, PlainFieldKernels::new, new PlainHashKernels());
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
          new Engine(name, 128, Vector128FieldKernels::new, new Vector128HashKernels());
      case "vector256" ->
          new Engine(name, 256, Vector256FieldKernels::new, new Vector256HashKernels());
      default -> new Engine(name, 512, Vector512FieldKernels::new, new Vector512HashKernels());
    };
  }
}
