package io.redstuff.internal.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.EncodingParameters;
import io.redstuff.simd.Engines;
import io.redstuff.stream.ArenaMeter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory of those who commit to many blobs, which lies in arenas that nobody can count. */
class BlobCommittersTest {
  @ParameterizedTest
  @ValueSource(ints = {64, 65, 100, 1000, 1024, 1025})
  void tablesAndWorkersOfOneRowTakeWhatIsSaid(int shards) {
    EncodingParameters parameters = EncodingParameters.forShards(shards);
    ArenaMeter tables = new ArenaMeter();
    ArenaMeter worker = new ArenaMeter();
    try (Arena first = tables.apply(Arena.ofConfined());
        Arena second = worker.apply(Arena.ofConfined())) {
      ColumnRoots roots = new ColumnRoots(parameters, Engines.selected(), first);
      SingleRowCommitter committer =
          new SingleRowCommitter(parameters, Engines.selected(), roots, second);
      assertEquals(5, committer.commit(MemorySegment.ofArray(new byte[5])).blobLength());
    }
    // one product less than there are values
    assertTrue(tables.peak() <= ColumnRoots.BYTES && tables.peak() > ColumnRoots.BYTES - 64);
    assertEquals(SingleRowCommitter.memory(parameters), worker.peak());
  }
}
