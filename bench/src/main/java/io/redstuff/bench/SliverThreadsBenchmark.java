package io.redstuff.bench;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverPair;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.store.MemoryStore;
import io.redstuff.store.RepairReport;
import io.redstuff.store.SliverRepair;
import io.redstuff.store.StoredEncoding;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/**
 * What more threads give for the slivers of one blob, in memory. Milliseconds per blob; the counted
 * bytes are those of the blob.
 */
public class SliverThreadsBenchmark extends BlobBenchmark {
  /** Of so many pairs the slivers of one in this many are to be healed. */
  private static final int LOST = 10;

  private static final Workspace WORKSPACE = Workspace.ofMemory(1 << 30);

  @Param({"1", "2"})
  int threads;

  @Param("67108864")
  long blobBytes;

  private VerifiedMetadata metadata;
  private List<Sliver> recoveryPrimaries;
  private List<Sliver> left;

  @Override
  long blobLength() {
    return blobBytes;
  }

  @Override
  int threads() {
    return threads;
  }

  @Override
  void prepareBlob(Arena memory) {
    recoveryPrimaries = new ArrayList<>();
    left = new ArrayList<>();
    int sources = codec().parameters().sourceSymbols(Axis.PRIMARY);
    try (EncodedBlob encoded = codec().encode(blob())) {
      metadata = encoded.metadata();
      for (SliverPair pair : encoded.pairs()) {
        if (pair.index().value() % LOST > 0) {
          left.add(copy(pair.primary(), memory));
          left.add(copy(pair.secondary(), memory));
        }
        if (pair.primary().id().index() >= shards - sources) {
          recoveryPrimaries.add(copy(pair.primary(), memory));
        }
      }
    }
  }

  /** From just enough primary slivers, none of them a row of the blob, into new memory. */
  @Benchmark
  public byte[] decode(Bytes bytes) throws RedStuffException {
    bytes.add(blobBytes);
    return codec().decode(metadata, recoveryPrimaries);
  }

  /** Looks at all slivers and heals a tenth of them. */
  @Benchmark
  public RepairReport repair(Bytes bytes) throws IOException {
    bytes.add(blobBytes);
    StoredEncoding stored = StoredEncoding.of(MemoryStore.of(metadata, left), codec(), metadata);
    return SliverRepair.of(stored, stored.inspect(WorkMonitor.NONE), WORKSPACE)
        .run(WorkMonitor.NONE);
  }
}
