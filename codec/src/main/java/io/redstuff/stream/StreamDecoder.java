package io.redstuff.stream;

import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Decodes blobs of any length within a {@link Workspace}.
 *
 * <p>The matrix of the blob is restored some columns at a time, each from one symbol of k1 primary
 * slivers, or some rows at a time, each from one symbol of k2 secondary slivers. What was written
 * is then read again, row by row, to be compared with the metadata. As in {@link
 * io.redstuff.codec.BlobDecoder}, nothing is given out on trust: if the result does not match, each
 * sliver is checked by itself, the bad ones are dropped, and the blob is decoded again from good
 * ones.
 *
 * <p>Keeps no memory between calls. Immutable and thread-safe; each call takes the whole budget.
 * The threads of {@link RedStuff#parallelism} share the work, the calling thread alone reads and
 * writes.
 *
 * @since 0.1.0
 */
public final class StreamDecoder {
  private final RedStuff codec;
  private final Workspace workspace;
  private final WorkMonitor monitor;
  private final Consumer<SliverId> badSlivers;
  private final UnaryOperator<Arena> arenas;

  private StreamDecoder(
      RedStuff codec,
      Workspace workspace,
      WorkMonitor monitor,
      Consumer<SliverId> badSlivers,
      UnaryOperator<Arena> arenas) {
    this.codec = codec;
    this.workspace = Objects.requireNonNull(workspace, "workspace");
    this.monitor = Objects.requireNonNull(monitor, "monitor");
    this.badSlivers = Objects.requireNonNull(badSlivers, "badSlivers");
    this.arenas = arenas;
  }

  /**
   * {@return a decoder}
   *
   * @param codec says the number of shards, the engine and the number of threads
   * @param workspace what the work may take. A temporary file is used for {@link
   *     ConsistencyCheck#STRICT} alone
   */
  public static StreamDecoder of(RedStuff codec, Workspace workspace) {
    return of(codec, workspace, UnaryOperator.identity());
  }

  /** Returns one whose arenas pass through the hands of the caller. */
  static StreamDecoder of(RedStuff codec, Workspace workspace, UnaryOperator<Arena> arenas) {
    return new StreamDecoder(codec, workspace, WorkMonitor.NONE, _ -> {}, arenas);
  }

  /**
   * {@return the same decoder that tells about bad slivers}
   *
   * @param listener told once in a call of each sliver whose hash is not the one committed to, when
   *     that is found out; by the thread that decodes. Slivers that were not needed are not checked
   */
  public StreamDecoder reportingTo(Consumer<SliverId> listener) {
    return new StreamDecoder(codec, workspace, monitor, listener, arenas);
  }

  /**
   * {@return the same decoder, watched}
   *
   * @param watcher watches each call, and may cancel it
   */
  public StreamDecoder watchedBy(WorkMonitor watcher) {
    return new StreamDecoder(codec, workspace, watcher, badSlivers, arenas);
  }

  RedStuff codec() {
    return codec;
  }

  Workspace workspace() {
    return workspace;
  }

  WorkMonitor monitor() {
    return monitor;
  }

  Consumer<SliverId> badSlivers() {
    return badSlivers;
  }

  StreamEncoder encoder() {
    return StreamEncoder.of(codec, workspace);
  }

  /** Lets the arena pass through the hands of who wants to see it. */
  Arena watch(Arena arena) {
    return arenas.apply(arena);
  }

  /**
   * {@return the least budget in bytes that is enough for every blob, whatever its length: n
   * symbols of 65,534 bytes, 2 * k1 * k2 bytes, and some MiB; for the check {@link
   * ConsistencyCheck#STRICT} what {@link StreamEncoder#minimumMemory} says, if that is more}
   */
  public long minimumMemory() {
    EncodingParameters parameters = codec.parameters();
    long decoding =
        DecodeRun.minimumMemory(
            parameters,
            EncodingParameters.MAX_SYMBOL_SIZE,
            Short.BYTES * parameters.maxBlobLength() / EncodingParameters.MAX_SYMBOL_SIZE);
    return Math.max(decoding, encoder().minimumMemory());
  }

  /**
   * {@return the least budget in bytes that is enough for blobs of a length, unless the check is
   * {@link ConsistencyCheck#STRICT}: n symbols, the padding after the blob, and some MiB}
   *
   * @param blobLength bytes of the blob
   * @throws IllegalArgumentException if there cannot be a blob of this length
   */
  public long minimumMemory(long blobLength) {
    EncodingParameters parameters = codec.parameters();
    return DecodeRun.minimumMemory(
        parameters,
        parameters.symbolSize(blobLength),
        parameters.paddedLength(blobLength) - blobLength);
  }

  /**
   * Decodes a blob from slivers that nobody has checked yet.
   *
   * @param metadata of the blob
   * @param slivers at least k1 good primary or k2 good secondary ones; they must not change
   *     meanwhile
   * @param check how to check the result. With {@link ConsistencyCheck#SKIP} every sliver is
   *     checked before use instead; with {@link ConsistencyCheck#DEFAULT} every row of the blob is
   *     re-hashed; with {@link ConsistencyCheck#STRICT} it is encoded again
   * @param target gets the blob: exactly {@link VerifiedMetadata#blobLength} bytes. When this
   *     throws, its content is undefined
   * @throws InsufficientDataException if there are too few slivers
   * @throws VerificationException if too few slivers match the metadata, or all that are needed do
   *     and the blob is still not what it commits to (the writer encoded it inconsistently)
   * @throws IOException if slivers, target or a temporary file fail
   * @throws IllegalArgumentException if the metadata is for another number of shards, the target
   *     has another length, or the budget is too small for this blob; nothing has been read or
   *     written then
   * @throws java.util.concurrent.CancellationException if the monitor cancels
   */
  public void decode(
      VerifiedMetadata metadata, SliverSource slivers, ConsistencyCheck check, BlobTarget target)
      throws IOException, InsufficientDataException, VerificationException {
    DecodeRules.checkShards(codec.parameters(), metadata);
    long length = metadata.blobLength();
    if (target.length() != length) {
      throw new IllegalArgumentException(
          "target: got one of %s bytes, expected %s".formatted(target.length(), length));
    }
    long minimum = minimumMemory(length);
    if (workspace.memoryBudget() < minimum) {
      throw new IllegalArgumentException(
          "memory budget: got %s bytes, expected at least %s to decode a blob of %s bytes from %s shards"
              .formatted(workspace.memoryBudget(), minimum, length, codec.parameters().shards()));
    }
    if (check == ConsistencyCheck.STRICT) {
      encoder().metadataPlan(length); // refuses a budget that is too small for it
    }
    new DecodeRun(this, metadata, slivers, check, target).run();
  }
}
