package io.redstuff.store;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.StreamEncoder;
import io.redstuff.stream.WorkMonitor;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether the slivers that a blob's metadata commits to fit together.
 *
 * <p>Just enough good slivers of one axis determine the whole matrix. It is decoded and encoded
 * again, and every hash that differs from the metadata's names a sliver that does not fit: the
 * symbols that prove it are then cut for that one only. If no hash differs, there is no such
 * sliver.
 *
 * @since 0.1.0
 */
public final class InconsistencySearch {
  private final StoredEncoding stored;
  private final StoredSlivers slivers;

  private InconsistencySearch(StoredEncoding stored, StoredSlivers slivers) {
    this.stored = stored;
    this.slivers = slivers;
  }

  /**
   * Searches.
   *
   * @param stored the encoding
   * @param slivers of that encoding; when this throws since there are too few of them, they count
   *     those that are good
   * @param workspace what the work may take: memory for the whole blob, or a place for a temporary
   *     file as long as that
   * @param monitor hears of bytes of the blob, and may cancel
   * @return a proof that was confirmed; empty if all slivers that the metadata commits to fit
   *     together
   * @throws InsufficientDataException if there are too few slivers to tell
   * @throws VerificationException if too few of them are good to tell
   * @throws IOException if slivers or a temporary file fail
   * @throws IllegalArgumentException if the budget is too small
   * @throws java.util.concurrent.CancellationException if the monitor cancels or the thread is
   *     interrupted
   */
  public static Optional<InconsistencyProof> run(
      StoredEncoding stored, StoredSlivers slivers, Workspace workspace, WorkMonitor monitor)
      throws IOException, InsufficientDataException, VerificationException {
    try (MatrixRoom room = MatrixRoom.in(workspace, stored)) {
      long length = room.blob().length();
      // Each sliver is checked by itself, so the result is what the first good ones give.
      stored.decode(
          room.metadata(),
          slivers,
          ConsistencyCheck.SKIP,
          room.blob(),
          room.rest(),
          Monitors.step(monitor, 0, length / 2, length));
      VerifiedMetadata implied =
          StreamEncoder.of(stored.codec(), room.rest())
              .watchedBy(Monitors.step(monitor, length / 2, length, length))
              .metadata(room.blob());
      return new InconsistencySearch(stored, slivers).proof(implied, room.blob());
    }
  }

  private Optional<InconsistencyProof> proof(VerifiedMetadata implied, BlobSource matrix)
      throws IOException, VerificationException {
    EncodingParameters parameters = implied.parameters();
    Axis given =
        slivers.count(Axis.PRIMARY) >= parameters.sourceSymbols(Axis.PRIMARY)
            ? Axis.PRIMARY
            : Axis.SECONDARY;
    Optional<SliverId> suspect = suspect(given, implied);
    if (suspect.isEmpty()) {
      return Optional.empty();
    }
    SliverId target = suspect.get();
    List<RecoverySymbol> symbols = new ArrayList<>();
    if (target.axis() == given) {
      // All slivers of the other axis are what is implied, so the blob's own ones will do.
      for (int index = 0; index < parameters.symbolsPerSliver(given); index++) {
        symbols.add(cut(new SliverId(given.opposite(), index), target, matrix));
      }
    } else {
      int[] used = slivers.usable(given).stream().limit(parameters.sourceSymbols(given)).toArray();
      for (int index : used) {
        SliverId source = new SliverId(given, index);
        symbols.add(
            slivers
                .cut(source, target)
                .orElseThrow(() -> new IOException(source + " sliver: changed while it was read")));
      }
    }
    InconsistencyProof proof = new InconsistencyProof(target, symbols);
    stored.codec().confirm(stored.metadata(), proof);
    return Optional.of(proof);
  }

  /**
   * Returns a sliver that is committed to in another way than is implied. Those of the other axis
   * than the given one come first, as the given slivers themselves prove them wrong; among them the
   * ones that are not there as committed: a writer cannot give what does not exist.
   */
  private Optional<SliverId> suspect(Axis given, VerifiedMetadata implied) {
    return StoredEncoding.all(implied.parameters()).stream()
        .filter(id -> !Arrays.equals(stored.metadata().sliverHash(id), implied.sliverHash(id)))
        .min(
            Comparator.comparing((SliverId id) -> id.axis() == given)
                .thenComparing(slivers::has)
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Returns the symbol of one of the blob's own rows or columns that helps to recover a sliver. */
  private RecoverySymbol cut(SliverId source, SliverId target, BlobSource matrix)
      throws IOException, VerificationException {
    SliverPlace place = stored.place(source);
    int size = place.symbolSize();
    long rowBytes = stored.place(SliverId.primary(0)).length();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment symbols = arena.allocate(place.length(), 64);
      if (source.axis() == Axis.PRIMARY) {
        matrix.read(source.index() * rowBytes, symbols);
      } else {
        for (long at = 0; at < symbols.byteSize(); at += size) {
          matrix.read(
              at / size * rowBytes + (long) source.index() * size, symbols.asSlice(at, size));
        }
      }
      return stored
          .codec()
          .expand(stored.metadata(), Sliver.view(source, size, symbols), arena)
          .recoverySymbol(target.index());
    }
  }
}
