package io.redstuff.codec;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.CrossDecoder;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.internal.matrix.HashCrew;
import io.redstuff.internal.matrix.MatrixEncoder;
import io.redstuff.internal.matrix.MessageMatrix;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engine;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Decodes blobs from slivers, one blob after the other.
 *
 * <p>Nothing is given out on trust. Slivers may come in any order, of either axis, with duplicates
 * and with strays of other blobs among them. Decoding first takes the slivers that look right; when
 * the result does not match the metadata it checks slivers by themselves until enough are good, and
 * decodes again from these.
 *
 * <p>Keeps its work memory in the arena it was made with. For one thread at a time; others help it,
 * up to {@link RedStuff#parallelism}, where slivers and blob lie in memory that they may use.
 *
 * @since 0.1.0
 */
public final class BlobDecoder {
  /** The longest array that every JVM can allocate. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final EncodingParameters parameters;
  private final Engine engine;
  private final Arena arena;
  private final int parallelism;
  private final SliverVerifier verifier;
  private final Map<Axis, CrossDecoder> decoders = new EnumMap<>(Axis.class);
  private MatrixEncoder encoder;

  BlobDecoder(EncodingParameters parameters, Engine engine, Arena arena, int parallelism) {
    this.parameters = parameters;
    this.engine = engine;
    this.arena = arena;
    this.parallelism = parallelism;
    this.verifier = new SliverVerifier(parameters, engine, arena, parallelism);
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
    new Run(metadata, slivers, false).decode(check, blob);
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
    Run run = new Run(metadata, slivers, false);
    if (metadata.blobLength() > LONGEST_ARRAY) {
      throw new IllegalArgumentException(
          "blob: got %s bytes, expected at most %s for an array; decode to a MemorySegment"
              .formatted(metadata.blobLength(), LONGEST_ARRAY));
    }
    run.rules.chooseAxis(); // refuses too few slivers
    byte[] blob = new byte[(int) metadata.blobLength()];
    run.decode(check, MemorySegment.ofArray(blob));
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
    for (VerifiedSliver sliver : slivers) {
      if (!sliver.blobId().equals(metadata.blobId())) {
        throw new IllegalArgumentException(
            "%s sliver: got one of blob %s, expected blob %s"
                .formatted(sliver.sliver().id(), sliver.blobId(), metadata.blobId()));
      }
    }
    List<Sliver> bare = slivers.stream().map(VerifiedSliver::sliver).toList();
    new Run(metadata, bare, true).decode(check, blob);
  }

  /** The decoding of one blob. */
  private final class Run implements DecodeRules.Slivers<RuntimeException> {
    private final VerifiedMetadata metadata;
    private final DecodeRules<RuntimeException> rules;

    /** What is said to be a sliver and is not known to be bad, by its id. */
    private final Map<SliverId, Deque<Sliver>> given = new HashMap<>();

    Run(VerifiedMetadata metadata, Collection<Sliver> slivers, boolean verified) {
      DecodeRules.checkShards(parameters, metadata);
      this.metadata = metadata;
      this.rules = new DecodeRules<>(metadata, this);
      for (Sliver sliver : slivers) {
        SliverId id = sliver.id();
        if (id.index() < parameters.shards()
            && sliver.symbolSize() == metadata.symbolSize()
            && sliver.symbolCount() == parameters.symbolsPerSliver(id.axis())) {
          given.computeIfAbsent(id, _ -> new ArrayDeque<>(1)).add(sliver);
        }
      }
      rules.takeUp(given::containsKey);
      if (verified) {
        rules.trust();
      }
    }

    private MemorySegment symbols(SliverId id) {
      return given.get(id).getFirst().segment();
    }

    @Override
    public boolean[] match(List<SliverId> ids) {
      List<MemorySegment> symbols = ids.stream().map(this::symbols).toList();
      return verifier.crew(ids.getFirst().axis()).matches(metadata, ids, symbols);
    }

    @Override
    public boolean replace(SliverId bad) {
      given.get(bad).removeFirst();
      return !given.get(bad).isEmpty();
    }

    void decode(ConsistencyCheck check, MemorySegment blob)
        throws InsufficientDataException, VerificationException {
      if (blob.byteSize() != metadata.blobLength() || blob.isReadOnly()) {
        throw new IllegalArgumentException(
            "blob: got %s memory of %s bytes, expected writable memory of %s bytes"
                .formatted(
                    blob.isReadOnly() ? "read-only" : "writable",
                    blob.byteSize(),
                    metadata.blobLength()));
      }
      rules.decode(
          check == ConsistencyCheck.SKIP,
          (axis, sources) -> decodeOnce(axis, sources, check, blob));
    }

    private boolean decodeOnce(
        Axis axis, BitSet sources, ConsistencyCheck check, MemorySegment blob) {
      int rows = parameters.primarySourceSymbols();
      boolean shared =
          parallelism > 1 && HashCrew.isWorthSharing(parameters, rows, metadata.symbolSize());
      try (Arena scratch = shared ? Arena.ofShared() : Arena.ofConfined()) {
        MessageMatrix matrix = MessageMatrix.writing(parameters, blob, scratch);
        MemorySegment[] slivers = new MemorySegment[parameters.shards()];
        sources.stream().forEach(index -> slivers[index] = symbols(new SliverId(axis, index)));
        CrossDecoder decoder =
            decoders.computeIfAbsent(
                axis, a -> new CrossDecoder(parameters, a, engine, arena, parallelism));
        matrix.restore(decoder, decoder.crossing(sources), slivers);
        matrix.finish();
        return switch (check) {
          case SKIP -> true;
          case DEFAULT -> rowsMatch(axis, matrix);
          case STRICT -> commit(blob).blobId().equals(metadata.blobId());
        };
      }
    }

    /** Re-hashes the rows of the matrix that are not copies of a verified primary sliver. */
    private boolean rowsMatch(Axis axis, MessageMatrix matrix) {
      List<SliverId> rows =
          IntStream.range(0, parameters.primarySourceSymbols())
              .mapToObj(SliverId::primary)
              .filter(row -> axis == Axis.SECONDARY || !rules.isVerified(row))
              .toList();
      HashCrew.Places places =
          new HashCrew.Places(
              place -> matrix.segment(rows.get(place).index()),
              place -> matrix.offset(rows.get(place).index()));
      boolean all = true;
      for (boolean matches : verifier.crew(Axis.PRIMARY).matches(metadata, rows, places)) {
        all &= matches;
      }
      return all;
    }
  }

  private VerifiedMetadata commit(MemorySegment blob) {
    if (encoder == null) {
      encoder = new MatrixEncoder(parameters, engine, arena, parallelism);
    }
    return encoder.commit(blob);
  }
}
