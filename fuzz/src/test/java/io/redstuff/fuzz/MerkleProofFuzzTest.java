package io.redstuff.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes read as a Merkle proof: what holds is said at {@link ParserCheck}. */
class MerkleProofFuzzTest {
  @FuzzTest
  void parse(byte[] bytes) {
    Wire.MERKLE_PROOF.check(bytes);
  }
}
