package io.redstuff.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes read as a general recovery symbol: what holds is said at {@link ParserCheck}. */
class GeneralRecoverySymbolFuzzTest {
  @FuzzTest
  void parse(byte[] bytes) {
    Wire.GENERAL_SYMBOL.check(bytes);
  }
}
