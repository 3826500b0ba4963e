package io.redstuff.stream;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.InsufficientDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.proof.VerifiedMetadata;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
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
 *
 * @since 0.1.0
 */
public final class RangeReader implements BlobBytes, AutoCloseable {
  private final EncodingParameters parameters;
  private final VerifiedMetadata metadata;
  private final RangeCheck check;
  private final Arena arena = Arena.ofShared();
  private final int symbolSize;
  private final long rowBytes;
  private final CheckedSlivers slivers;
  private final DecodeRules<IOException> rules;
  private final RestoredLanes restored;

  private RangeReader(
      RedStuff codec, VerifiedMetadata metadata, SliverSource slivers, RangeCheck check) {
    this.parameters = codec.parameters();
    this.metadata = metadata;
    this.check = check;
    this.symbolSize = metadata.symbolSize();
    this.rowBytes = parameters.sliverLength(Axis.PRIMARY, symbolSize);
    this.slivers = new CheckedSlivers(codec, metadata, slivers, arena);
    this.rules = this.slivers.rules();
    this.restored = new RestoredLanes(codec, metadata, this.slivers, arena);
  }

  /**
   * {@return a reader of one blob that checks what it {@linkplain RangeCheck#RECOVERED recovers};
   * close it}
   *
   * @param codec for the blob's number of shards
   * @param metadata of the blob
   * @param slivers any of its slivers; asked when they are needed
   * @throws IllegalArgumentException if the metadata is for another number of shards
   */
  public static RangeReader of(RedStuff codec, VerifiedMetadata metadata, SliverSource slivers) {
    return of(codec, metadata, slivers, RangeCheck.RECOVERED);
  }

  /**
   * {@return a reader of one blob; close it}
   *
   * @param codec for the blob's number of shards
   * @param metadata of the blob
   * @param slivers any of its slivers; asked when they are needed
   * @param check what to compare with the metadata
   * @throws IllegalArgumentException if the metadata is for another number of shards
   */
  public static RangeReader of(
      RedStuff codec, VerifiedMetadata metadata, SliverSource slivers, RangeCheck check) {
    DecodeRules.checkShards(codec.parameters(), metadata);
    return new RangeReader(codec, metadata, slivers, check);
  }

  @Override
  public long length() {
    return metadata.blobLength();
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
  @Override
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

  /** {@return how many bytes of slivers have been read so far, for ranges and to check slivers} */
  public long bytesRead() {
    return slivers.bytesRead();
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
          "range: got %s bytes from %s on, expected them within the blob's %s"
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
    if (restored.has(Axis.PRIMARY, row)) {
      restored.copy(row, from, part, 0, part.byteSize());
      return;
    }
    SliverId primary = SliverId.primary(row);
    if (isGood(primary)) {
      slivers.read(primary, from, part);
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
      if (restored.has(Axis.SECONDARY, column)) {
        fill(piece, Axis.SECONDARY, part);
      } else if (bySymbol && isGood(secondary)) {
        slivers.read(secondary, (long) row * symbolSize + inSymbol, part.asSlice(done, bytes));
      } else {
        lost.add(new Piece(row, column, inSymbol, bytes, to + done));
      }
      done += bytes;
    }
  }

  /**
   * Returns whether to read symbols from secondary slivers. Not if that means to check so many of
   * them that restoring the whole row is less to read.
   */
  private boolean isWorthwhile(int firstColumn, int lastColumn) {
    if (check == RangeCheck.RECOVERED) {
      return true;
    }
    long toCheck =
        IntStream.rangeClosed(firstColumn, lastColumn)
            .mapToObj(SliverId::secondary)
            .filter(id -> slivers.isUsable(id) && !rules.isVerified(id))
            .count();
    if (toCheck * parameters.symbolsPerSliver(Axis.SECONDARY)
        <= parameters.sourceSymbols(Axis.SECONDARY)) {
      return true;
    }
    rules.takeUp(slivers::isUsable);
    return !rules.isEnough(Axis.SECONDARY);
  }

  /** Returns whether bytes of a sliver may be given out. */
  private boolean isGood(SliverId id) throws IOException {
    return slivers.isUsable(id) && (check == RangeCheck.RECOVERED || rules.verify(id));
  }

  // --- bytes that have to be recovered ---

  /** Restores the rows or columns that lost pieces lie on, some neighboring ones at a time. */
  private void recover(List<Piece> lost, MemorySegment target)
      throws IOException, InsufficientDataException, VerificationException {
    rules.takeUp(slivers::isUsable);
    while (!lost.isEmpty()) {
      Axis axis = axisToRestore(lost);
      NavigableSet<Integer> lanes = lanes(lost, axis);
      int first = lanes.first();
      int count = 1;
      while (count < restored.most() && lanes.contains(first + count)) {
        count++;
      }
      if (restored.restore(axis, first, count)) {
        List<Piece> left = new ArrayList<>();
        for (Piece piece : lost) {
          if (restored.has(axis, piece.lane(axis))) {
            fill(piece, axis, target);
          } else {
            left.add(piece);
          }
        }
        lost = left;
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

  /** Returns the axis of what to restore: what can be, and of both what is less to read. */
  private Axis axisToRestore(List<Piece> lost)
      throws InsufficientDataException, VerificationException {
    Axis sources = rules.chooseAxis();
    boolean both = rules.isEnough(Axis.PRIMARY) && rules.isEnough(Axis.SECONDARY);
    return both && readToRestore(lost, Axis.PRIMARY) < readToRestore(lost, Axis.SECONDARY)
        ? Axis.PRIMARY
        : sources.opposite();
  }

  /**
   * Returns how many symbols must be read to restore all slivers of an axis that lost pieces lie
   * on.
   */
  private long readToRestore(List<Piece> lost, Axis axis) {
    return (long) lanes(lost, axis).size() * parameters.symbolsPerSliver(axis);
  }

  private void fill(Piece piece, Axis axis, MemorySegment target) {
    long symbol = (long) piece.lane(axis.opposite()) * symbolSize;
    restored.copy(piece.lane(axis), symbol + piece.from(), target, piece.to(), piece.bytes());
  }
}
