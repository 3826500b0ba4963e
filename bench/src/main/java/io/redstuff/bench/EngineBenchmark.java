package io.redstuff.bench;

import io.redstuff.error.RedStuffException;
import io.redstuff.simd.Engine;
import io.redstuff.simd.Engines;
import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What all benchmarks of an engine share: the engine, native memory that is there before the clock
 * runs, and microseconds per call, unless a benchmark says otherwise.
 *
 * <p>{@code -p engine=plain} takes an engine that the JVM would not select, {@code -p
 * engine=plain,vector128,vector256} one after the other.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsPrepend = "--add-modules=jdk.incubator.vector")
@State(Scope.Thread)
public abstract class EngineBenchmark {
  /**
   * The engine that the JVM selects, from the first call on: vectors do not begin in plain Java.
   */
  static final String SELECTED = "selected";

  /** The same, as users get it: plain Java, which vectors relieve once they are compiled. */
  private static final String FREE = "free";

  @Param(SELECTED)
  String engine = SELECTED;

  private Arena arena;

  /** Returns the engine of the name {@link #SELECTED}. */
  static Engine selected() {
    return Engines.named(Engines.selected().name());
  }

  /** Allocates and fills all memory that a measured call works on. */
  @Setup
  public final void setUp() throws RedStuffException {
    // shared: calls that split their work among threads must be able to read it
    arena = Arena.ofShared();
    Engine chosen =
        switch (engine) {
          case SELECTED -> selected();
          case FREE -> Engines.selected();
          default -> Engines.named(engine);
        };
    prepare(chosen, arena);
  }

  /** Frees the memory. */
  @TearDown
  public final void tearDown() {
    arena.close();
  }

  /** Does the work of {@link #setUp}; the arena is closed after the last measured call. */
  abstract void prepare(Engine chosen, Arena memory) throws RedStuffException;
}
