package io.redstuff.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as the report prints them: three digits that count, and a unit. */
final class Figures {
  /** What stands where nothing was measured. */
  static final String NONE = "–";

  private static final String[] TIMES = {"ns", "us", "ms", "s"};
  private static final String[] MEMORY = {"B", "kB", "MB", "GB"};

  private Figures() {}

  /**
   * A time.
   *
   * @param nanos nanoseconds
   * @return as in {@code 12.3 ms}
   */
  static String time(double nanos) {
    return time(nanos, Double.NaN);
  }

  /**
   * A time with its error.
   *
   * @param nanos nanoseconds
   * @param error half the width of its interval; left out if NaN
   * @return as in {@code 12.3 ± 0.45 ms}
   */
  static String time(double nanos, double error) {
    int unit = unit(nanos);
    double scale = Math.pow(1000, unit);
    String spread = Double.isNaN(error) ? "" : " ± " + digits(error / scale, 2);
    return digits(nanos / scale, 3) + spread + " " + TIMES[unit];
  }

  /**
   * A rate.
   *
   * @param bytes how many bytes
   * @param nanos in how many nanoseconds
   * @return in GB/s or MB/s, powers of ten
   */
  static String rate(double bytes, double nanos) {
    double gigabytes = bytes / nanos;
    return gigabytes >= 0.9995
        ? digits(gigabytes, 3) + " GB/s"
        : digits(gigabytes * 1000, 3) + " MB/s";
  }

  /**
   * How many times one thing is another.
   *
   * @param ratio the ratio
   * @return as in {@code 5.04x}
   */
  static String ratio(double ratio) {
    return digits(ratio, 3) + "x";
  }

  /**
   * An amount of memory.
   *
   * @param bytes how many bytes
   * @return in B, kB, MB or GB, powers of ten; below half a byte, which is the counter's noise, 0 B
   */
  static String memory(double bytes) {
    if (bytes < 0.5) {
      return "0 B";
    }
    int unit = unit(bytes);
    return digits(bytes / Math.pow(1000, unit), 3) + " " + MEMORY[unit];
  }

  /**
   * A number without trailing zeros.
   *
   * @param number the number
   * @return as in {@code 3.5} or {@code 5}
   */
  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static String digits(double number, int digits) {
    if (number == 0) {
      return "0";
    }
    BigDecimal rounded =
        new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_UP));
    // 2 and 0.5 get the zeros that make them digits which count.
    int decimals = Math.max(0, rounded.scale() + digits - rounded.precision());
    return rounded.setScale(decimals, RoundingMode.UNNECESSARY).toPlainString();
  }

  /** How many times a number is divided by a thousand before it is printed. */
  private static int unit(double number) {
    int unit = 0;
    // 999.5 would be printed as 1000.
    for (double rest = number; rest >= 999.5 && unit < 3; rest /= 1000) {
      unit++;
    }
    return unit;
  }
}
