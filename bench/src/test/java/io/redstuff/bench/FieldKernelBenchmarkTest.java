package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.redstuff.error.RedStuffException;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldKernelBenchmarkTest {
  private static final int WORK_BYTES = 4096;

  private static final List<BiConsumer<FieldKernelBenchmark, Bytes>> ONE_LAYER =
      List.of(
          FieldKernelBenchmark::forward,
          FieldKernelBenchmark::forwardGeneral,
          FieldKernelBenchmark::multiply,
          FieldKernelBenchmark::multiplyGeneral);

  private static final List<BiConsumer<FieldKernelBenchmark, Bytes>> TWO_LAYERS =
      List.of(
          FieldKernelBenchmark::forward4,
          FieldKernelBenchmark::forward4General,
          FieldKernelBenchmark::forward4Lowest,
          FieldKernelBenchmark::inverse4);

  /** The work set, in wire coordinates, after some kernels on some engine. */
  private static byte[] after(
      String engine, int rowBytes, long counted, List<BiConsumer<FieldKernelBenchmark, Bytes>> work)
      throws RedStuffException {
    FieldKernelBenchmark benchmark = new FieldKernelBenchmark();
    benchmark.engine = engine;
    benchmark.rowBytes = rowBytes;
    benchmark.workBytes = WORK_BYTES;
    benchmark.setUp();
    try {
      Bytes bytes = new Bytes();
      benchmark.enter(bytes);
      for (BiConsumer<FieldKernelBenchmark, Bytes> kernel : work) {
        kernel.accept(benchmark, bytes);
      }
      benchmark.leave(bytes);
      assertEquals(counted + 2 * WORK_BYTES, bytes.bytes);
      return benchmark.work().toArray(ValueLayout.JAVA_BYTE);
    } finally {
      benchmark.tearDown();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 512, 1024})
  void everyKernelDoesWhatTheReferenceDoes(int rowBytes) throws RedStuffException {
    byte[] untouched = after(EngineBenchmark.SELECTED, rowBytes, 0, List.of());
    for (int layers = 1; layers <= 2; layers++) {
      for (BiConsumer<FieldKernelBenchmark, Bytes> kernel : layers == 1 ? ONE_LAYER : TWO_LAYERS) {
        long counted = (long) layers * WORK_BYTES;
        byte[] expected = after("reference", rowBytes, counted, List.of(kernel));
        byte[] got = after(EngineBenchmark.SELECTED, rowBytes, counted, List.of(kernel));
        assertArrayEquals(expected, got);
        assertFalse(Arrays.equals(untouched, got), "did nothing");
      }
    }
  }

  @Test
  void inverse4UndoesForward4() throws RedStuffException {
    byte[] untouched = after(EngineBenchmark.SELECTED, 128, 0, List.of());
    assertArrayEquals(
        untouched,
        after(
            EngineBenchmark.SELECTED,
            128,
            4 * WORK_BYTES,
            List.of(FieldKernelBenchmark::forward4, FieldKernelBenchmark::inverse4)));
  }
}
