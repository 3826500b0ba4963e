package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.SliverPairIndex;
import io.redstuff.codec.RedStuff;
import io.redstuff.internal.matrix.MatrixEncoder;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.EncodingPlan.Strategy;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Objects;
import java.util.Set;

/**
 * Encodes blobs of any length within a {@link Workspace}, or only computes what commits to them.
 *
 * <p>Every row of the expanded matrix depends on all rows of the blob, and so does the hash of
 * each. A blob that does not fit into memory must therefore be read at least twice: row by row, to
 * extend the rows, then column by column. {@link #plan} tells how. A blob that comes as a stream is
 * kept in a temporary file meanwhile.
 *
 * <p>Keeps no memory between calls. Immutable and thread-safe; each call takes the whole budget.
 * The threads of {@link RedStuff#parallelism} share the work, the calling thread alone reads and
 * writes.
 *
 * @since 0.1.0
 */
public final class StreamEncoder {
  private final RedStuff codec;
  private final EncodingParameters parameters;
  private final Workspace workspace;
  private final WorkMonitor monitor;
  private final EncodingPlanner planner;

  private StreamEncoder(RedStuff codec, Workspace workspace, WorkMonitor monitor) {
    this.codec = codec;
    this.monitor = Objects.requireNonNull(monitor, "monitor");
    this.parameters = codec.parameters();
    this.workspace = Objects.requireNonNull(workspace, "workspace");
    this.planner = new EncodingPlanner(parameters, codec.parallelism(), workspace);
  }

  /**
   * {@return an encoder}
   *
   * @param codec says the number of shards, the engine and the number of threads
   * @param workspace what the work may take
   */
  public static StreamEncoder of(RedStuff codec, Workspace workspace) {
    return new StreamEncoder(codec, workspace, WorkMonitor.NONE);
  }

  /**
   * {@return the same encoder, watched}
   *
   * @param watcher watches each call, and may cancel it; a stream of unknown length is watched from
   *     its end on
   */
  public StreamEncoder watchedBy(WorkMonitor watcher) {
    return new StreamEncoder(codec, workspace, watcher);
  }

  /**
   * {@return the least budget in bytes that is enough for every blob, whatever its length: about n
   * * n / 2 bytes for hashes, n + 2 * k1 symbols of 65,534 bytes, and some MiB for each thread}
   */
  public long minimumMemory() {
    return planner.minimum();
  }

  /**
   * {@return how a blob in a file would be encoded to slivers}
   *
   * @param blobLength bytes of the blob
   * @throws IllegalArgumentException if there cannot be a blob of this length, or the budget is too
   *     small for it
   */
  public EncodingPlan plan(long blobLength) {
    return planner.plan(blobLength, false, true);
  }

  /**
   * {@return how the metadata of a blob in a file would be computed}
   *
   * @param blobLength bytes of the blob
   * @throws IllegalArgumentException if there cannot be a blob of this length, or the budget is too
   *     small for it
   */
  public EncodingPlan metadataPlan(long blobLength) {
    return planner.plan(blobLength, false, false);
  }

