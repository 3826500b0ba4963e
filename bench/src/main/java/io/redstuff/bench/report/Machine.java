package io.redstuff.bench.report;

import com.sun.management.OperatingSystemMXBean;
import io.redstuff.simd.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Where and how the results of a topic were measured.
 *
 * @param cpu the processor's name for itself
 * @param cores how many cores the JVM may use
 * @param memory bytes of main memory
 * @param system the operating system
 * @param jdk the JDK
 * @param engine the engine that the JVM selects
 * @param date when
 * @param quick whether with short iterations
 * @param leftOut who could not be measured, and why
 */
record Machine(
    String cpu,
    int cores,
    long memory,
    String system,
    String jdk,
    String engine,
    String date,
    boolean quick,
    List<String> leftOut) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  Machine {
    leftOut = List.copyOf(leftOut);
  }

  /**
   * This machine, today.
   *
   * @param quick whether the iterations are short
   * @param leftOut who cannot be measured, and why
   * @return what it is
   */
  static Machine here(boolean quick, List<String> leftOut) {
    return new Machine(
        processor(),
        Runtime.getRuntime().availableProcessors(),
        memoryBytes(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        Engines.describe(),
        LocalDate.now(ZoneOffset.UTC).toString(),
        quick,
        leftOut);
  }

  /** The same, to compare what was measured alike. */
  Machine withNobodyLeftOut() {
    return new Machine(cpu, cores, memory, system, jdk, engine, date, quick, List.of());
  }

  private static String processor() {
    if (!Files.isReadable(CPU_INFO)) {
      return System.getProperty("os.arch");
    }
    try {
      List<String> lines = Files.readAllLines(CPU_INFO);
      String model = field(lines, "model name", System.getProperty("os.arch"));
      // Virtual machines often hide the model behind a name that says nothing.
      return model
          + " (family "
          + field(lines, "cpu family", "?")
          + ", model "
          + field(lines, "model", "?")
          + ")";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String field(List<String> lines, String name, String otherwise) {
    return lines.stream()
        .map(line -> line.split("\\s*:\\s*", 2))
        .filter(parts -> parts.length == 2 && parts[0].equals(name))
        .map(parts -> parts[1].strip())
        .findFirst()
        .orElse(otherwise);
  }

  private static long memoryBytes() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }
}
