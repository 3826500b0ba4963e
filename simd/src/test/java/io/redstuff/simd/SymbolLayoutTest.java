package io.redstuff.simd;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.simd.field.FieldKernels;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Moving symbols of every size and distance between the wire layout and rows, on every engine,
 * against the layout's definition.
 */
class SymbolLayoutTest {
  private static final byte GUARD = 0x5A;

  static Stream<Engine> engines() {
    return EnginesUnderTest.all().stream();
  }

  /** A batch of symbols with a distance between the lanes. */
  private record Shape(int symbolBytes, int lanes, int stride) {
    int elements() {
      return lanes * symbolBytes / 2;
    }

    int bytes() {
      return (lanes - 1) * stride + symbolBytes;
    }

    /** Where the low byte of an element of the row lies. */
    int lowByte(int element) {
      int inSymbol = element % (symbolBytes / 2);
      int chunk = inSymbol / 32;
      return element / (symbolBytes / 2) * stride + 64 * chunk + inSymbol % 32;
    }

    /** Where its high byte lies. */
    int highByte(int element) {
      int chunk = element % (symbolBytes / 2) / 32;
      return lowByte(element) + Math.min(64, symbolBytes - 64 * chunk) / 2;
    }
  }

  private static Stream<Shape> shapes() {
    int[] lanes = {1, 2, 3, 4, 5, 7, 8, 9, 10, 15, 16, 17, 31, 32, 33, 64, 69, 70};
    return Stream.iterate(2, size -> size <= 130, size -> size + 2)
        .flatMap(
            size ->
                Arrays.stream(lanes)
                    .boxed()
                    .flatMap(
                        count ->
                            Stream.of(size, size + 2, 3 * size + 1)
                                .map(stride -> new Shape(size, count, stride))));
  }

  @ParameterizedTest
  @MethodSource("engines")
  void rowsHoldTheElementsOfTheWire(Engine engine) {
    FieldKernels kernels = engine.field().get();
    shapes().forEach(shape -> check(kernels, shape, 0));
    // rows with room to spare and symbols at odd addresses
    shapes()
        .filter(shape -> shape.symbolBytes() % 6 == 0)
        .forEach(shape -> check(kernels, shape, 64));
  }

  private static void check(FieldKernels kernels, Shape shape, int spare) {
    int planeBytes = (shape.elements() + 63) / 64 * 64 + spare;
    byte[] wire = new byte[shape.bytes()];
    new Random(shape.hashCode()).nextBytes(wire);
    try (Arena arena = Arena.ofConfined()) {
      // the row before and the one behind are guards
      int row = 2 * planeBytes;
      MemorySegment work = arena.allocate(3L * row + FieldKernels.PLANE_QUANTUM, 64);
      work.fill(GUARD);
      // no byte to read before the first symbol or behind the last
      MemorySegment symbols = arena.allocate(wire.length + 1L, 64).asSlice(1);
      symbols.copyFrom(MemorySegment.ofArray(wire));
      kernels.gather(
          symbols, 0, shape.stride(), shape.symbolBytes(), shape.lanes(), work, row, planeBytes);

      byte[] target = new byte[wire.length + 2];
      Arrays.fill(target, GUARD);
      MemorySegment out = arena.allocate(target.length);
      out.fill(GUARD);
      byte[] entered = work.toArray(JAVA_BYTE);
      kernels.leave(work, row, planeBytes);
      byte[] planes = work.toArray(JAVA_BYTE);
      for (int element = 0; element < shape.elements(); element++) {
        assertEquals(wire[shape.lowByte(element)], planes[row + element], shape::toString);
        int high = row + planeBytes + element;
        assertEquals(wire[shape.highByte(element)], planes[high], shape::toString);
        target[1 + shape.lowByte(element)] = planes[row + element];
        target[1 + shape.highByte(element)] = planes[high];
      }
      byte[] guard = new byte[row];
      Arrays.fill(guard, GUARD);
      assertArrayEquals(guard, Arrays.copyOf(planes, row), shape::toString);
      assertArrayEquals(guard, Arrays.copyOfRange(planes, 2 * row, 3 * row), shape::toString);

      MemorySegment.copy(entered, 0, work, JAVA_BYTE, 0, entered.length);
      kernels.scatter(
          work, row, planeBytes, out, 1, shape.stride(), shape.symbolBytes(), shape.lanes());
      assertArrayEquals(target, out.toArray(JAVA_BYTE), shape::toString);
    }
  }
}
