package io.redstuff.simd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.simd.field.FieldKernels;
import io.redstuff.simd.field.FoldedKernels;
import io.redstuff.simd.field.PlainFieldKernels;
import io.redstuff.simd.hash.HashKernels;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test at start-up: it passes, and nothing that a kernel gets wrong passes it. */
class EngineSelfTestTest {
  private static final String BROKEN = "broken";

  static Stream<Engine> engines() {
    return EnginesUnderTest.all().stream();
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyEngineGivesTheKnownAnswers(Engine engine) {
    assertNull(EngineSelfTest.difference(engine));
  }

  /** What happens to each call of a kernel: it is made, then the action sees its number. */
  private record Tampering(
      Object kernels, Map<String, Integer> calls, BiConsumer<Call, Bytes> action) {
    Object invoke(Method method, Object[] arguments) throws Throwable {
      boolean kernel = method.getReturnType() == void.class;
      Bytes bytes = kernel ? new Bytes(kernels, arguments) : null;
      try {
        Object result = method.invoke(kernels, arguments);
        if (kernel) {
          int number = calls.merge(method.getName(), 1, Integer::sum);
          action.accept(new Call(method.getName(), number), bytes);
        }
        return result;
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  /** The n-th call of a kernel. */
  private record Call(String kernel, int number) {}

  /** The memory that a kernel got, and the rows that it holds, with what was there before. */
  private static final class Bytes {
    private final Object kernels;
    private final List<MemorySegment> segments = new ArrayList<>();
    private final List<byte[]> before = new ArrayList<>();
    private final List<long[]> planesBefore = new ArrayList<>();

    Bytes(Object kernels, Object[] arguments) {
      this.kernels = kernels;
      planes().forEach(plane -> planesBefore.add(plane.clone()));
      for (Object argument : arguments) {
        if (argument instanceof MemorySegment segment) {
          segments.add(segment);
          before.add(segment.toArray(JAVA_BYTE));
        }
      }
    }

    private List<long[]> planes() {
      List<long[]> planes = new ArrayList<>();
      if (kernels instanceof PlainFieldKernels plain) {
        for (long[][] row : plain.rows()) {
          planes.addAll(List.of(row == null ? new long[8][0] : row));
        }
      }
      return planes;
    }

    /**
     * Changes a bit of the first byte that the kernel wrote to the last segment it got, or else of
     * the first word in its rows, and says whether it wrote any.
     */
    boolean spoil() {
      MemorySegment target = segments.getLast();
      byte[] after = target.toArray(JAVA_BYTE);
      int at = Arrays.mismatch(before.getLast(), after);
      if (at >= 0) {
        target.set(JAVA_BYTE, at, (byte) (after[at] ^ 1));
        return true;
      }
      List<long[]> planes = planes();
      for (int i = 0; i < planes.size(); i++) {
        long[] old = i < planesBefore.size() ? planesBefore.get(i) : new long[0];
        long[] plane = planes.get(i);
        int word = Arrays.mismatch(Arrays.copyOf(old, plane.length), plane);
        if (word >= 0) {
          plane[word] ^= 1;
          return true;
        }
      }
      return false;
    }
  }

  private static Engine tampered(
      Engine engine, Map<String, Integer> calls, BiConsumer<Call, Bytes> action) {
    return new Engine(
        BROKEN,
        engine.vectorBits(),
        () -> proxy(fieldKernels(engine), new Tampering(engine.field().get(), calls, action)),
        proxy(HashKernels.class, new Tampering(engine.hash(), calls, action)));
  }

  private static <K> K proxy(Class<K> kernels, Tampering tampering) {
    return kernels.cast(
        Proxy.newProxyInstance(
            kernels.getClassLoader(),
            new Class<?>[] {kernels},
            (self, method, arguments) -> tampering.invoke(method, arguments)));
  }

  private static Engine spoiledAt(Engine engine, Call wrong, AtomicBoolean spoiled) {
    return tampered(
        engine,
        new HashMap<>(),
        (call, bytes) -> {
          if (call.equals(wrong)) {
            spoiled.set(bytes.spoil());
          }
        });
  }

  private static Engine wrong(String kernel) {
    return spoiledAt(Engines.named("plain"), new Call(kernel, 1), new AtomicBoolean());
  }

  /** What the engine can do. */
  private static Class<? extends FieldKernels> fieldKernels(Engine engine) {
    return engine.field().get() instanceof FoldedKernels ? FoldedKernels.class : FieldKernels.class;
  }

  private static boolean isKernel(Method method) {
    return method.getReturnType() == void.class
        && !Modifier.isStatic(method.getModifiers())
        && !method.isSynthetic();
  }

  /** No kernel is left out, and no single result could be wrong unseen. */
  @ParameterizedTest
  @MethodSource("engines")
  void oneWrongBitOfAnyCallOfAnyKernelIsSeen(Engine engine) {
    Map<String, Integer> calls = new HashMap<>();
    assertNull(EngineSelfTest.difference(tampered(engine, calls, (call, bytes) -> {})));
    for (Class<?> kernels : List.of(fieldKernels(engine), HashKernels.class)) {
      for (Method method : kernels.getMethods()) {
        if (isKernel(method)) {
          assertTrue(calls.containsKey(method.getName()), () -> method + " is not tested");
        }
      }
    }
    calls.forEach(
        (kernel, count) -> {
          int seen = 0;
          for (int number = 1; number <= count; number++) {
            Call call = new Call(kernel, number);
            AtomicBoolean spoiled = new AtomicBoolean();
            String difference = EngineSelfTest.difference(spoiledAt(engine, call, spoiled));
            // a product by one changes nothing, so nothing can be wrong
            assertEquals(spoiled.get(), difference != null, call::toString);
            seen += spoiled.get() ? 1 : 0;
          }
          boolean nothingToDo = kernel.equals("enter") || kernel.equals("leave");
          assertTrue(seen > 0 || (nothingToDo && engine.name().equals("reference")), kernel);
        });
  }

  /** Keeps what is logged. */
  private static final class Log implements System.Logger {
    private final List<String> lines = new ArrayList<>();

    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(level + " " + message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      lines.add(level + " " + format);
    }
  }

  @Test
  void wrongEngineIsNeverUsedAndNamedLoudly() throws InterruptedException {
    Log log = new Log();
    WarmUp warmUp = new WarmUp(Engines.named("plain"), wrong("hashLanes"), 1, log);
    warmUp.engine().count(1);
    warmUp.thread().join();
    assertEquals(1, log.lines.size());
    String line = log.lines.getFirst();
    String start =
        "WARNING engine plain (engine broken failed its self test: hashes of short messages in"
            + " lanes: got ";
    assertTrue(line.startsWith(start), line);
    assertTrue(line.matches(".* got [0-9a-f]{16}, expected [0-9a-f]{16}\\)"), line);
    assertTrue(warmUp.state().startsWith("in plain Java: engine broken failed"), warmUp.state());
    assertSame(Engines.named("plain").field(), warmUp.engine().field());
  }

  @Test
  void wrongEngineThatWasAskedForFails() {
    Engine wrong = wrong("forward");
    String message =
        assertThrows(IllegalStateException.class, () -> Engines.tested(wrong)).getMessage();
    String start = "engine broken failed its self test: field arithmetic: got ";
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void kernelThatThrowsIsWrongToo() {
    Engine throwing =
        tampered(
            Engines.named("plain"),
            new HashMap<>(),
            (call, bytes) -> {
              throw new IndexOutOfBoundsException("far away");
            });
    assertEquals(
        "threw java.lang.IndexOutOfBoundsException: far away", EngineSelfTest.difference(throwing));
  }
}
