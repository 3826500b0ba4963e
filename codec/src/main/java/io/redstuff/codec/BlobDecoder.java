package io.redstuff.codec;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.Acceptance;
import io.redstuff.internal.matrix.CrossDecoder;
import io.redstuff.internal.matrix.MatrixEncoder;
import io.redstuff.internal.matrix.MessageMatrix;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Decodes blobs from slivers, one blob after the other.
 *
 * <p>Nothing is given out on trust. Slivers may come in any order, of either axis, with duplicates
 * and with strays of other blobs among them. Decoding first takes the slivers that look right; when
 * the result does not match the metadata it checks each sliver by itself, drops the bad ones and
 * decodes again from the good.
 *
 * <p>Keeps its work memory in the arena it was made with. For one thread at a time.
 */
public final class BlobDecoder {
  /** The longest array that every JVM can allocate. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** Of a blob on the heap, about so many bytes are re-hashed at a time. */
  private static final long STAGED_BYTES = 1 << 20;

  private final EncodingParameters parameters;
  private final Engine engine;
  private final Arena arena;
  private final int parallelism;
  private final SliverVerifier verifier;
  private final Map<Axis, CrossDecoder> decoders = new EnumMap<>(Axis.class);
  private MatrixEncoder encoder;
  private MemorySegment rowStage = MemorySegment.NULL;

  BlobDecoder(EncodingParameters parameters, Engine engine, Arena arena, int parallelism) {
    this.parameters = parameters;
    this.engine = engine;
    this.arena = arena;
    this.parallelism = parallelism;
    this.verifier = new SliverVerifier(parameters, engine, arena);
  }

  /**
   * Decodes from slivers that nobody has checked yet.
   *
   * @param metadata of the blob
   * @param slivers at least k1 good primary or k2 good secondary ones; those that do not fit the
   *     metadata are passed over
   * @param check how to check the result. With {@link ConsistencyCheck#SKIP} every sliver is
   *     checked before use instead; with {@link ConsistencyCheck#DEFAULT} every row of the blob is
   *     re-hashed
   * @param blob gets the blob: exactly {@link VerifiedMetadata#blobLength} bytes, native or heap,
   *     writable. When this throws, its content is undefined
   * @throws InsufficientDataException if too few slivers fit the metadata
   * @throws VerificationException if too few slivers match the metadata, or all do and the blob is
   *     still not what it commits to (the writer encoded it inconsistently)
   * @throws IllegalArgumentException if the metadata is for another number of shards, or {@code
   *     blob} has another length or is read-only
   */
  public void decode(
      VerifiedMetadata metadata,
      Collection<Sliver> slivers,
      ConsistencyCheck check,
      MemorySegment blob)
      throws InsufficientDataException, VerificationException {
    List<Candidate> candidates = new ArrayList<>();
    for (Sliver sliver : slivers) {
      candidates.add(new Candidate(sliver, false));
    }
    decodeCandidates(metadata, candidates, check, blob);
  }

  /**
   * Decodes to an array, which is allocated only when enough slivers are there; otherwise as the
   * method with a target.
   *
   * @param metadata of the blob
   * @param slivers at least k1 good primary or k2 good secondary ones; those that do not fit the
   *     metadata are passed over
   * @param check how to check the result
   * @return the blob
   * @throws InsufficientDataException if too few slivers fit the metadata
   * @throws VerificationException if too few slivers match the metadata, or all do and the blob is
   *     still not what it commits to (the writer encoded it inconsistently)
   * @throws IllegalArgumentException if the metadata is for another number of shards, or the blob
   *     is longer than an array can be
   */
  public byte[] decode(
      VerifiedMetadata metadata, Collection<Sliver> slivers, ConsistencyCheck check)
      throws InsufficientDataException, VerificationException {
    Acceptance.checkShards(parameters, metadata);
    if (metadata.blobLength() > LONGEST_ARRAY) {
      throw new IllegalArgumentException(
          "blob: got %d bytes, expected at most %d for an array; decode to a MemorySegment"
              .formatted(metadata.blobLength(), LONGEST_ARRAY));
    }
    chooseAxis(
        slivers.stream()
            .filter(sliver -> fits(metadata, sliver))
            .map(sliver -> new Candidate(sliver, false))
            .toList());
    byte[] blob = new byte[(int) metadata.blobLength()];
    decode(metadata, slivers, check, MemorySegment.ofArray(blob));
    return blob;
  }

