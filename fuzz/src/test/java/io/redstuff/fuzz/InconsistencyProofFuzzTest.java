package io.redstuff.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes read as an inconsistency proof: what holds is said at {@link ParserCheck}. */
class InconsistencyProofFuzzTest {
  @FuzzTest
  void parse(byte[] bytes) {
    Wire.INCONSISTENCY_PROOF.check(bytes);
  }
}
