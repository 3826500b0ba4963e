package io.redstuff.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** What audits are planned for: a fraction of the slivers, and a probability of being wrong. */
class AuditValuesTest {

  @ParameterizedTest
  @CsvSource({
    "1%,0.01,1%",
    "1 %,0.01,1%",
    "0.5%,0.005,0.5%",
    "7%,0.07,7%",
    "100%,1.0,100%",
    "0.01,0.01,1%",
    "0.000001%,1e-8,0.000001%",
  })
  void readsFractions(String text, double value, String written) {
    Fraction fraction = Fraction.parse(text);
    assertEquals(value, fraction.value());
    assertEquals(written, fraction.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "1", "1.0", "%", "-1%", "101%", "0%", "0", "0.0", ".5%", "1e-2", "1,5%"})
  void refusesWhatIsNoFraction(String text) {
    Exception e = assertThrows(TypeConversionException.class, () -> Fraction.parse(text));
    assertTrue(e.getMessage().startsWith("got '" + text + "', expected a part"), e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "2^-40,40",
    "2^-1,1",
    "2^-128,128",
    "10^-12,39.86313713864835",
    "10^-1,3.321928094887362"
  })
  void readsConfidences(String text, double bits) {
    Confidence confidence = Confidence.parse(text);
    assertEquals(bits, confidence.bits(), 1e-12);
    assertEquals(text, confidence.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "40", "2^40", "2^-0", "2^-1000", "3^-4", "2^-4.5", "1e-12", "2^--4"})
  void refusesWhatIsNoConfidence(String text) {
    Exception e = assertThrows(TypeConversionException.class, () -> Confidence.parse(text));
    assertTrue(
        e.getMessage().startsWith("got '" + text + "', expected a probability"), e.getMessage());
  }
}
