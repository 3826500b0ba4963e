package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Reads slivers that are compared with the metadata, each as a whole, before a byte of them is
 * given out. One that is missing or bad is restored from one symbol of each of enough slivers that
 * cross it, if there are so many, and compared as well.
 *
 * <p>Keeps the last sliver and native memory of a few times n symbols, at least some MiB, until it
 * is closed. For one thread at a time.
 *
 * @since 0.1.0
 */
public final class SliverReader implements AutoCloseable {
  private final Arena arena = Arena.ofShared();
  private final VerifiedMetadata metadata;
  private final CheckedSlivers slivers;
  private final DecodeRules<IOException> rules;
  private final RestoredLanes restored;

  private SliverReader(RedStuff codec, VerifiedMetadata metadata, SliverSource source) {
    this.metadata = metadata;
    this.slivers = new CheckedSlivers(codec, metadata, source, arena);
    this.rules = slivers.rules();
    this.restored = new RestoredLanes(codec, metadata, slivers, arena);
  }

  /**
   * {@return a reader of slivers of one blob; close it}
   *
   * @param codec for the blob's number of shards
   * @param metadata of the blob
   * @param slivers any of its slivers; asked when they are needed
   * @throws IllegalArgumentException if the metadata is for another number of shards
   */
  public static SliverReader of(RedStuff codec, VerifiedMetadata metadata, SliverSource slivers) {
    DecodeRules.checkShards(codec.parameters(), metadata);
    return new SliverReader(codec, metadata, slivers);
  }

  /**
   * Reads bytes of a sliver.
   *
   * @param sliver which sliver
   * @param offset of the first byte, counted from the start of its symbols
   * @param target native or heap memory; all of it is filled
   * @throws InsufficientDataException if the sliver is missing or bad, and too few cross it to
   *     restore it
   * @throws VerificationException if what crosses the sliver is good, and still does not give the
   *     one that the metadata commits to: the writer encoded the blob inconsistently
   * @throws IOException if slivers cannot be read
   * @throws IndexOutOfBoundsException if there is no such sliver, or are no such bytes
   */
  public void read(SliverId sliver, long offset, MemorySegment target)
      throws IOException, InsufficientDataException, VerificationException {
    if (!restored.has(sliver.axis(), sliver.index())) {
      if (slivers.isUsable(sliver) && rules.verify(sliver) && slivers.hold(sliver)) {
        slivers.read(sliver, offset, target);
        return;
      }
      restore(sliver);
    }
    restored.copy(sliver.index(), offset, target, 0, target.byteSize());
  }

  private void restore(SliverId sliver)
      throws IOException, InsufficientDataException, VerificationException {
    Axis crossing = sliver.axis().opposite();
    rules.takeUp(slivers::isUsable);
    do {
      if (!rules.isEnough(crossing)) {
        throw new InsufficientDataException(
            crossing + " slivers to restore " + sliver + " from",
            metadata.parameters().sourceSymbols(crossing),
            rules.usable(crossing).cardinality());
      }
    } while (!restored.restore(sliver.axis(), sliver.index(), 1));
  }

  /** Frees the memory. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
