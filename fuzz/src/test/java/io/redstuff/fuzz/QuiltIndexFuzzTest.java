package io.redstuff.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.quilt.QuiltIndex;
import java.lang.foreign.MemorySegment;

/** Any bytes read as the index of a quilt: what holds is said at {@link ParserCheck}. */
class QuiltIndexFuzzTest {
  /** Lists of maps: a tag of four bytes becomes five objects. */
  private static final int MAPS = 256;

  @FuzzTest
  void parse(byte[] bytes) {
    ParserCheck.check(
        bytes,
        bcs -> QuiltIndex.parse(MemorySegment.ofArray(bcs.clone()), 1, 667),
        QuiltIndex::toBcs,
        MAPS);
  }
}
