package io.redstuff.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes read as a sliver that says its axis: what holds is said at {@link ParserCheck}. */
class TaggedSliverFuzzTest {
  @FuzzTest
  void parse(byte[] bytes) {
    Wire.TAGGED_SLIVER.check(bytes);
  }
}
