package io.redstuff.client;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.client.BlobUnavailableException.Reason;
import io.redstuff.client.TransferMonitor.Stage;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.RedStuffException;
import io.redstuff.message.Quorum;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.quilt.QuiltPatchId;
import io.redstuff.quilt.QuiltReader;
import io.redstuff.quilt.VerifiedQuiltFile;
import io.redstuff.store.StoredEncoding;
import io.redstuff.store.StoredRanges;
import io.redstuff.stream.BlobTarget;
import io.redstuff.stream.RangeCheck;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A blob on the network, open for reading. Slivers that were fetched are kept until it is closed,
 * so what lies near is not fetched twice. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class RemoteBlob implements AutoCloseable {
  private final Peers peers;
  private final RedStuff codec;
  private final VerifiedMetadata metadata;
  private final TransferMonitor monitor;
  private final SliverCache cache;
  private final SliverFetcher fetcher;
  private volatile BlobUnavailableException unavailable;
  private boolean closed;

  /** Opens a blob; the peers are retained for it. */
  RemoteBlob(Peers peers, RedStuff codec, VerifiedMetadata metadata, TransferMonitor monitor) {
    this.peers = peers;
    this.codec = codec;
    this.metadata = metadata;
    this.monitor = monitor;
    this.cache = new SliverCache(half());
    this.fetcher = new SliverFetcher(peers, codec, metadata, cache, monitor);
  }

  /** Returns half of the memory: one is for slivers, one for what is made of them. */
  private Workspace half() {
    Workspace whole = peers.settings().workspace();
    return new Workspace(Math.ceilDiv(whole.memoryBudget(), 2), whole.spillDirectory());
  }

  /** {@return the blob's id} */
  public BlobId id() {
    return metadata.blobId();
  }

  /** {@return how many bytes it has} */
  public long length() {
    return metadata.blobLength();
  }

  /** {@return what the blob id commits to} */
  public VerifiedMetadata metadata() {
    return metadata;
  }

  /**
   * Reads the whole blob to memory.
   *
   * @return its bytes
   * @throws BlobUnavailableException if too few nodes give good slivers, or it is inconsistent
   * @throws IOException if a temporary file fails
   * @throws InterruptedException if the thread is interrupted
   * @throws ArithmeticException if it does not fit an array
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public byte[] read() throws IOException, InterruptedException {
    byte[] bytes = new byte[Math.toIntExact(length())];
    read(BlobTarget.of(MemorySegment.ofArray(bytes)), ConsistencyCheck.DEFAULT);
    return bytes;
  }

  /**
   * Reads the whole blob.
   *
   * @param target gets its {@link #length} bytes; when this throws, its content is undefined
   * @param check how much to prove of the writer's honesty
   * @throws BlobUnavailableException if too few nodes give good slivers, or it is inconsistent
   * @throws IOException if the target or a temporary file fails
   * @throws InterruptedException if the thread is interrupted
   * @throws IllegalArgumentException if the target has another length, or there is too little
   *     memory
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public void read(BlobTarget target, ConsistencyCheck check)
      throws IOException, InterruptedException {
    gatherAll();
    StoredEncoding stored = sealed();
    try {
      stored.decode(stored.slivers(), check, target, half(), decodeMonitor());
    } catch (RedStuffException e) {
      throw undecodable(e);
    }
  }

  /**
   * Reads a part of the blob, from as few slivers as that needs.
   *
   * @param offset of the first byte
   * @param length how many
   * @return the bytes
   * @throws IndexOutOfBoundsException if they do not lie within the blob
   * @throws BlobUnavailableException if too few nodes give good slivers, or it is inconsistent
   * @throws IOException if a temporary file fails
   * @throws InterruptedException if the thread is interrupted
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public byte[] readRange(long offset, int length) throws IOException, InterruptedException {
    byte[] bytes = new byte[length];
    readRange(offset, MemorySegment.ofArray(bytes));
    return bytes;
  }

  /**
   * Reads a part of the blob, from as few slivers as that needs: the primary ones that it lies in;
   * where they are not to be had, the secondary ones that cross it, or as many as decode all.
   *
   * @param offset of the first byte
   * @param target gets the bytes, as many as it has; native or heap, writable. When this throws,
   *     its content is undefined
   * @throws IndexOutOfBoundsException if they do not lie within the blob
   * @throws BlobUnavailableException if too few nodes give good slivers, or it is inconsistent
   * @throws IOException if a temporary file fails
   * @throws InterruptedException if the thread is interrupted
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public void readRange(long offset, MemorySegment target)
      throws IOException, InterruptedException {
    long bytes = target.byteSize();
    if (offset < 0 || offset > length() - bytes) {
      throw new IndexOutOfBoundsException(
          "range: got %s bytes from %s on, expected them within the blob's %s"
              .formatted(bytes, offset, length()));
    }
    if (bytes == 0) {
      return;
    }
    RangeSlivers range = new RangeSlivers(metadata, offset, bytes);
    if (!gatherSoon(range.primaries())
        && !(range.isByColumnsLess(primariesLacking()) && gatherSoon(range.secondaries()))) {
      gatherAll();
    }
    StoredEncoding stored = sealed();
    try (StoredRanges ranges = stored.ranges(stored.slivers(), RangeCheck.RECOVERED)) {
      ranges.read(offset, target);
    } catch (RedStuffException e) {
      throw undecodable(e);
    }
  }

  /**
   * Reads a file of a quilt, from the slivers that it lies in.
   *
   * @param patch which file of this quilt
   * @return the file
   * @throws RedStuffException if it is the id of another quilt's file, or there is no such file
   * @throws BlobUnavailableException if too few nodes give good slivers
   * @throws IOException if a temporary file fails
   * @throws InterruptedException if the thread is interrupted
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public VerifiedQuiltFile readPatch(QuiltPatchId patch)
      throws IOException, RedStuffException, InterruptedException {
    EncodingParameters parameters = metadata.parameters();
    List<SliverId> slivers =
        patch.slivers().stream().filter(each -> each.index() < parameters.shards()).toList();
    if (!gatherSoon(slivers)) {
      gatherAll();
    }
    StoredEncoding stored = sealed();
    try (QuiltReader reader = QuiltReader.of(stored, stored.slivers(), half())) {
      return reader.read(patch);
    }
  }

  /**
   * Opens the blob as a quilt. Slivers are fetched when they are needed. Where one is not to be had
   * soon, as many are as decode the blob; if they are not to be had either, the reader says which
   * ones it lacks, and {@link #unavailable} why.
   *
   * @return a reader; close it before this is closed
   * @throws RedStuffException if a blob of this length cannot be a quilt
   */
  public QuiltReader quilt() throws RedStuffException {
    StoredEncoding stored = StoredEncoding.of(store(), codec, metadata);
    return QuiltReader.of(stored, stored.slivers(), half());
  }

  private RemoteStore store() {
    return new RemoteStore(metadata, fetcher, cache, this::gatherAll);
  }

  /**
   * Returns why as many slivers as decode the blob could not be had.
   *
   * @return what went wrong the last time that they were needed; nothing if that never went wrong
   */
  public Optional<BlobUnavailableException> unavailable() {
    return Optional.ofNullable(unavailable);
  }

  /** Gets all of some slivers, unless that takes long or one is not to be had. */
  private boolean gatherSoon(Collection<SliverId> slivers)
      throws IOException, InterruptedException {
    return fetcher.gather(slivers, slivers.size(), false);
  }

  /** Gets as many slivers as decode the blob. */
  private void gatherAll() throws IOException, InterruptedException {
    if (fetcher.gatherAll()) {
      return;
    }
    EncodingParameters parameters = metadata.parameters();
    int denied = Math.toIntExact(fetcher.denied());
    boolean isDenied = Quorum.ONE_CORRECT.isReached(denied, parameters.shards());
    unavailable =
        new BlobUnavailableException(
                id(),
                isDenied ? Reason.DENIED : Reason.TOO_FEW_NODES,
                "got %s good primary and %s good secondary slivers, expected %s or %s%s"
                    .formatted(
                        cached(Axis.PRIMARY),
                        cached(Axis.SECONDARY),
                        parameters.sourceSymbols(Axis.PRIMARY),
                        parameters.sourceSymbols(Axis.SECONDARY),
                        denied == 0 ? "" : "; nodes of %s shards deny it".formatted(denied)))
            .with(fetcher.failures());
    throw unavailable;
  }

  private long cached(Axis axis) {
    return SliverFetcher.all(axis, metadata.parameters()).stream().filter(cache::has).count();
  }

  private long primariesLacking() {
    return metadata.parameters().sourceSymbols(Axis.PRIMARY) - cached(Axis.PRIMARY);
  }

  private StoredEncoding sealed() {
    RemoteStore store = store();
    store.seal();
    return StoredEncoding.of(store, codec, metadata);
  }

  private WorkMonitor decodeMonitor() {
    return new WorkMonitor() {
      @Override
      public void progress(long done, long total) {
        monitor.progress(Stage.DECODE, done, total);
      }

      @Override
      public boolean isCancelled() {
        return monitor.isCancelled();
      }
    };
  }

  /** Says why good slivers did not give the blob: only its writer can be the cause. */
  private IOException undecodable(RedStuffException e) {
    BlobUnavailableException unavailable =
        new BlobUnavailableException(id(), Reason.INVALID, e.getMessage());
    unavailable.initCause(e);
    return unavailable;
  }

  /** Forgets the slivers. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      peers.release();
      cache.close();
    }
  }
}
