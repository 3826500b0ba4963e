package io.redstuff.codec;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.internal.matrix.BlobCommitters;
import io.redstuff.internal.matrix.CrossDecoder;
import io.redstuff.internal.matrix.HashCrew;
import io.redstuff.internal.matrix.MatrixEncoder;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.proof.SymbolVerifier;
import java.util.Objects;

/**
 * How much native memory the workers of a codec take at most: what whoever limits a process from
 * outside has to leave it beside the heap. A worker takes less for most of its work; what it has
 * outgrown it does not give back while it lives.
 *
 * <p>All figures are in bytes and for one worker with the threads that help it, {@link
 * RedStuff#parallelism}. What callers bring is not counted: blobs, slivers, and the memory that
 * results are written to. {@link io.redstuff.stream.Workspace} bounds the work on long blobs.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class WorkMemory {
  private final EncodingParameters parameters;
  private final int parallelism;

  WorkMemory(EncodingParameters parameters, int parallelism) {
    this.parameters = Objects.requireNonNull(parameters, "parameters");
    this.parallelism = parallelism;
  }

  /**
   * Returns what {@link RedStuff#newBulkBlobIds} takes.
   *
   * @param longest the length of the longest blob in bytes
   * @return a number of bytes
   * @throws IllegalArgumentException if there cannot be a blob of this length
   */
  public long bulk(long longest) {
    parameters.symbolSize(longest);
    return BlobCommitters.memory(parameters, longest, parallelism);
  }

  /**
   * Returns what {@link RedStuff#newEncoder} takes.
   *
   * @param longest the length of the longest blob in bytes
   * @return a number of bytes, about {@code n * n / 2} and half the blob
   * @throws IllegalArgumentException if there cannot be a blob of this length
   */
  public long encoder(long longest) {
    return MatrixEncoder.memoryOfMany(parameters, longest, parallelism);
  }

  /**
   * Returns what {@link RedStuff#newVerifier} takes.
   *
   * @param symbolSize the size of the longest symbols in bytes
   * @return a number of bytes
   * @throws IllegalArgumentException if there cannot be a symbol of this size
   */
  public long verifier(int symbolSize) {
    EncodingParameters.checkSymbolSize(symbolSize);
    return parallelism
        * (HashCrew.memoryOfMany(parameters, Axis.PRIMARY, symbolSize)
            + HashCrew.memoryOfMany(parameters, Axis.SECONDARY, symbolSize));
  }

  /**
   * Returns what {@link RedStuff#newRecoverer} takes for slivers that are recovered one by one.
   *
   * @param symbolSize the size of the longest symbols in bytes
   * @return a number of bytes
   * @throws IllegalArgumentException if there cannot be a symbol of this size
   */
  public long recoverer(int symbolSize) {
    long decoders = 0;
    for (Axis axis : Axis.values()) {
      // a lane holds its source symbols and as many others as it can lack
      long lane = 2 * parameters.sliverLength(axis, symbolSize);
      decoders +=
          parallelism * CrossDecoder.workerBytes(parameters, axis.opposite())
              + NativeMemory.GROWTH * lane;
    }
    return verifier(symbolSize) + SymbolVerifier.memory(symbolSize) + decoders;
  }
}
