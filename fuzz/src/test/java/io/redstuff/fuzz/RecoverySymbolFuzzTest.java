package io.redstuff.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any bytes read as a recovery symbol of either axis: what holds is said at {@link ParserCheck}.
 */
class RecoverySymbolFuzzTest {
  @FuzzTest
  void parse(byte[] bytes) {
    Wire.PRIMARY_SYMBOL.check(bytes);
    Wire.SECONDARY_SYMBOL.check(bytes);
  }
}
