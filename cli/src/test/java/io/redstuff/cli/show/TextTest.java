package io.redstuff.cli.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {

  @Test
  void showsControlCharactersAsEscapes() {
    assertEquals(
        "a\\nb\\rc\\td\\u001be\\u007f\u00fc", Text.oneLine("a\nb\rc\td\u001be\u007f\u00fc"));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 bytes",
    "1,1 byte",
    "1023,1023 bytes",
    "1024,1024 bytes (1.0 KiB)",
    "10485760,10485760 bytes (10.0 MiB)",
    "14599533452,14599533452 bytes (13.6 GiB)",
    "9223372036854775807,9223372036854775807 bytes (8388608.0 TiB)"
  })
  void describesBytes(long bytes, String text) {
    assertEquals(text, Text.bytes(bytes));
  }
}
