package io.redstuff.cli.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1_000_000,1000000",
    "17B,17",
    "64M,67108864",
    "64m,67108864",
    "10MiB,10485760",
    "10 MiB,10485760",
    "10Mi,10485760",
    "10MB,10000000",
    "1K,1024",
    "1KB,1000",
    "1GiB,1073741824",
    "1.5gib,1610612736",
    "0.5K,512",
    "2T,2199023255552",
    "9223372036854775807,9223372036854775807"
  })
  void reads(String text, long bytes) {
    assertEquals(bytes, ByteSize.parse(text).bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "-1", "+1", "K", "1P", "1MiBB", "1.", ".5K", "_1", "1e3", "0x10", "1  K", "1iB"
      })
  void refusesWhatIsNoSize(String text) {
    Exception e = assertThrows(TypeConversionException.class, () -> ByteSize.parse(text));
    assertTrue(e.getMessage().startsWith("got '" + text + "', expected a size"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "0.3K", "9223372036854775808", "8388608T"})
  void refusesWhatIsNoWholeNumberOfBytes(String text) {
    Exception e = assertThrows(TypeConversionException.class, () -> ByteSize.parse(text));
    assertTrue(e.getMessage().contains("expected a whole number of bytes"), e.getMessage());
  }
}
