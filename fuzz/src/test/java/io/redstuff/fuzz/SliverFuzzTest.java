package io.redstuff.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes read as sliver data of either axis: what holds is said at {@link ParserCheck}. */
class SliverFuzzTest {
  @FuzzTest
  void parse(byte[] bytes) {
    Wire.PRIMARY_SLIVER.check(bytes);
    Wire.SECONDARY_SLIVER.check(bytes);
  }
}
