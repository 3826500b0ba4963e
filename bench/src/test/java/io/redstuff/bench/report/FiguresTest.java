package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0.5, 0.500 ns",
    "123.4, 123 ns",
    "999.4, 999 ns",
    "999.6, 1.00 us",
    "12345, 12.3 us",
    "454e6, 454 ms",
    "16537e6, 16.5 s",
    "5e12, 5000 s"
  })
  void timesHaveThreeDigits(double nanos, String text) {
    assertEquals(text, Figures.time(nanos));
  }

  @Test
  void theErrorHasTwoDigitsInTheSameUnit() {
    assertEquals("12.3 ± 0.046 ms", Figures.time(12.34e6, 45_678));
    assertEquals("12.3 ± 0 ms", Figures.time(12.34e6, 0));
  }

  @Test
  void ratesRatiosAndMemory() {
    assertEquals("4.40 GB/s", Figures.rate(128, 29.1));
    assertEquals("63.8 MB/s", Figures.rate(67_108_864, 1.052e9));
    assertEquals("5.04x", Figures.ratio(5.044));
    assertEquals("0 B", Figures.memory(0.02));
    assertEquals("24.0 B", Figures.memory(24));
    assertEquals("1.54 kB", Figures.memory(1536));
    assertEquals("3.5", Figures.plain(3.5));
    assertEquals("30", Figures.plain(30));
  }
}
