package io.redstuff.simd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.simd.field.FieldKernels;
import io.redstuff.simd.field.Gf16;
import io.redstuff.simd.field.ReferenceFieldKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The transforms against their definition: evaluating polynomials point by point. */
class AdditiveFftTest {
  private static final int PLANE = FieldKernels.PLANE_QUANTUM;
  private static final FieldKernels REFERENCE = new ReferenceFieldKernels();

  static Stream<Engine> engines() {
    return EnginesUnderTest.all().stream();
  }

  /** The value at x of the basis polynomial i: the product of s_b(x) over the bits b of i. */
  private static int basisPolynomial(int i, int x) {
    int product = 1;
    int subspacePolynomial = x;
    for (int rest = i; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        product = Gf16.multiply(product, subspacePolynomial);
      }
      subspacePolynomial ^= Gf16.multiply(subspacePolynomial, subspacePolynomial);
    }
    return product;
  }

  /** One element a row is enough to see a transform; all lanes hold the same. */
  private static int[] transform(int[] rows, Transform transform) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment work = arena.allocate(2L * PLANE * rows.length, 64);
      for (int row = 0; row < rows.length; row++) {
        for (int lane = 0; lane < PLANE; lane++) {
          work.set(JAVA_BYTE, 2L * PLANE * row + lane, (byte) rows[row]);
          work.set(JAVA_BYTE, 2L * PLANE * row + PLANE + lane, (byte) (rows[row] >>> 8));
        }
      }
      transform.on(new AdditiveFft(REFERENCE, work, PLANE));
      int[] result = new int[rows.length];
      for (int row = 0; row < rows.length; row++) {
        int low = work.get(JAVA_BYTE, 2L * PLANE * row + 7) & 0xFF;
        int high = work.get(JAVA_BYTE, 2L * PLANE * row + PLANE + 7) & 0xFF;
        result[row] = high << 8 | low;
      }
      return result;
    }
  }

  private interface Transform {
    void on(AdditiveFft fft);
  }

  private static int[] randomRows(int size, long seed) {
    return new Random(seed).ints(size, 0, Gf16.ORDER).toArray();
  }

  @ParameterizedTest
  @MethodSource("sizesAndCosets")
  void forwardEvaluates(int size, int coset) {
    int[] coefficients = randomRows(size, size + coset);
    int[] expected = new int[size];
    for (int point = 0; point < size; point++) {
      for (int i = 0; i < size; i++) {
        expected[point] ^= Gf16.multiply(coefficients[i], basisPolynomial(i, coset + point));
      }
    }
    int[] values = transform(coefficients, fft -> fft.forward(0, size, 0, size, coset));
    assertArrayEquals(expected, values);
    int[] back = transform(values, fft -> fft.inverse(0, size, 0, size, coset));
    assertArrayEquals(coefficients, back);
  }

  static Stream<Arguments> sizesAndCosets() {
    return Stream.of(1, 2, 4, 8, 16, 32, 64, 128)
        .flatMap(
            size ->
                Stream.of(0, size, 2 * size, 5 * size, 65536 - size)
                    .map(coset -> Arguments.of(size, coset)));
  }

  @ParameterizedTest
  @MethodSource("sizesAndCosets")
  void truncatedTransformsGiveTheSameLeadingRows(int size, int coset) {
    Random random = new Random(size * 7L + coset);
    int live = 1 + random.nextInt(size);
    int[] values = randomRows(size, coset);
    Arrays.fill(values, live, size, 0);
    int[] whole = transform(values, fft -> fft.inverse(0, size, 0, size, coset));
    int[] partial = transform(values, fft -> fft.inverse(0, size, 0, live, coset));
    assertArrayEquals(whole, partial);
    int[] forward = transform(values, fft -> fft.forward(0, size, 0, size, coset));
    int[] leading = transform(values, fft -> fft.forward(0, size, 0, live, coset));
    assertArrayEquals(Arrays.copyOf(forward, live), Arrays.copyOf(leading, live));
  }

  @ParameterizedTest
  @MethodSource("sizesAndCosets")
  void transformsOfARangeGiveTheSameRows(int size, int coset) {
    Random random = new Random(size * 11L + coset);
    for (int attempt = 0; attempt < 10; attempt++) {
      int from = random.nextInt(size);
      int to = from + 1 + random.nextInt(size - from);
      int[] values = randomRows(size, coset + attempt);
      int[] forward = transform(values, fft -> fft.forward(0, size, 0, size, coset));
      int[] wanted = transform(values, fft -> fft.forward(0, size, from, to, coset));
      assertArrayEquals(
          Arrays.copyOfRange(forward, from, to), Arrays.copyOfRange(wanted, from, to));
      Arrays.fill(values, 0, from, 0);
      Arrays.fill(values, to, size, 0);
      int[] whole = transform(values, fft -> fft.inverse(0, size, 0, size, coset));
      int[] live = transform(values, fft -> fft.inverse(0, size, from, to, coset));
      assertArrayEquals(whole, live);
    }
  }

  @ParameterizedTest
  @MethodSource("sizesAndCosets")
  void workOfARangeIsAtMostThatOfTheWhole(int size, int coset) {
    int layers = Integer.numberOfTrailingZeros(size);
    assertEquals((long) size * layers, AdditiveFft.rowsTouched(size, 0, size));
    int row = coset % size;
    // one row drags along its neighbors: 4 of them in two layers, 16 in the next two, ..; all of
    // them in the layer that may be left over
    long few = layers % 2 == 0 ? 0 : size;
    for (int pair = 1; pair <= layers / 2; pair++) {
      few += 2L << (2 * pair);
    }
    assertEquals(few, AdditiveFft.rowsTouched(size, row, row + 1));
  }

  @ParameterizedTest
  @MethodSource("sizesAndCosets")
  void derivativeDropsOneFactorOfEachBasisPolynomial(int size, int seed) {
    int[] coefficients = randomRows(size, seed);
    int[] expected = coefficients.clone();
    for (int i = 0; i < size; i++) {
      for (int bit = 1; bit < size; bit *= 2) {
        if ((i & bit) == 0) {
          expected[i] ^= coefficients[i + bit];
        }
      }
    }
    assertArrayEquals(expected, transform(coefficients, fft -> fft.addDerivative(0, 0, size)));
    int[] twice = Arrays.copyOf(coefficients, 2 * size);
    int[] added = transform(twice, fft -> fft.addDerivative(0, 2L * PLANE * size, size));
    assertArrayEquals(coefficients, Arrays.copyOf(added, size));
    for (int i = 0; i < size; i++) {
      assertEquals(expected[i] ^ coefficients[i], added[size + i]);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  void everyEngineTransformsAsTheReference(Engine engine) {
    Random random = new Random(99);
    for (int size : new int[] {1, 2, 4, 8, 64, 128, 512}) {
      for (int coset : new int[] {0, size, 3 * size, 1024, 65536 - Math.max(size, 1024)}) {
        if (coset % size != 0) {
          continue;
        }
        int plane = PLANE * (1 + random.nextInt(3));
        byte[] input = new byte[2 * plane * size];
        random.nextBytes(input);
        assertArrayEquals(
            roundTrip(REFERENCE, input, plane, size, coset),
            roundTrip(engine.field().get(), input, plane, size, coset),
            () -> engine + " size " + size + " coset " + coset);
      }
    }
  }

  private static byte[] roundTrip(
      FieldKernels kernels, byte[] input, int plane, int size, int coset) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment work = arena.allocate(input.length, 64);
      MemorySegment.copy(input, 0, work, JAVA_BYTE, 0, input.length);
      for (int row = 0; row < size; row++) {
        kernels.enter(work, 2L * row * plane, plane);
      }
      AdditiveFft fft = new AdditiveFft(kernels, work, plane);
      fft.inverse(0, size, 0, size, coset);
      fft.addDerivative(0, 0, size);
      fft.forward(0, size, 0, size, 0);
      for (int row = 0; row < size; row++) {
        kernels.leave(work, 2L * row * plane, plane);
      }
      return work.toArray(JAVA_BYTE);
    }
  }
}
