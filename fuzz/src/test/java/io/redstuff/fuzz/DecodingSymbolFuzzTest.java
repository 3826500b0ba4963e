package io.redstuff.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes read as a decoding symbol: what holds is said at {@link ParserCheck}. */
class DecodingSymbolFuzzTest {
  @FuzzTest
  void parse(byte[] bytes) {
    Wire.DECODING_SYMBOL.check(bytes);
  }
}
