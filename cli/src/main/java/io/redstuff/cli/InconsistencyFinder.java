package io.redstuff.cli;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.codec.VerifiedSliver;
import io.redstuff.error.RedStuffException;
import io.redstuff.proof.InconsistencyProof;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds out whether the slivers that a blob's metadata commits to fit together.
 *
 * <p>Just enough good slivers of one axis determine the whole matrix. It is decoded and encoded
 * again, and every hash that differs from the metadata's names a sliver that does not fit: the
 * symbols that prove it are then cut for that one only. If no hash differs, there is no such
 * sliver.
 */
final class InconsistencyFinder {

  private final Session session;
  private final RedStuff codec;
  private final VerifiedMetadata metadata;
  private final SliverCensus census;
  private final EncodingParameters parameters;

  InconsistencyFinder(
      Session session, RedStuff codec, VerifiedMetadata metadata, SliverCensus census) {
    this.session = session;
    this.codec = codec;
    this.metadata = metadata;
    this.census = census;
    this.parameters = metadata.parameters();
  }

  /**
   * The proof, if there is an inconsistency.
   *
   * @param input what a failure calls the directory
   * @throws CommandException if there are too few good slivers to tell
   */
  Optional<InconsistencyProof> find(Path input) throws CommandException, RedStuffException {
    Axis given =
        Arrays.stream(Axis.values())
            .filter(census::hasEnough)
            .findFirst()
            .orElseThrow(() -> tooFew(input));
    VerifiedMetadata implied = impliedBy(given);
    SliverHealer healer = new SliverHealer(session, codec, metadata, census, Long.MAX_VALUE);
    for (SliverFile suspect : suspects(given, implied)) {
      healer.heal(suspect.id().axis(), List.of(suspect), (_, _) -> {});
      if (healer.inconsistency().isPresent()) {
        return healer.inconsistency();
      }
    }
    return Optional.empty();
  }

  /** The metadata of what the first good slivers of {@code axis} decode to. */
  private VerifiedMetadata impliedBy(Axis axis) throws CommandException, RedStuffException {
    // The same hashes for a blob that fills the matrix: what is behind the end of the blob counts
    // too, and need not be zero if the writer cheated.
    VerifiedMetadata whole =
        metadata.withBlobLength(parameters.paddedLength(metadata.blobLength()));
    int needed = parameters.sourceSymbols(axis);
    List<SliverFile> files = census.good(axis).subList(0, needed);
    try (Arena arena = Arena.ofShared()) {
      List<VerifiedSliver> slivers = new ArrayList<>(needed);
      try (Progress progress = session.startProgress("reading " + axis, needed, "slivers")) {
        for (SliverState state : new SliverInspector(codec, whole).load(files, arena, progress)) {
          if (!(state instanceof SliverState.Good good)) {
            throw CommandException.usage(state.file().name() + ": changed while it was read");
          }
          slivers.add(good.sliver());
        }
      }
      MemorySegment matrix = arena.allocate(whole.blobLength());
      try (Arena work = Arena.ofConfined();
          Progress _ = session.startProgress("decoding and encoding", -1, "")) {
        codec.newDecoder(work).decodeVerified(whole, slivers, ConsistencyCheck.SKIP, matrix);
        return codec.newEncoder(work).metadata(matrix);
      }
    }
  }

  /**
   * The places of slivers that are committed to in another way than is implied. Those of the other
   * axis than the given one come first, as the given slivers themselves prove them wrong; among
   * them the ones that are not there as committed: a writer cannot give what does not exist.
   */
  private List<SliverFile> suspects(Axis given, VerifiedMetadata implied) {
    List<SliverFile> suspects = new ArrayList<>();
    for (Axis axis : List.of(given.opposite(), given)) {
      List<SliverFile> places = new ArrayList<>(census.lacking(axis));
      places.addAll(census.good(axis));
      places.stream().filter(file -> differs(file.id(), implied)).forEachOrdered(suspects::add);
    }
    return suspects;
  }

  private boolean differs(SliverId sliver, VerifiedMetadata implied) {
    return !Arrays.equals(metadata.sliverHash(sliver), implied.sliverHash(sliver));
  }

  private CommandException tooFew(Path input) {
    List<String> counts = new ArrayList<>();
    for (Axis axis : Axis.values()) {
      counts.add(
          "got %s %s, needed %s"
              .formatted(census.good(axis).size(), axis, parameters.sourceSymbols(axis)));
    }
    return CommandException.badData(
        input + ": too few good slivers to find an inconsistency: " + String.join("; ", counts));
  }
}
