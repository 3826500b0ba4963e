package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.ConsistencyCheck;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.Acceptance;
import io.redstuff.internal.matrix.CrossDecoder;
import io.redstuff.internal.matrix.Crossing;
import io.redstuff.internal.matrix.HashCrew;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.SymbolRows;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The decoding of one blob: one call of {@link StreamDecoder#decode}. */
final class Decoding {
  /** A group of lanes takes more than this only for reads and writes of {@link #PIECE_BYTES}. */
  private static final long GROUP_BYTES = 32L << 20;

  /** Longer pieces are not read or written faster. */
  private static final long PIECE_BYTES = 256L << 10;

  /** So much is copied or hashed at a time, if one sliver is not longer. */
  private static final long BATCH_BYTES = 8L << 20;

  /** Shorter blobs are not worth the help of other threads. */
  private static final long WORTH_SHARING = 1L << 20;

  private final RedStuff codec;
  private final EncodingParameters parameters;
  private final long budget;
  private final VerifiedMetadata metadata;
  private final SliverSource slivers;
  private final ConsistencyCheck check;
  private final BlobTarget target;
  private final StreamEncoder encoder;
  private final StagedProgress progress;
  private final Consumer<SliverId> badSlivers;
  private final UnaryOperator<Arena> arenas;
  private final int symbolSize;
  private final long rowBytes;
  private final long paddedLength;
  private final int threads;

  /** By axis, the slivers that are there and not known to be bad. */
  private final Map<Axis, BitSet> usable = new EnumMap<>(Axis.class);

  /** By axis, the slivers that match the metadata. */
  private final Map<Axis, BitSet> verified = new EnumMap<>(Axis.class);

  private VerificationException firstFailure;
  private int badCount;

  Decoding(
      RedStuff codec,
      long budget,
      VerifiedMetadata metadata,
      SliverSource slivers,
      ConsistencyCheck check,
      BlobTarget target,
      StreamEncoder encoder,
      StagedProgress progress,
      Consumer<SliverId> badSlivers,
      UnaryOperator<Arena> arenas) {
    this.codec = codec;
    this.parameters = codec.parameters();
    this.metadata = metadata;
    this.slivers = slivers;
    this.check = check;
    this.target = target;
    this.encoder = encoder;
    this.progress = progress;
    this.badSlivers = badSlivers;
    this.arenas = arenas;
    this.symbolSize = metadata.symbolSize();
    this.rowBytes = parameters.sliverLength(Axis.PRIMARY, symbolSize);
    this.paddedLength = parameters.paddedLength(metadata.blobLength());
    this.budget = budget - (paddedLength - metadata.blobLength());
    this.threads = paddedLength < WORTH_SHARING ? 1 : codec.parallelism();
    for (Axis axis : Axis.values()) {
      BitSet there = new BitSet();
      for (int index = 0; index < parameters.shards(); index++) {
        there.set(index, slivers.has(new SliverId(axis, index)));
      }
      usable.put(axis, there);
      verified.put(axis, new BitSet());
    }
  }

  /** How many symbols the matrix has. */
  static long sourceSymbols(EncodingParameters parameters) {
    return (long) parameters.primarySourceSymbols() * parameters.secondarySourceSymbols();
  }

  /**
   * What the work takes at least: either a decoder and a lane, which with what is read beside its
   * source symbols is at most n symbols long, or a hasher and a sliver.
   *
   * @param padding bytes behind the end of the blob
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
    Axis axis = Acceptance.chooseAxis(parameters, count(Axis.PRIMARY), count(Axis.SECONDARY));
    if (check == ConsistencyCheck.SKIP) {
      axis = verifyEnough(2);
    }
    Crossing crossing = crossing(axis);
    if (decodeOnce(crossing)) {
      return;
    }
    Axis checked = verifyEnough(3);
    boolean same = checked == axis && crossing.isFor(usable.get(axis));
    if (same || !decodeOnce(crossing(checked))) {
      throw Acceptance.inconsistentBlob(metadata);
    }
  }

  private int count(Axis axis) {
    return usable.get(axis).cardinality();
  }

  private Crossing crossing(Axis axis) {
    return Crossing.of(parameters, axis, usable.get(axis));
  }

  private Arena newArena(int workers) {
    return arenas.apply(workers > 1 ? Arena.ofShared() : Arena.ofConfined());
  }

  /** As many even groups as it takes with at most so many in each: how many are in each. */
  private static int evenShare(int whole, long most) {
    int groups = Math.ceilDiv(whole, Math.clamp(most, 1, whole));
    return Math.ceilDiv(whole, groups);
  }

  // --- slivers by themselves ---

  /**
   * Checks slivers until enough of an axis are good, first primary ones.
   *
   * @param stages of the work that are left, with this one
   * @return the axis
   * @throws VerificationException if there are not enough
   */
  private Axis verifyEnough(int stages) throws IOException, VerificationException {
    progress.stage(stages, Math.max(1, count(Axis.PRIMARY) + count(Axis.SECONDARY)));
    for (Axis axis : Axis.values()) {
      int needed = parameters.sourceSymbols(axis);
      if (count(axis) >= needed && verify(axis, needed)) {
        return axis;
      }
    }
    // the refusal tells how many are good
    for (Axis axis : Axis.values()) {
      verify(axis, parameters.shards());
    }
    throw Acceptance.tooFewGood(
        parameters, firstFailure, badCount, count(Axis.PRIMARY), count(Axis.SECONDARY));
  }

  /** Checks slivers of an axis in order until so many are good; false if there are not so many. */
  private boolean verify(Axis axis, int needed) throws IOException {
    BitSet there = usable.get(axis);
    BitSet good = verified.get(axis);
    long bytes = parameters.sliverLength(axis, symbolSize);
    long hasher = HashCrew.workerBytes(parameters, axis, symbolSize);
    int workers = hashWorkers(hasher, bytes);
    int batch = batch(workers, hasher, bytes);
    try (Arena arena = newArena(workers)) {
      HashCrew crew = new HashCrew(parameters, axis, codec.engine(), arena, workers);
      MemorySegment memory = arena.allocate(batch * bytes, 64);
      int next = 0;
      while (good.cardinality() < needed) {
        List<SliverId> ids = new ArrayList<>();
        int most = Math.min(batch, needed - good.cardinality());
        while (ids.size() < most && there.nextSetBit(next) >= 0) {
          next = there.nextSetBit(next) + 1;
          if (!good.get(next - 1)) {
            SliverId id = new SliverId(axis, next - 1);
            slivers.read(id, 0, memory.asSlice(ids.size() * bytes, bytes));
            ids.add(id);
          }
        }
        if (ids.isEmpty()) {
          return false;
        }
        boolean[] matches = crew.matches(metadata, ids, memory, bytes);
        for (int i = 0; i < matches.length; i++) {
          if (matches[i]) {
            good.set(ids.get(i).index());
          } else {
            drop(ids.get(i));
          }
        }
        progress.step(ids.size());
      }
    }
    return true;
  }

  private void drop(SliverId id) {
    usable.get(id.axis()).clear(id.index());
    badCount++;
    if (firstFailure == null) {
      firstFailure = Acceptance.rootMismatch(metadata, id);
    }
    badSlivers.accept(id);
  }

  private int hashWorkers(long hasherBytes, long sliverBytes) {
    return Math.clamp(budget / (hasherBytes + sliverBytes), 1, threads);
  }

  /** How many slivers to read and hash at a time. */
  private int batch(int workers, long hasherBytes, long sliverBytes) {
    long room = (budget - workers * hasherBytes) / sliverBytes;
    long most = Math.max(workers, BATCH_BYTES / sliverBytes);
    return (int) Math.min(parameters.shards(), Math.min(room, most));
  }

  // --- decoding ---

  /** Decodes and checks; false if the result is not what the metadata commits to. */
  private boolean decodeOnce(Crossing crossing) throws IOException {
    if (check == ConsistencyCheck.DEFAULT) {
      try (Arena arena = newArena(1)) {
        PaddedTarget padded = PaddedTarget.keeping(target, paddedLength, arena);
        decode(crossing, padded, 2);
        return rowsMatch(crossing, padded);
      }
    }
    boolean strict = check == ConsistencyCheck.STRICT;
    decode(crossing, PaddedTarget.dropping(target), strict ? 2 : 1);
    if (strict) {
      progress.stage(1, 1);
      return encoder.metadata(target, progress.asMonitor()).blobId().equals(metadata.blobId());
    }
    return true;
  }

  private void decode(Crossing crossing, PaddedTarget padded, int stages) throws IOException {
    if (crossing.axis() == Axis.SECONDARY) {
      decodeRows(crossing, padded, stages);
    } else if (crossing.missing() > 0) {
      decodeColumns(crossing, padded, stages);
    } else {
      copyRows(padded, stages);
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

  /** From primary slivers, some columns at a time. */
  private void decodeColumns(Crossing crossing, PaddedTarget padded, int stages)
      throws IOException {
    int columns = parameters.secondarySourceSymbols();
    progress.stage(stages, columns);
    int workers = decodeWorkers(crossing);
    int group = evenShare(columns, group(crossing, workers, crossing.laneBytes(symbolSize)));
    try (Arena arena = newArena(workers)) {
      CrossDecoder decoder = decoder(crossing, workers, arena);
      MemorySegment memory = arena.allocate(group * crossing.laneBytes(symbolSize), 64);
      for (int first = 0; first < columns; first += group) {
        int lanes = Math.min(group, columns - first);
        SymbolRows block = crossing.symbolBySymbol(memory, symbolSize, lanes);
        crossing.read(slivers::read, first, lanes, symbolSize, block, MemorySegment.NULL);
        decoder.restore(crossing, block, symbolSize, lanes);
        for (int row = 0; row < parameters.primarySourceSymbols(); row++) {
          long at = row * rowBytes + (long) first * symbolSize;
          padded.write(at, memory.asSlice(block.offset(row), (long) lanes * symbolSize));
        }
        progress.step(lanes);
      }
    }
  }

  /** From secondary slivers, some rows at a time. */
  private void decodeRows(Crossing crossing, PaddedTarget padded, int stages) throws IOException {
    int rows = parameters.primarySourceSymbols();
    progress.stage(stages, rows);
    int workers = decodeWorkers(crossing);
    int group =
        evenShare(rows, group(crossing, workers, crossing.laneBytes(symbolSize) + symbolSize));
    try (Arena arena = newArena(workers)) {
      CrossDecoder decoder = decoder(crossing, workers, arena);
      MemorySegment memory = arena.allocate(group * crossing.laneBytes(symbolSize), 64);
      // a single row needs none, see the minimum
      MemorySegment stage =
          group == 1 ? MemorySegment.NULL : arena.allocate((long) group * symbolSize, 64);
      SymbolRows block = crossing.laneByLane(memory, symbolSize);
      for (int first = 0; first < rows; first += group) {
        int lanes = Math.min(group, rows - first);
        crossing.read(slivers::read, first, lanes, symbolSize, block, stage);
        decoder.restore(crossing, block, symbolSize, lanes);
        for (int lane = 0; lane < lanes; lane++) {
          MemorySegment row = memory.asSlice(lane * crossing.laneBytes(symbolSize), rowBytes);
          padded.write((first + lane) * rowBytes, row);
        }
        progress.step(lanes);
      }
    }
  }

  private CrossDecoder decoder(Crossing crossing, int workers, Arena arena) {
    return new CrossDecoder(parameters, crossing.axis(), codec.engine(), arena, workers);
  }

  private int decodeWorkers(Crossing crossing) {
    long decoder = CrossDecoder.workerBytes(parameters, crossing.axis());
    return Math.clamp((budget - crossing.laneBytes(symbolSize)) / (2 * decoder), 1, threads);
  }

  /** How many lanes to decode at a time. */
  private long group(Crossing crossing, int workers, long bytesEach) {
    long decoder =
        crossing.missing() == 0 ? 0 : CrossDecoder.workerBytes(parameters, crossing.axis());
    long room = (budget - workers * decoder) / bytesEach;
    return Math.min(room, Math.max(GROUP_BYTES / bytesEach, PIECE_BYTES / symbolSize));
  }

  // --- the check ---

  /** Re-hashes the rows that are not copies of a verified primary sliver. */
  private boolean rowsMatch(Crossing crossing, PaddedTarget padded) throws IOException {
    int rows = parameters.primarySourceSymbols();
    progress.stage(1, rows);
    BitSet vouched = crossing.axis() == Axis.PRIMARY ? verified.get(Axis.PRIMARY) : new BitSet();
    long hasher = HashCrew.workerBytes(parameters, Axis.PRIMARY, symbolSize);
    int workers = hashWorkers(hasher, rowBytes);
    int batch = batch(workers, hasher, rowBytes);
    try (Arena arena = newArena(workers)) {
      HashCrew crew = new HashCrew(parameters, Axis.PRIMARY, codec.engine(), arena, workers);
      MemorySegment memory = arena.allocate(Math.min(batch, rows) * rowBytes, 64);
      int row = 0;
      while (row < rows) {
        int first = vouched.nextClearBit(row);
        int vouchedEnd = vouched.nextSetBit(first);
        int limit = vouchedEnd < 0 ? rows : Math.min(vouchedEnd, rows);
        int end = Math.min(limit, first + batch);
        if (first < end) {
          padded.read(first * rowBytes, memory.asSlice(0, (end - first) * rowBytes));
          List<SliverId> ids = IntStream.range(first, end).mapToObj(SliverId::primary).toList();
          for (boolean matches : crew.matches(metadata, ids, memory, rowBytes)) {
            if (!matches) {
              return false;
            }
          }
        }
        int next = Math.min(rows, Math.max(first, end));
        progress.step(next - row);
        row = next;
      }
    }
    return true;
  }
}
