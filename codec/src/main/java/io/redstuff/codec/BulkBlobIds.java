package io.redstuff.codec;

import io.redstuff.BlobId;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.matrix.BlobCommitters;
import io.redstuff.internal.work.OrderedCrew;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Computes the ids of many blobs, and their metadata: each thread has a blob of its own, which it
 * also reads.
 *
 * <p>Blobs of a single source row, {@code 2 * k2} bytes or less (1334 with 1000 shards), are where
 * this gains most: their columns have so few different Merkle roots that all are kept, and nothing
 * of what the blob does not reach is hashed. A blob of more than 1 MiB is worked on by all threads
 * together, one such blob at a time; so is every longer blob when there are more than 4096 shards.
 *
 * <p>Memory, freed some time after this object is no longer reachable: 4 MiB of tables, and for
 * each thread {@code n * n / 2} bytes and a little more, however many blobs there are; on the heap
 * the metadata of 32 blobs for each thread, 64 bytes a shard each. For one thread at a time, which
 * others help, up to {@link RedStuff#parallelism}.
 *
 * @since 0.1.0
 */
public final class BulkBlobIds {
  /** Blobs that may wait for a thread, or for the results of those before, by thread. */
  private static final int LOOK_AHEAD = 32;

  private final BlobCommitters committers;

  /**
   * Gives the bytes of a blob. Called by several threads at a time.
   *
   * @param <T> what stands for a blob, such as the name of its file
   */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads a blob, or maps it.
     *
     * @param blob which one
     * @param arena gives memory and mappings that last until the id is computed; not to be closed,
     *     nor used by other threads
     * @return the bytes, native or heap, in memory of the arena or any other that all threads may
     *     use; they must not change until the id is computed
     * @throws Exception if the blob cannot be read; the other blobs go on
     */
    MemorySegment read(T blob, Arena arena) throws Exception;
  }

  /**
   * What came of a blob.
   *
   * @param <T> what stands for a blob
   */
  public sealed interface Result<T> {
    /**
     * What the result is for.
     *
     * @return what was asked for
     */
    T blob();
  }

  /**
   * An id, and all that it commits to.
   *
   * @param <T> what stands for a blob
   * @param blob what was asked for
   * @param metadata its length and the hashes of all its slivers, which were never made
   */
  public record Computed<T>(T blob, VerifiedMetadata metadata) implements Result<T> {
    /**
     * Returns the id of the blob.
     *
     * @return the id, which the metadata have
     */
    public BlobId id() {
      return metadata.blobId();
    }
  }

  /**
   * No id.
   *
   * @param <T> what stands for a blob
   * @param blob what was asked for
   * @param cause what the reader threw, or an {@link IllegalArgumentException} for a blob over
   *     {@link EncodingParameters#maxBlobLength}
   */
  public record Failed<T>(T blob, Exception cause) implements Result<T> {}

  BulkBlobIds(EncodingParameters parameters, Engine engine, int parallelism) {
    this.committers = new BlobCommitters(parameters, engine, parallelism);
  }

  /**
   * Computes the ids of blobs. They are asked for as the work goes on, 32 for each thread ahead of
   * the results.
   *
   * @param <T> what stands for a blob, such as the name of its file
   * @param blobs the blobs, asked for by the calling thread
   * @param reader reads them, in any of the threads
   * @param results gets a result for each, in the order of the blobs, in the calling thread. If it
   *     throws, so does this method, without working on more blobs
   * @throws InterruptedException if the calling thread is interrupted: no more results come
   */
  public <T> void compute(
      Iterator<? extends T> blobs, Reader<? super T> reader, Consumer<? super Result<T>> results)
      throws InterruptedException {
    int threads = committers.count();
    OrderedCrew.<T, Result<T>>run(
        threads,
        Math.multiplyExact(threads, LOOK_AHEAD),
        blobs,
        (worker, blob) -> result(worker, blob, reader),
        results);
  }

  private <T> Result<T> result(int worker, T blob, Reader<? super T> reader) {
    try (Arena arena = committers.blobArena(worker)) {
      return new Computed<>(blob, committers.commit(worker, reader.read(blob, arena)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the crew is about to end
      return new Failed<>(blob, e);
    } catch (Exception e) {
      return new Failed<>(blob, e);
    }
  }
}