  /**
   * Computes the metadata of a blob, and with it the blob id.
   *
   * @param blob the bytes
   * @return the metadata
   * @throws IOException if the source or the temporary file fails
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength}
   *     or the budget too small for it
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public VerifiedMetadata metadata(BlobSource blob) throws IOException {
    return encode(blob, new BitSet(), (_, _, _) -> {});
  }

  /**
   * Computes the metadata of a blob that comes as a stream. The stream is read once. A blob that
   * does not fit into memory goes to a temporary file as it comes.
   *
   * @param blob the bytes; stays open
   * @param length how many there are
   * @return the metadata
   * @throws IOException if the stream or a temporary file fails, or the stream has more bytes or
   *     fewer
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength},
   *     the budget too small for it, or a temporary file needed that the workspace has no place for
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public VerifiedMetadata metadata(InputStream blob, long length) throws IOException {
    return encode(blob, length, new BitSet(), (_, _, _) -> {});
  }

  /**
   * Computes the metadata of a blob that comes as a stream of unknown length. The stream is read
   * once, to a temporary file: only its length tells the size of a symbol, and so where a row ends.
   *
   * @param blob the bytes; stays open
   * @return the metadata
   * @throws IOException if the stream or a temporary file fails
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength},
   *     the budget too small for it, or the workspace has no place for temporary files
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public VerifiedMetadata metadata(InputStream blob) throws IOException {
    try (FileChannel file = Workspace.temporaryFile(spillDirectory())) {
      new FileBlob(file, parameters.maxBlobLength() + 1).fill(blob);
      return metadata(BlobSource.of(file));
    }
  }

  /**
   * Encodes a blob to all its slivers.
   *
   * @param blob the bytes
   * @param sink gets the slivers; when this throws, it may have got a part of them
   * @return the metadata
   * @throws IOException if the source, the sink or the temporary file fails
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength}
   *     or the budget too small for it
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public VerifiedMetadata encode(BlobSource blob, SliverSink sink) throws IOException {
    return encode(blob, all(), sink);
  }

  /**
   * Encodes a blob that comes as a stream to all its slivers. The stream is read once. A blob that
   * does not fit into memory goes to a temporary file as it comes.
   *
   * @param blob the bytes; stays open
   * @param length how many there are
   * @param sink gets the slivers; when this throws, it may have got a part of them, or all
   * @return the metadata
   * @throws IOException if the stream, the sink or a temporary file fails, or the stream has more
   *     bytes or fewer
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength},
   *     the budget too small for it, or a temporary file needed that the workspace has no place for
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public VerifiedMetadata encode(InputStream blob, long length, SliverSink sink)
      throws IOException {
    return encode(blob, length, all(), sink);
  }

  /**
   * Encodes a blob to the slivers of some pairs, and commits to all of it: costs what {@link
   * #metadata} does and the writing of the slivers.
   *
   * @param blob the bytes
   * @param pairs which pairs
   * @param sink gets the slivers; when this throws, it may have got a part of them
   * @return the metadata
   * @throws IOException if the source, the sink or the temporary file fails
   * @throws IndexOutOfBoundsException if there is no such pair
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength}
   *     or the budget too small for it
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public VerifiedMetadata encode(BlobSource blob, Set<SliverPairIndex> pairs, SliverSink sink)
      throws IOException {
    return encode(blob, SelectedSlivers.indices(parameters, pairs), sink);
  }

  /**
   * Encodes a blob to the slivers of some pairs and nothing else. Nothing is hashed; beyond reading
   * the blob once or twice, the cost is that of the symbols that are wanted.
   *
   * @param blob the bytes
   * @param pairs which pairs
   * @param sink gets the slivers; when this throws, it may have got a part of them
   * @throws IOException if the source or the sink fails
   * @throws IndexOutOfBoundsException if there is no such pair
   * @throws IllegalArgumentException if the blob is over {@link EncodingParameters#maxBlobLength}
   *     or the budget too small for it
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public void encodePairs(BlobSource blob, Set<SliverPairIndex> pairs, SliverSink sink)
      throws IOException {
    BitSet indices = SelectedSlivers.indices(parameters, pairs);
    int columns = planner.pairColumns(blob.length());
    try (Arena arena = newArena()) {
      SelectedSlivers slivers =
          new SelectedSlivers(
              parameters, parameters.symbolSize(blob.length()), indices, sink, arena);
      new EncodePairsRun(codec, columns, blob, slivers, monitor, arena).run();
    }
  }

  private VerifiedMetadata encode(BlobSource blob, BitSet pairs, SliverSink sink)
      throws IOException {
    boolean inMemory = blob instanceof SegmentBlob(MemorySegment bytes) && bytes.isNative();
    EncodingPlan plan = planner.plan(blob.length(), inMemory, !pairs.isEmpty());
    try (Arena arena = newArena()) {
      SelectedSlivers slivers =
          new SelectedSlivers(parameters, parameters.symbolSize(blob.length()), pairs, sink, arena);
      Path directory = workspace.spillDirectory().orElse(null);
      return plan.strategy() == Strategy.IN_MEMORY
          ? encodeInMemory(blob, slivers, arena)
          : new EncodeRun(codec, plan, blob, slivers, monitor, arena).run(directory);
    }
  }

  private VerifiedMetadata encodeInMemory(BlobSource blob, SelectedSlivers slivers, Arena arena)
      throws IOException {
    long length = blob.length();
    MemorySegment bytes;
    if (blob instanceof SegmentBlob(MemorySegment memory) && memory.isNative()) {
      bytes = memory;
    } else {
      bytes = arena.allocate(length, 64);
      blob.read(0, bytes);
    }
    MatrixEncoder encoder =
        new MatrixEncoder(parameters, codec.engine(), arena, codec.parallelism());
    ProgressStages progress = new ProgressStages(monitor, length);
    progress.stage(1, MatrixEncoder.ALL_STEPS);
    if (slivers.isEmpty()) {
      return encoder.commit(bytes, progress::step);
    }
    MemorySegment all = arena.allocate(parameters.sliversLength(length), 64);
    VerifiedMetadata metadata = encoder.encode(bytes, all, progress::step);
    long at = 0;
    for (Axis axis : Axis.values()) {
      long sliver = parameters.sliverLength(axis, parameters.symbolSize(length));
      for (int index = 0; index < parameters.shards(); index++) {
        slivers.write(new SliverId(axis, index), 0, all.asSlice(at, sliver));
        at += sliver;
      }
    }
    return metadata;
  }

  private VerifiedMetadata encode(InputStream blob, long length, BitSet pairs, SliverSink sink)
      throws IOException {
    EncodingPlan plan = planner.plan(length, false, !pairs.isEmpty());
    try (StreamedBlob source =
        plan.strategy() == Strategy.IN_MEMORY
            ? StreamedBlob.once(blob, length)
            : StreamedBlob.keptIn(spillDirectory(), blob, length)) {
      VerifiedMetadata metadata = encode(source, pairs, sink);
      source.checkEnd();
      return metadata;
    }
  }

  private BitSet all() {
    BitSet all = new BitSet();
    all.set(0, parameters.shards());
    return all;
  }

  private Arena newArena() {
    return codec.parallelism() > 1 ? Arena.ofShared() : Arena.ofConfined();
  }

  private Path spillDirectory() {
    return workspace
        .spillDirectory()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "workspace: a stream that does not fit into memory needs a spill directory"));
  }
}
