package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.CrossDecoder;
import io.redstuff.internal.matrix.Crossing;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.internal.matrix.HashCrew;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.SymbolRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** The decoding of one blob: one call of {@link StreamDecoder#decode}. */
final class DecodeRun implements DecodeRules.Slivers<IOException> {
  /** A group of lanes takes more than this only for reads and writes of {@link #PIECE_BYTES}. */
  private static final long GROUP_BYTES = 32L << 20;

  /** Longer pieces are not read or written faster. */
  private static final long PIECE_BYTES = 256L << 10;

  /** So much is copied or hashed at a time, if one sliver is not longer. */
  private static final long BATCH_BYTES = 8L << 20;

  private final StreamDecoder decoder;
  private final RedStuff codec;
  private final EncodingParameters parameters;
  private final long budget;
  private final VerifiedMetadata metadata;
  private final SliverSource slivers;
  private final ConsistencyCheck check;
  private final BlobTarget target;
  private final ProgressStages progress;
  private final DecodeRules<IOException> rules;
  private final int symbolSize;
  private final long rowBytes;
  private final long paddedLength;

  DecodeRun(
      StreamDecoder decoder,
      VerifiedMetadata metadata,
      SliverSource slivers,
      ConsistencyCheck check,
      BlobTarget target) {
    this.decoder = decoder;
    this.codec = decoder.codec();
    this.parameters = codec.parameters();
    this.metadata = metadata;
    this.slivers = slivers;
    this.check = check;
    this.target = target;
    this.progress = new ProgressStages(decoder.monitor(), metadata.blobLength());
    this.symbolSize = metadata.symbolSize();
    this.rowBytes = parameters.sliverLength(Axis.PRIMARY, symbolSize);
    this.paddedLength = parameters.paddedLength(metadata.blobLength());
    this.budget = decoder.workspace().memoryBudget() - (paddedLength - metadata.blobLength());
    this.rules = new DecodeRules<>(metadata, this);
    rules.takeUp(slivers::has);
  }

  /**
   * Returns what the work takes at least: either a decoder and a lane, which with what is read
   * beside its source symbols is at most n symbols long, or a hasher and a sliver.
   *
   * @param padding bytes after the end of the blob
   */
  static long minimumMemory(EncodingParameters parameters, int symbolSize, long padding) {
    long most = 0;
    for (Axis axis : Axis.values()) {
      long decoding =
          CrossDecoder.workerBytes(parameters, axis) + (long) parameters.shards() * symbolSize;
      long hashing =
          HashCrew.workerBytes(parameters, axis, symbolSize)
              + parameters.sliverLength(axis, symbolSize);
      most = Math.max(most, Math.max(decoding, hashing));
    }
    return Math.max(1, padding) + most;
  }

  void run() throws IOException, InsufficientDataException, VerificationException {
    rules.decode(check == ConsistencyCheck.SKIP, this::decodeOnce);
  }

  /** Decodes and checks; false if the result is not what the metadata commits to. */
  private boolean decodeOnce(Axis axis, BitSet sources) throws IOException {
    Crossing crossing = Crossing.of(parameters, axis, sources);
    return switch (check) {
      case SKIP -> {
        decode(crossing, PaddedTarget.dropping(target), 1);
        yield true;
      }
      case DEFAULT -> {
        try (Arena arena = newArena(1)) {
          PaddedTarget padded = PaddedTarget.keeping(target, paddedLength, arena);
          decode(crossing, padded, 2);
          yield rowsMatch(axis, padded);
        }
      }
      case STRICT -> {
        decode(crossing, PaddedTarget.dropping(target), 2);
        progress.stage(1, 1);
        StreamEncoder encoder = decoder.encoder().watchedBy(progress.asMonitor());
        yield encoder.metadata(target).blobId().equals(metadata.blobId());
      }
    };
  }

  private Arena newArena(int workers) {
    return decoder.watch(workers > 1 ? Arena.ofShared() : Arena.ofConfined());
  }

  // --- hashing ---

  @Override
  public boolean[] match(List<SliverId> ids) throws IOException {
    progress.stage(3, ids.size()); // then the blob is decoded, and perhaps checked
    return match(ids, slivers::read, false);
  }

  @Override
  public boolean replace(SliverId bad) {
    decoder.badSlivers().accept(bad);
    return false;
  }

  /** Re-hashes the rows that are not copies of a verified primary sliver: there is at least one. */
  private boolean rowsMatch(Axis axis, PaddedTarget padded) throws IOException {
    List<SliverId> rows =
        IntStream.range(0, parameters.primarySourceSymbols())
            .mapToObj(SliverId::primary)
            .filter(row -> axis == Axis.SECONDARY || !rules.isVerified(row))
            .toList();
    progress.stage(1, rows.size());
    Crossing.Reader reader = (row, offset, to) -> padded.read(row.index() * rowBytes + offset, to);
    boolean all = true;
    for (boolean matches : match(rows, reader, true)) {
      all &= matches;
    }
    return all;
  }

  /**
   * Reads slivers of one axis and hashes them, some at a time.
   *
   * @param untilBad whether to let the rest be false after one that does not match
   */
  private boolean[] match(List<SliverId> ids, Crossing.Reader reader, boolean untilBad)
      throws IOException {
    Axis axis = ids.getFirst().axis();
    long bytes = parameters.sliverLength(axis, symbolSize);
    long hasher = HashCrew.workerBytes(parameters, axis, symbolSize);
    int workers = Math.clamp(budget / (hasher + bytes), 1, codec.parallelism());
    long room = (budget - workers * hasher) / bytes;
    long most = Math.min(room, Math.max(workers, BATCH_BYTES / bytes));
    int batch = (int) Math.min(ids.size(), most);
    boolean[] matches = new boolean[ids.size()];
    try (Arena arena = newArena(workers)) {
      HashCrew crew = new HashCrew(parameters, axis, codec.engine(), arena, workers);
      MemorySegment memory = arena.allocate(batch * bytes, 64);
      boolean bad = false;
      for (int from = 0; from < matches.length && !(bad && untilBad); from += batch) {
        List<SliverId> some = ids.subList(from, Math.min(matches.length, from + batch));
        for (int i = 0; i < some.size(); i++) {
          reader.read(some.get(i), 0, memory.asSlice(i * bytes, bytes));
        }
        boolean[] result = crew.matches(metadata, some, memory, bytes);
        for (int i = 0; i < result.length; i++) {
          matches[from + i] = result[i];
          bad |= !result[i];
        }
        progress.step(result.length);
      }
    }
    return matches;
  }

  // --- decoding ---

  private void decode(Crossing crossing, PaddedTarget padded, int stages) throws IOException {
    if (crossing.axis() == Axis.PRIMARY && crossing.missing() == 0) {
      copyRows(padded, stages);
    } else {
      restore(crossing, padded, stages);
    }
  }

  /** All rows are primary slivers. */
  private void copyRows(PaddedTarget padded, int stages) throws IOException {
    int rows = parameters.primarySourceSymbols();
    progress.stage(stages, rows);
    try (Arena arena = newArena(1)) {
      long pieceBytes = Math.min(rowBytes, Math.min(BATCH_BYTES, budget));
      MemorySegment memory = arena.allocate(pieceBytes, 64);
      for (int row = 0; row < rows; row++) {
        for (long from = 0; from < rowBytes; from += pieceBytes) {
          MemorySegment piece = memory.asSlice(0, Math.min(pieceBytes, rowBytes - from));
          slivers.read(SliverId.primary(row), from, piece);
          padded.write(row * rowBytes + from, piece);
        }
        progress.step(1);
      }
    }
  }

  /** Restores columns from primary slivers, or rows from secondary ones, some at a time. */
  private void restore(Crossing crossing, PaddedTarget padded, int stages) throws IOException {
    boolean byColumn = crossing.axis() == Axis.PRIMARY;
    int all = parameters.symbolsPerSliver(crossing.axis());
    progress.stage(stages, all);
    long laneBytes = crossing.laneBytes(symbolSize);
    long workerBytes = CrossDecoder.workerBytes(parameters, crossing.axis());
    int workers = Math.clamp((budget - laneBytes) / (2 * workerBytes), 1, codec.parallelism());
    long room = budget - (crossing.missing() == 0 ? 0 : workers * workerBytes);
    int group = group(room, laneBytes + (byColumn ? 0 : symbolSize), all);
    try (Arena arena = newArena(workers)) {
      CrossDecoder decoder =
          new CrossDecoder(parameters, crossing.axis(), codec.engine(), arena, workers);
      MemorySegment memory = arena.allocate(group * laneBytes, 64);
      // columns need none, nor does a single row, see the minimum
      MemorySegment stage =
          byColumn || group == 1
              ? MemorySegment.NULL
              : arena.allocate((long) group * symbolSize, 64);
      for (int first = 0; first < all; first += group) {
        int lanes = Math.min(group, all - first);
        SymbolRows block =
            byColumn
                ? crossing.symbolBySymbol(memory, symbolSize, lanes)
                : crossing.laneByLane(memory, symbolSize);
        crossing.read(slivers::read, first, lanes, symbolSize, block, stage);
        decoder.restore(crossing, block, symbolSize, lanes);
        for (int row = 0; byColumn && row < parameters.primarySourceSymbols(); row++) {
          long at = row * rowBytes + (long) first * symbolSize;
          padded.write(at, memory.asSlice(block.offset(row), (long) lanes * symbolSize));
        }
        for (int lane = 0; !byColumn && lane < lanes; lane++) {
          padded.write((first + lane) * rowBytes, memory.asSlice(lane * laneBytes, rowBytes));
        }
        progress.step(lanes);
      }
    }
  }

  /** Returns how many lanes to restore at a time: as many in each group as fit, or are worth it. */
  private int group(long room, long bytesEach, int all) {
    long most =
        Math.min(room / bytesEach, Math.max(GROUP_BYTES / bytesEach, PIECE_BYTES / symbolSize));
    int groups = Math.ceilDiv(all, Math.clamp(most, 1, all));
    return Math.ceilDiv(all, groups);
  }
}
