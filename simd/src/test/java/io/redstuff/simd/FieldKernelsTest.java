package io.redstuff.simd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.simd.field.FieldKernels;
import io.redstuff.simd.field.ReferenceFieldKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine's field arithmetic against the reference, operation by operation. */
class FieldKernelsTest {
  private static final FieldKernels REFERENCE = new ReferenceFieldKernels();
  private static final List<Integer> PLANES = List.of(64, 128, 192, 576);
  private static final List<Integer> TWIDDLES =
      List.of(0, 1, 2, 15, 16, 127, 128, 255, 256, 257, 0x1234, 0x8000, 0xFF00, 0xFFFF);

  static Stream<Engine> engines() {
    return EnginesUnderTest.all().stream();
  }

  /** An operation of the kernels on a work memory. */
  private interface Operation {
    void on(FieldKernels kernels, MemorySegment work);
  }

  private static void compare(Engine engine, int rows, int planeBytes, Operation operation) {
    long seed = rows * 31L + planeBytes;
    byte[] input = new byte[2 * rows * planeBytes];
    new Random(seed).nextBytes(input);
    byte[] expected = run(REFERENCE, input, rows, planeBytes, operation);
    byte[] actual = run(engine.field().get(), input, rows, planeBytes, operation);
    assertArrayEquals(expected, actual, () -> engine + ", planes of " + planeBytes);
  }

  private static byte[] run(
      FieldKernels kernels, byte[] input, int rows, int planeBytes, Operation operation) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment work = arena.allocate(input.length, 64);
      MemorySegment.copy(input, 0, work, JAVA_BYTE, 0, input.length);
      for (int row = 0; row < rows; row++) {
        kernels.enter(work, 2L * row * planeBytes, planeBytes);
      }
      operation.on(kernels, work);
      for (int row = 0; row < rows; row++) {
        kernels.leave(work, 2L * row * planeBytes, planeBytes);
      }
      return work.toArray(JAVA_BYTE);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void enteringAndLeavingChangesNothing(Engine engine) {
    for (int plane : PLANES) {
      compare(engine, 3, plane, (kernels, work) -> assertEquals(6L * plane, work.byteSize()));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void butterflies(Engine engine) {
    for (int plane : PLANES) {
      for (int rows : List.of(1, 2, 3)) {
        for (int twiddle : TWIDDLES) {
          compare(
              engine,
              2 * rows,
              plane,
              (kernels, work) -> kernels.forward(work, 0, rows, plane, twiddle));
          compare(
              engine,
              2 * rows,
              plane,
              (kernels, work) -> kernels.inverse(work, 0, rows, plane, twiddle));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void halvesOfButterfliesPutElsewhere(Engine engine) {
    for (int plane : PLANES) {
      for (int rows : List.of(1, 2, 3)) {
        long target = 4L * rows * plane;
        for (int twiddle : TWIDDLES) {
          compare(
              engine,
              3 * rows,
              plane,
              (kernels, work) -> kernels.forwardHalf(work, 0, target, rows, plane, twiddle));
        }
      }
    }
    // both halves are what the butterflies in place give
    byte[] input = new byte[4 * 64];
    new Random(3).nextBytes(input);
    byte[] whole =
        run(engine.field().get(), input, 2, 64, (k, work) -> k.forward(work, 0, 1, 64, 0x34A));
    for (int half = 0; half < 2; half++) {
      int twiddle = 0x34A ^ half;
      byte[] three =
          run(
              engine.field().get(),
              Arrays.copyOf(input, 6 * 64),
              3,
              64,
              (k, work) -> k.forwardHalf(work, 0, 4 * 64, 1, 64, twiddle));
      assertArrayEquals(
          Arrays.copyOfRange(whole, half * 128, half * 128 + 128),
          Arrays.copyOfRange(three, 4 * 64, 6 * 64));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void butterfliesOfTwoLayers(Engine engine) {
    Random random = new Random(5);
    for (int plane : PLANES) {
      for (int rows : List.of(1, 2)) {
        for (int round = 0; round < 40; round++) {
          int bound = round % 2 == 0 ? 256 : 65536;
          int outer = random.nextInt(bound);
          int first = round % 5 == 0 ? 0 : random.nextInt(bound);
          int second = random.nextInt(bound);
          compare(
              engine,
              4 * rows,
              plane,
              (kernels, work) -> kernels.forward4(work, 0, rows, plane, outer, first, second));
          compare(
              engine,
              4 * rows,
              plane,
              (kernels, work) -> kernels.inverse4(work, 0, rows, plane, outer, first, second));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void sumsWithWhatInverseButterfliesMakeOfHalves(Engine engine) {
    for (int plane : PLANES) {
      for (int rows : List.of(1, 2, 3)) {
        int bytes = 2 * rows * plane;
        for (int twiddle : TWIDDLES) {
          byte[] input = new byte[4 * bytes];
          new Random(twiddle).nextBytes(input);
          Arrays.fill(input, 3 * bytes, 4 * bytes, (byte) 0);
          Operation apart =
              (kernels, work) -> {
                kernels.inverse(work, 2L * bytes, rows, plane, twiddle);
                kernels.add(work, 0, 2L * bytes, 2L * bytes);
              };
          Operation together =
              (kernels, work) ->
                  kernels.addInverseOfHalf(work, 2L * bytes, 0, rows, plane, twiddle);
          byte[] expected = run(REFERENCE, input, 4 * rows, plane, apart);
          byte[] actual = run(engine.field().get(), input, 4 * rows, plane, together);
          assertArrayEquals(
              Arrays.copyOf(expected, 2 * bytes),
              Arrays.copyOf(actual, 2 * bytes),
              () -> engine + ", planes of " + plane);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void halvesOfThreeLayersPutElsewhere(Engine engine) {
    Random random = new Random(7);
    for (int plane : PLANES) {
      for (int rows : List.of(1, 2)) {
        for (int round = 0; round < 20; round++) {
          int bound = round % 2 == 0 ? 256 : 65536;
          int half = random.nextInt(bound);
          int outer = random.nextInt(bound);
          int first = random.nextInt(bound);
          int second = random.nextInt(bound);
          long target = 16L * rows * plane;
          compare(
              engine,
              12 * rows,
              plane,
              (kernels, work) ->
                  kernels.forwardHalf4(work, 0, target, rows, plane, half, outer, first, second));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everySubfieldTwiddle(Engine engine) {
    for (int twiddle = 0; twiddle < 256; twiddle++) {
      int factor = twiddle;
      compare(engine, 2, 64, (kernels, work) -> kernels.forward(work, 0, 1, 64, factor));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void sumsAndMultiples(Engine engine) {
    for (int plane : PLANES) {
      compare(engine, 4, plane, (kernels, work) -> kernels.add(work, 0, 4L * plane, 4L * plane));
      for (int factor : TWIDDLES) {
        compare(
            engine, 2, plane, (kernels, work) -> kernels.multiply(work, 2L * plane, plane, factor));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void multiplesAdded(Engine engine) {
    for (int plane : PLANES) {
      for (int rows : List.of(1, 3)) {
        long target = 2L * rows * plane;
        for (int factor : TWIDDLES) {
          compare(
              engine,
              2 * rows,
              plane,
              (kernels, work) -> kernels.addMultiple(work, target, 0, rows, plane, factor));
        }
      }
    }
  }
}