  /**
   * Decodes from slivers that a {@link SliverVerifier} has checked.
   *
   * @param metadata of the blob
   * @param slivers at least k1 primary or k2 secondary ones
   * @param check how to check the result: {@link ConsistencyCheck#SKIP} not at all, {@link
   *     ConsistencyCheck#DEFAULT} re-hashes the rows that no given sliver vouches for, {@link
   *     ConsistencyCheck#STRICT} encodes the blob again
   * @param blob gets the blob: exactly {@link VerifiedMetadata#blobLength} bytes, native or heap,
   *     writable. When this throws, its content is undefined
   * @throws InsufficientDataException if there are too few slivers
   * @throws VerificationException if the blob is not what the metadata commits to (the writer
   *     encoded it inconsistently)
   * @throws IllegalArgumentException if the metadata is for another number of shards, a sliver was
   *     checked against another blob, or {@code blob} has another length or is read-only
   */
  public void decodeVerified(
      VerifiedMetadata metadata,
      Collection<VerifiedSliver> slivers,
      ConsistencyCheck check,
      MemorySegment blob)
      throws InsufficientDataException, VerificationException {
    List<Candidate> candidates = new ArrayList<>();
    for (VerifiedSliver sliver : slivers) {
      if (!sliver.blobId().equals(metadata.blobId())) {
        throw new IllegalArgumentException(
            "%s sliver: got one of blob %s, expected blob %s"
                .formatted(sliver.sliver().id(), sliver.blobId(), metadata.blobId()));
      }
      candidates.add(new Candidate(sliver.sliver(), true));
    }
    decodeCandidates(metadata, candidates, check, blob);
  }

  /** A sliver and whether its hash has been compared with the metadata. */
  private record Candidate(Sliver sliver, boolean verified) {}

  private void decodeCandidates(
      VerifiedMetadata metadata, List<Candidate> given, ConsistencyCheck check, MemorySegment blob)
      throws InsufficientDataException, VerificationException {
    Acceptance.checkShards(parameters, metadata);
    if (blob.byteSize() != metadata.blobLength() || blob.isReadOnly()) {
      throw new IllegalArgumentException(
          "blob: got %s memory of %d bytes, expected writable memory of %d bytes"
              .formatted(
                  blob.isReadOnly() ? "read-only" : "writable",
                  blob.byteSize(),
                  metadata.blobLength()));
    }
    List<Candidate> fitting =
        given.stream().filter(candidate -> fits(metadata, candidate.sliver())).toList();
    Axis axis = chooseAxis(fitting);
    boolean unchecked = fitting.stream().anyMatch(candidate -> !candidate.verified());
    if (unchecked && check == ConsistencyCheck.SKIP) {
      fitting = verifiedOnly(metadata, fitting);
      axis = chooseAxis(fitting);
      unchecked = false;
    }
    if (decodeOnce(metadata, axis, fitting, check, blob)) {
      return;
    }
    if (unchecked) {
      List<Candidate> good = verifiedOnly(metadata, fitting);
      if (good.size() < fitting.size()
          && decodeOnce(metadata, chooseAxis(good), good, check, blob)) {
        return;
      }
    }
    throw Acceptance.inconsistentBlob(metadata);
  }

  private boolean fits(VerifiedMetadata metadata, Sliver sliver) {
    return sliver.id().index() < parameters.shards()
        && sliver.symbolSize() == metadata.symbolSize()
        && sliver.symbolCount() == parameters.symbolsPerSliver(sliver.id().axis());
  }

  private Axis chooseAxis(List<Candidate> candidates) throws InsufficientDataException {
    return Acceptance.chooseAxis(
        parameters, distinct(candidates, Axis.PRIMARY), distinct(candidates, Axis.SECONDARY));
  }

  private static long distinct(List<Candidate> candidates, Axis axis) {
    return candidates.stream()
        .map(candidate -> candidate.sliver().id())
        .filter(id -> id.axis() == axis)
        .distinct()
        .count();
  }

  private List<Candidate> verifiedOnly(VerifiedMetadata metadata, List<Candidate> candidates)
      throws VerificationException {
    List<Candidate> good = new ArrayList<>();
    VerificationException firstFailure = null;
    for (Candidate candidate : candidates) {
      try {
        if (!candidate.verified()) {
          verifier.verify(metadata, candidate.sliver());
        }
        good.add(new Candidate(candidate.sliver(), true));
      } catch (VerificationException e) {
        firstFailure = firstFailure == null ? e : firstFailure;
      }
    }
    long primaries = distinct(good, Axis.PRIMARY);
    long secondaries = distinct(good, Axis.SECONDARY);
    if (firstFailure != null && !Acceptance.enough(parameters, primaries, secondaries)) {
      int bad = candidates.size() - good.size();
      throw Acceptance.tooFewGood(parameters, firstFailure, bad, primaries, secondaries);
    }
    return good;
  }

