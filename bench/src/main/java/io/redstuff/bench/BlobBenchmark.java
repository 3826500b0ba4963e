package io.redstuff.bench;

import io.redstuff.Sliver;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/**
 * What all benchmarks of whole blobs share: a blob in native memory, encoded for a number of
 * shards. Milliseconds per call on one thread, unless a benchmark says otherwise.
 *
 * <p>The longest blob of 10 shards has 1834952 bytes, that of 100 shards 149 MB, that of 1000
 * shards 14.6 GB: {@code -p shards=100 -p blobBytes=1048576,67108864}.
 */
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public abstract class BlobBenchmark extends EngineBenchmark {
  @Param("1000")
  int shards;

  /** Where the bytes of the blob come from. */
  int seed = 1;

  private RedStuff codec;
  private MemorySegment blob;

  @Override
  final void prepare(Engine chosen, Arena memory) throws RedStuffException {
    codec = RedStuff.forShards(shards, chosen).withParallelism(threads());
    blob = SeededBytes.allocate(memory, blobLength(), seed);
    prepareBlob(memory);
  }

  /** A parameter of the benchmark, since each has its own default sizes. */
  abstract long blobLength();

  /** How many threads one call may use. */
  int threads() {
    return 1;
  }

  /** Allocates and fills what a call needs besides the blob. */
  abstract void prepareBlob(Arena memory) throws RedStuffException;

  /** A sliver in memory of its own, so that the encoding it came from can be freed. */
  static Sliver copy(Sliver sliver, Arena memory) {
    MemorySegment symbols = memory.allocate(sliver.segment().byteSize(), 64);
    symbols.copyFrom(sliver.segment());
    return Sliver.view(sliver.id(), sliver.symbolSize(), symbols);
  }

  final RedStuff codec() {
    return codec;
  }

  final MemorySegment blob() {
    return blob;
  }
}
