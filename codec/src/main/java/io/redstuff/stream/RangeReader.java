package io.redstuff.stream;

import io.redstuff.Axis;
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
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Reads ranges of a blob from its slivers, and of these no more than it must.
 *
 * <p>The blob is a matrix of k1 rows and k2 columns of symbols, row after row; row i is primary
 * sliver i, column c secondary sliver c. Where the primary sliver is at hand, the range is read
 * from it, byte for byte. Where it is not, each symbol is read from the secondary sliver that
 * crosses it. Where that is missing too, the whole column is restored from one symbol of each of k1
 * primary slivers, or the whole row from one symbol of each of k2 secondary ones, whatever is
 * possible and less to read.
 *
 * <p>What was restored is compared with the metadata before a byte of it is given out. If it
 * differs, the slivers that it was restored from are checked by themselves, bad ones are given up,
 * and others take their place. Whether what is read directly is checked too is for the {@link
 * RangeCheck} to say; where it is not, it is as stored.
 *
 * <p>Keeps native memory of a few times n symbols, at least some MiB, until it is closed. For one
 * thread at a time. The slivers must not change meanwhile.
 */
public final class RangeReader implements AutoCloseable {
  /** So much is restored at a time, if a row or column is not longer. */
  private static final long RESTORED_BYTES = 4L << 20;

  /** On the way to heap memory so much is read at a time. */
  private static final long STAGED_BYTES = 256L << 10;

  private final RedStuff codec;
  private final VerifiedMetadata metadata;
  private final SliverSource slivers;
  private final RangeCheck check;
  private final Arena arena = Arena.ofShared();
  private final int symbolSize;
  private final long rowBytes;
  private final Map<Axis, BitSet> verified = new EnumMap<>(Axis.class);
  private final Map<Axis, BitSet> bad = new EnumMap<>(Axis.class);
  private VerificationException firstFailure;
  private long bytesRead;

  // work memory and workers, made when first of use
  private MemorySegment stage;
  private MemorySegment restored;
  private MemorySegment held;
  private final Map<Axis, HashCrew> hashers = new EnumMap<>(Axis.class);

  /** By the axis of the slivers to read from. */
  private final Map<Axis, CrossDecoder> decoders = new EnumMap<>(Axis.class);

  /** The sliver whose symbols {@link #held} has, or null. */
  private SliverId heldId;

  /** The slivers that {@link #restored} has. */
  private Restored restoredLanes = new Restored(Axis.PRIMARY, 0, 0, 0);

  private RangeReader(
      RedStuff codec, VerifiedMetadata metadata, SliverSource slivers, RangeCheck check) {
    this.codec = codec;
    this.metadata = metadata;
    this.slivers = slivers;
    this.check = check;
    this.symbolSize = metadata.symbolSize();
    this.rowBytes = codec.parameters().sliverLength(Axis.PRIMARY, symbolSize);
    for (Axis axis : Axis.values()) {
      verified.put(axis, new BitSet());
      bad.put(axis, new BitSet());
    }
  }

  /**
   * A reader of one blob that checks what it {@linkplain RangeCheck#RECOVERED recovers}.
   *
   * @param codec for the blob's number of shards
   * @param metadata of the blob
   * @param slivers any of its slivers; asked when they are needed
   * @return the reader; close it
   * @throws IllegalArgumentException if the metadata is for another number of shards
   */
  public static RangeReader of(RedStuff codec, VerifiedMetadata metadata, SliverSource slivers) {
    return of(codec, metadata, slivers, RangeCheck.RECOVERED);
  }

  /**
   * A reader of one blob.
   *
   * @param codec for the blob's number of shards
   * @param metadata of the blob
   * @param slivers any of its slivers; asked when they are needed
   * @param check what to compare with the metadata
   * @return the reader; close it
   * @throws IllegalArgumentException if the metadata is for another number of shards
   */
  public static RangeReader of(
      RedStuff codec, VerifiedMetadata metadata, SliverSource slivers, RangeCheck check) {
    Acceptance.checkShards(codec.parameters(), metadata);
    return new RangeReader(codec, metadata, slivers, check);
  }