  /** Decodes and checks; false if the result is not what the metadata commits to. */
  private boolean decodeOnce(
      VerifiedMetadata metadata,
      Axis axis,
      List<Candidate> candidates,
      ConsistencyCheck check,
      MemorySegment blob) {
    try (Arena scratch = Arena.ofConfined()) {
      MessageMatrix matrix = MessageMatrix.writing(parameters, blob, scratch);
      Candidate[] chosen = new Candidate[parameters.shards()];
      for (Candidate candidate : candidates) {
        SliverId id = candidate.sliver().id();
        if (id.axis() == axis && chosen[id.index()] == null) {
          chosen[id.index()] = candidate;
        }
      }
      MemorySegment[] slivers = new MemorySegment[chosen.length];
      BitSet present = new BitSet();
      for (int index = 0; index < chosen.length; index++) {
        if (chosen[index] != null) {
          slivers[index] = chosen[index].sliver().segment();
          present.set(index);
        }
      }
      CrossDecoder decoder =
          decoders.computeIfAbsent(
              axis, a -> new CrossDecoder(parameters, a, engine, arena, parallelism));
      matrix.restore(decoder, decoder.crossing(present), slivers);
      matrix.finish();
      return isConsistent(metadata, axis, chosen, check, matrix, blob);
    }
  }

  private boolean isConsistent(
      VerifiedMetadata metadata,
      Axis axis,
      Candidate[] chosen,
      ConsistencyCheck check,
      MessageMatrix matrix,
      MemorySegment blob) {
    return switch (check) {
      case SKIP -> true;
      case DEFAULT -> rowsMatch(metadata, axis, chosen, matrix);
      case STRICT -> {
        if (encoder == null) {
          encoder = new MatrixEncoder(parameters, engine, arena, 1);
        }
        yield encoder.commit(blob).blobId().equals(metadata.blobId());
      }
    };
  }

  /** Re-hashes the rows of the matrix that are not copies of a verified primary sliver. */
  private boolean rowsMatch(
      VerifiedMetadata metadata, Axis axis, Candidate[] chosen, MessageMatrix matrix) {
    int rows = parameters.primarySourceSymbols();
    int row = 0;
    while (row < rows) {
      int end = row;
      while (end < rows
          && !isVouched(axis, chosen[end])
          && (end < matrix.wholeRows()) == (row < matrix.wholeRows())) {
        end++;
      }
      if (end > row && !rowsMatch(metadata, matrix, row, end)) {
        return false;
      }
      row = end < rows && isVouched(axis, chosen[end]) ? end + 1 : end;
    }
    return true;
  }

  private static boolean isVouched(Axis axis, Candidate candidate) {
    return axis == Axis.PRIMARY && candidate != null && candidate.verified();
  }

  /** Re-hashes rows that lie in one memory; those on the heap pass through a stage. */
  private boolean rowsMatch(VerifiedMetadata metadata, MessageMatrix matrix, int from, int to) {
    MemorySegment memory = matrix.segment(from);
    if (memory.isNative()) {
      return rowsMatch(metadata, matrix, memory, matrix.offset(from), from, to);
    }
    long rowBytes = parameters.sliverLength(Axis.PRIMARY, matrix.symbolSize());
    int group = Math.clamp(STAGED_BYTES / rowBytes, 1, to - from);
    rowStage = NativeMemory.atLeast(rowStage, group * rowBytes, arena);
    boolean match = true;
    for (int first = from; match && first < to; first += group) {
      int end = Math.min(first + group, to);
      MemorySegment.copy(memory, matrix.offset(first), rowStage, 0, (end - first) * rowBytes);
      match = rowsMatch(metadata, matrix, rowStage, 0, first, end);
    }
    return match;
  }

  private boolean rowsMatch(
      VerifiedMetadata metadata,
      MessageMatrix matrix,
      MemorySegment memory,
      long offset,
      int from,
      int to) {
    boolean[] differs = new boolean[1];
    verifier
        .hasher(Axis.PRIMARY)
        .hash(
            memory,
            offset,
            parameters.sliverLength(Axis.PRIMARY, matrix.symbolSize()),
            to - from,
            matrix.symbolSize(),
            (lane, root) ->
                differs[0] |=
                    !metadata.matches(
                        SliverId.primary(from + lane), MemorySegment.ofArray(root), 0));
    return !differs[0];
  }
}
