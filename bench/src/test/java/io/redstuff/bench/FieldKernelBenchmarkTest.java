package io.redstuff.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.redstuff.error.RedStuffException;
import io.redstuff.simd.FieldWorkSet.Pass;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldKernelBenchmarkTest {
  private static final int WORK_BYTES = 4096;

  /** The work set, in wire coordinates, after some kernels on some engine. */
  private static byte[] after(String engine, int rowBytes, Pass... passes)
      throws RedStuffException {
    FieldKernelBenchmark benchmark = new FieldKernelBenchmark();
    benchmark.engine = engine;
    benchmark.rowBytes = rowBytes;
    benchmark.workBytes = WORK_BYTES;
    benchmark.setUp();
    try {
      run(benchmark, Pass.ENTER);
      for (Pass pass : passes) {
        run(benchmark, pass);
      }
      run(benchmark, Pass.LEAVE);
      return benchmark.work().toArray(ValueLayout.JAVA_BYTE);
    } finally {
      benchmark.tearDown();
    }
  }

  private static void run(FieldKernelBenchmark benchmark, Pass pass) {
    Bytes bytes = new Bytes();
    benchmark.pass = pass;
    benchmark.kernel(bytes);
    assertEquals(pass.name().contains("4") ? 2 * WORK_BYTES : WORK_BYTES, bytes.bytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 512, 1024})
  void everyKernelDoesWhatTheReferenceDoes(int rowBytes) throws RedStuffException {
    byte[] untouched = after(EngineBenchmark.SELECTED, rowBytes);
    for (Pass pass : EnumSet.complementOf(EnumSet.of(Pass.ENTER, Pass.LEAVE))) {
      byte[] got = after(EngineBenchmark.SELECTED, rowBytes, pass);
      assertArrayEquals(after("reference", rowBytes, pass), got, pass::name);
      assertFalse(Arrays.equals(untouched, got), () -> pass + " did nothing");
    }
  }

  @Test
  void inverse4UndoesForward4() throws RedStuffException {
    byte[] untouched = after(EngineBenchmark.SELECTED, 128);
    assertArrayEquals(
        untouched, after(EngineBenchmark.SELECTED, 128, Pass.FORWARD4, Pass.INVERSE4));
  }
}