  /**
   * Reads a range to an array.
   *
   * @param offset of the first byte in the blob
   * @param length how many bytes, may be 0
   * @return the bytes
   * @throws IndexOutOfBoundsException if they do not lie within the blob
   * @throws InsufficientDataException if some are missing and there are too few slivers to recover
   *     them
   * @throws VerificationException if some are missing and too few of the slivers are good, or all
   *     are and the blob is still not what the metadata commits to
   * @throws IOException if the slivers cannot be read
   * @throws IllegalStateException if the reader is closed
   */
  public byte[] read(long offset, int length)
      throws IOException, InsufficientDataException, VerificationException {
    checkRange(offset, length);
    byte[] bytes = new byte[length];
    read(offset, MemorySegment.ofArray(bytes));
    return bytes;
  }

  /**
   * Reads a range.
   *
   * @param offset of the first byte in the blob
   * @param target gets the bytes, as many as it has; native or heap, writable. When this throws,
   *     its content is undefined
   * @throws IndexOutOfBoundsException if they do not lie within the blob
   * @throws InsufficientDataException if some are missing and there are too few slivers to recover
   *     them
   * @throws VerificationException if some are missing and too few of the slivers are good, or all
   *     are and the blob is still not what the metadata commits to
   * @throws IOException if the slivers cannot be read
   * @throws IllegalArgumentException if {@code target} is read-only
   * @throws IllegalStateException if the reader is closed
   */
  public void read(long offset, MemorySegment target)
      throws IOException, InsufficientDataException, VerificationException {
    checkRange(offset, target.byteSize());
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("target: got read-only memory, expected writable");
    }
    if (!arena.scope().isAlive()) {
      throw new IllegalStateException("range reader: got a read, expected none once it is closed");
    }
    List<Piece> lost = new ArrayList<>();
    for (long done = 0; done < target.byteSize(); ) {
      int row = (int) ((offset + done) / rowBytes);
      long from = (offset + done) % rowBytes;
      long bytes = Math.min(rowBytes - from, target.byteSize() - done);
      readRow(row, from, target.asSlice(done, bytes), done, lost);
      done += bytes;
    }
    if (!lost.isEmpty()) {
      recover(lost, target);
    }
  }

  /**
   * How many bytes of slivers have been read so far, for ranges and to check slivers.
   *
   * @return the number, from 0 on
   */
  public long bytesRead() {
    return bytesRead;
  }

  /** Frees the memory. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  private void checkRange(long offset, long length) {
    long blobLength = metadata.blobLength();
    if (offset < 0 || length < 0 || offset > blobLength - length) {
      throw new IndexOutOfBoundsException(
          "range: got %d bytes from %d on, expected them within the blob's %d"
              .formatted(length, offset, blobLength));
    }
  }

  /** A part of a symbol, and where in the target it goes. */
  private record Piece(int row, int column, int from, int bytes, long to) {
    /** The sliver of an axis that the symbol lies on. */
    int lane(Axis axis) {
      return axis == Axis.PRIMARY ? row : column;
    }
  }

  /** Neighboring slivers that were restored: one after another with a stride. */
  private record Restored(Axis axis, int first, int count, long stride) {
    boolean has(Axis axis, int lane) {
      return axis == this.axis && lane >= first && lane < first + count;
    }
  }

  // --- bytes that lie in slivers at hand ---

  /**
   * Reads a part of a row.
   *
   * @param from the first byte in the row
   * @param part of the target
   * @param to where that part starts in the target
   * @param lost gets what is in no sliver at hand
   */
  private void readRow(int row, long from, MemorySegment part, long to, List<Piece> lost)
      throws IOException {
    if (restoredLanes.has(Axis.PRIMARY, row)) {
      long at = (row - restoredLanes.first) * restoredLanes.stride + from;
      MemorySegment.copy(restored, at, part, 0, part.byteSize());
      return;
    }
    SliverId primary = SliverId.primary(row);
    if (isGood(primary)) {
      readFrom(primary, from, part);
      return;
    }
    int firstColumn = (int) (from / symbolSize);
    int lastColumn = (int) ((from + part.byteSize() - 1) / symbolSize);
    boolean bySymbol = isWorthwhile(firstColumn, lastColumn);
    long done = 0;
    for (int column = firstColumn; column <= lastColumn; column++) {
      int inSymbol = (int) (from + done - (long) column * symbolSize);
      int bytes = (int) Math.min(symbolSize - inSymbol, part.byteSize() - done);
      Piece piece = new Piece(row, column, inSymbol, bytes, done);
      SliverId secondary = SliverId.secondary(column);
      if (restoredLanes.has(Axis.SECONDARY, column)) {
        fill(piece, part);
      } else if (bySymbol && isGood(secondary)) {
        readFrom(secondary, (long) row * symbolSize + inSymbol, part.asSlice(done, bytes));
      } else {
        lost.add(new Piece(row, column, inSymbol, bytes, to + done));
      }
      done += bytes;
    }
  }

  /**
   * Whether to read symbols from secondary slivers. Not if that means to check so many of them that
   * restoring the whole row is less to read.
   */
  private boolean isWorthwhile(int firstColumn, int lastColumn) {
    EncodingParameters parameters = codec.parameters();
    if (check == RangeCheck.RECOVERED) {
      return true;
    }
    long toCheck =
        IntStream.rangeClosed(firstColumn, lastColumn)
            .mapToObj(SliverId::secondary)
            .filter(id -> isUsable(id) && !verified.get(Axis.SECONDARY).get(id.index()))
            .count();
    int needed = parameters.sourceSymbols(Axis.SECONDARY);
    return toCheck * parameters.symbolsPerSliver(Axis.SECONDARY) <= needed
        || usable(Axis.SECONDARY).cardinality() < needed;
  }

  /** Whether bytes of a sliver may be given out. */
  private boolean isGood(SliverId id) throws IOException {
    return isUsable(id) && (check == RangeCheck.RECOVERED || isVerified(id));
  }

  private boolean isUsable(SliverId id) {
    return slivers.has(id) && !bad.get(id.axis()).get(id.index());
  }

  private BitSet usable(Axis axis) {
    BitSet usable = new BitSet();
    for (int index = 0; index < codec.parameters().shards(); index++) {
      usable.set(index, isUsable(new SliverId(axis, index)));
    }
    return usable;
  }

  private void readFrom(SliverId id, long from, MemorySegment target) throws IOException {
    if (id.equals(heldId)) {
      MemorySegment.copy(held, from, target, 0, target.byteSize());
      return;
    }
    if (target.isNative()) {
      slivers.read(id, from, target);
    } else {
      for (long done = 0; done < target.byteSize(); done += STAGED_BYTES) {
        MemorySegment piece = stage().asSlice(0, Math.min(STAGED_BYTES, target.byteSize() - done));
        slivers.read(id, from + done, piece);
        MemorySegment.copy(piece, 0, target, done, piece.byteSize());
      }
    }
    bytesRead += target.byteSize();
  }

  /** Checks a usable sliver, if that was not done before, and remembers the answer. */
  private boolean isVerified(SliverId id) throws IOException {
    if (verified.get(id.axis()).get(id.index())) {
      return true;
    }
    if (held == null) {
      held = arena.allocate(rowBytes, 64); // k2 >= k1: the longer of both kinds
    }
    long bytes = codec.parameters().sliverLength(id.axis(), symbolSize);
    heldId = null;
    slivers.read(id, 0, held.asSlice(0, bytes));
    bytesRead += bytes;
    if (hasher(id.axis()).matches(metadata, List.of(id), held, bytes)[0]) {
      verified.get(id.axis()).set(id.index());
      heldId = id;
      return true;
    }
    bad.get(id.axis()).set(id.index());
    firstFailure = firstFailure == null ? Acceptance.rootMismatch(metadata, id) : firstFailure;
    return false;
  }

  private HashCrew hasher(Axis axis) {
    return hashers.computeIfAbsent(
        axis, a -> new HashCrew(codec.parameters(), a, codec.engine(), arena, 1));
  }

  private MemorySegment stage() {
    if (stage == null) {
      stage = arena.allocate(Math.max(STAGED_BYTES, (long) lanesAtOnce() * symbolSize), 64);
    }
    return stage;
  }

  // --- bytes that have to be recovered ---

  private int lanesAtOnce() {
    EncodingParameters parameters = codec.parameters();
    long laneBytes = (long) parameters.shards() * symbolSize;
    return Math.clamp(RESTORED_BYTES / laneBytes, 1, parameters.shards());
  }

  /** Restores the rows or columns that lost pieces lie on, some neighboring ones at a time. */
  private void recover(List<Piece> lost, MemorySegment target)
      throws IOException, InsufficientDataException, VerificationException {
    Map<Axis, BitSet> sources = new EnumMap<>(Axis.class);
    for (Axis axis : Axis.values()) {
      sources.put(axis, usable(axis));
    }
    while (!lost.isEmpty()) {
      Axis axis = axisToRestore(lost, sources);
      NavigableSet<Integer> lanes = lanes(lost, axis);
      int first = lanes.first();
      int count = 1;
      while (count < lanesAtOnce() && lanes.contains(first + count)) {
        count++;
      }
      if (restore(axis, first, count, sources.get(axis.opposite()))) {
        List<Piece> left = new ArrayList<>();
        for (Piece piece : lost) {
          if (restoredLanes.has(axis, piece.lane(axis))) {
            fill(piece, target);
          } else {
            left.add(piece);
          }
        }
        lost = left;
      } else {
        sources.get(axis.opposite()).andNot(bad.get(axis.opposite()));
      }
    }
  }

  private static NavigableSet<Integer> lanes(List<Piece> lost, Axis axis) {
    NavigableSet<Integer> lanes = new TreeSet<>();
    for (Piece piece : lost) {
      lanes.add(piece.lane(axis));
    }
    return lanes;
  }

  /** The axis of what to restore: what can be, and of both what is less to read. */
  private Axis axisToRestore(List<Piece> lost, Map<Axis, BitSet> sources)
      throws InsufficientDataException, VerificationException {
    EncodingParameters parameters = codec.parameters();
    long primaries = sources.get(Axis.PRIMARY).cardinality();
    long secondaries = sources.get(Axis.SECONDARY).cardinality();
    boolean columns = primaries >= parameters.sourceSymbols(Axis.PRIMARY);
    boolean rows = secondaries >= parameters.sourceSymbols(Axis.SECONDARY);
    if (!columns && !rows) {
      long badPrimaries = bad.get(Axis.PRIMARY).cardinality();
      long badSecondaries = bad.get(Axis.SECONDARY).cardinality();
      Acceptance.chooseAxis(parameters, primaries + badPrimaries, secondaries + badSecondaries);
      throw Acceptance.tooFewGood(
          parameters, firstFailure, badPrimaries + badSecondaries, primaries, secondaries);
    }
    if (columns && rows) {
      long columnSymbols = readToRestore(lost, Axis.SECONDARY);
      columns = columnSymbols <= readToRestore(lost, Axis.PRIMARY);
    }
    return columns ? Axis.SECONDARY : Axis.PRIMARY;
  }

  /** How many symbols must be read to restore all slivers of an axis that lost pieces lie on. */
  private long readToRestore(List<Piece> lost, Axis axis) {
    return (long) lanes(lost, axis).size() * codec.parameters().symbolsPerSliver(axis);
  }

  private void fill(Piece piece, MemorySegment target) {
    Axis axis = restoredLanes.axis;
    long lane = (piece.lane(axis) - restoredLanes.first) * restoredLanes.stride;
    long symbol = (long) piece.lane(axis.opposite()) * symbolSize;
    MemorySegment.copy(restored, lane + symbol + piece.from(), target, piece.to(), piece.bytes());
  }

  /**
   * Restores neighboring slivers and compares them with the metadata.
   *
   * @return false if they do not match since a sliver that was used is bad, which is now known
   * @throws VerificationException if they do not match and all those are good
   */
  private boolean restore(Axis axis, int first, int count, BitSet sources)
      throws IOException, VerificationException {
    if (restored == null) {
      long laneBytes = (long) codec.parameters().shards() * symbolSize;
      restored = arena.allocate(lanesAtOnce() * laneBytes, 64);
    }
    restoredLanes = new Restored(axis, 0, 0, 0);
    CrossDecoder decoder =
        decoders.computeIfAbsent(
            axis.opposite(),
            a -> new CrossDecoder(codec.parameters(), a, codec.engine(), arena, 1));
    Crossing crossing = decoder.crossing(sources);
    SymbolRows block = crossing.laneByLane(restored, symbolSize);
    bytesRead += crossing.read(slivers::read, first, count, symbolSize, block, stage());
    decoder.restore(crossing, block, symbolSize, count);
    long laneBytes = crossing.laneBytes(symbolSize);
    List<SliverId> ids =
        IntStream.range(first, first + count).mapToObj(i -> new SliverId(axis, i)).toList();
    for (boolean matches : hasher(axis).matches(metadata, ids, restored, laneBytes)) {
      if (!matches) {
        findBad(crossing);
        return false;
      }
    }
    restoredLanes = new Restored(axis, first, count, laneBytes);
    return true;
  }

  /** Checks the slivers that symbols were taken from, until one is bad. */
  private void findBad(Crossing crossing) throws IOException, VerificationException {
    for (int index : crossing.used()) {
      if (!isVerified(new SliverId(crossing.axis(), index))) {
        return;
      }
    }
    throw Acceptance.inconsistentBlob(metadata);
  }
}
