package io.redstuff.quilt;

import io.redstuff.EncodingParameters;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.stream.BlobSource;
import io.redstuff.stream.StreamedBlob;
import io.redstuff.stream.Workspace;
import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Files packed into one blob: a source of its bytes, which are made from those of the files as they
 * are asked for. {@link io.redstuff.stream.StreamEncoder} and {@link
 * io.redstuff.store.StoredEncoding#create} take it as they take any blob, {@link #toBytes} gives it
 * whole.
 *
 * <p>The blob is a matrix of k1 rows and k2 columns of symbols, row after row, and a file takes
 * whole columns of it, so each row has bytes of every file. What is read therefore is read for some
 * rows together, into up to {@value #TILE_BYTES} bytes of native memory; up to as many again serve
 * to get there. Files that are {@linkplain QuiltFile#of(String, java.nio.file.Path) paths} are
 * opened as they are needed, {@value OpenFiles#MOST} at a time at most.
 *
 * <p>For one thread at a time. To be closed: that ends temporary files and closes open ones.
 *
 * @since 0.1.0
 */
public final class Quilt implements BlobSource, AutoCloseable {
  static final int VERSION = 1;
  static final int TAGS_FOLLOW = 1;

  /** Bytes before the length of a patch ends. */
  static final int PATCH_HEADER = 6;

  private static final long MAX_PATCH = 0xffff_ffffL;
  private static final int MAX_FIELD = 0xffff;

  private static final long TILE_BYTES = 4L << 20;

  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);

  private final EncodingParameters parameters;
  private final QuiltIndex index;
  private final QuiltLayout layout;

  /** The index, then the files, then what is free. */
  private final List<PackedPart> parts;

  /** By column, the part that lies in it. */
  private final int[] owners;

  private final KeptStreams streams;
  private final OpenFiles files;
  private final long rowBytes;
  private final long columnBytes;
  private final long tileBytes;
  private final Arena arena = Arena.ofShared();

  // some symbols of some rows, as they are in the blob
  private MemorySegment tile;
  private MemorySegment stage;
  private int tileRow;
  private int tileRows;
  private int tileColumn;
  private int tileColumns;

  private Quilt(
      EncodingParameters parameters,
      QuiltIndex index,
      QuiltLayout layout,
      List<PackedPart> parts,
      KeptStreams streams,
      OpenFiles files,
      long tileBytes) {
    this.tileBytes = tileBytes;
    this.parameters = parameters;
    this.index = index;
    this.layout = layout;
    this.parts = parts;
    this.streams = streams;
    this.files = files;
    this.rowBytes = (long) parameters.secondarySourceSymbols() * layout.symbolSize();
    this.columnBytes = (long) parameters.primarySourceSymbols() * layout.symbolSize();
    this.owners = new int[parameters.secondarySourceSymbols()];
    Arrays.fill(owners, parts.size() - 1);
    for (int part = 0; part < parts.size() - 1; part++) {
      Arrays.fill(owners, layout.starts()[part], layout.starts()[part + 1], part);
    }
  }

  /**
   * Packs files; streams among them are kept in memory.
   *
   * @param parameters the number of shards, from which the shape of the quilt follows
   * @param files in any order
   * @return the quilt, to be closed
   * @throws IOException if a stream fails, or has more bytes or fewer than was said
   * @throws IllegalArgumentException if the {@linkplain #pack(EncodingParameters, Collection,
   *     Workspace) rules} do not allow it
   */
  public static Quilt pack(EncodingParameters parameters, Collection<QuiltFile> files)
      throws IOException {
    return pack(parameters, files, Workspace.ofMemory(Long.MAX_VALUE));
  }

  /**
   * Packs files, by the rules of the network's own encoder. They are sorted by the bytes of their
   * identifiers, which have to be different. An identifier is not empty, has no control characters
   * and no white space at its end, and has up to 65,531 bytes in UTF-8; it is taken as it is,
   * nothing is normalised. The tags of a file have up to 65,535 bytes in BCS; contents, identifier
   * and tags of a file together up to 4,294,967,295. There may be k2 - 1 files, 666 with 1000
   * shards, and none at all. The index, which has all identifiers and tags, must not take more than
   * 10 columns.
   *
   * @param parameters the number of shards, from which the shape of the quilt follows
   * @param files in any order
   * @param workspace where streams are kept: in a temporary file if there may be one, otherwise in
   *     memory
   * @return the quilt, to be closed
   * @throws IOException if a stream or the temporary file fails, or a stream has more bytes or
   *     fewer than was said
   * @throws IllegalArgumentException if the rules do not allow it, or streams are kept in memory
   *     and longer than the budget
   */
  public static Quilt pack(
      EncodingParameters parameters, Collection<QuiltFile> files, Workspace workspace)
      throws IOException {
    return pack(parameters, files, workspace, TILE_BYTES);
  }

  /** Packs files; the quilt takes so many bytes of memory for some symbols of some rows. */
  static Quilt pack(
      EncodingParameters parameters,
      Collection<QuiltFile> files,
      Workspace workspace,
      long tileBytes)
      throws IOException {
    List<QuiltFile> sorted = sorted(files);
    List<byte[]> heads = sorted.stream().map(Quilt::head).toList();
    long[] sizes = new long[sorted.size() + 1];
    sizes[0] = QuiltLayout.INDEX_PREFIX + QuiltIndex.bcsLength(sorted);
    for (int i = 0; i < sorted.size(); i++) {
      sizes[i + 1] = heads.get(i).length + sorted.get(i).contents().length();
    }
    QuiltLayout layout = QuiltLayout.of(parameters, sizes);
    List<QuiltPatch> patches = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i++) {
      QuiltFile file = sorted.get(i);
      int start = layout.starts()[i + 1];
      int end = layout.starts()[i + 2];
      patches.add(new QuiltPatch(file.identifier(), file.tags(), start, end));
    }
    QuiltIndex index = new QuiltIndex(patches);

    List<StreamedBlob> streams = new ArrayList<>();
    for (QuiltFile file : sorted) {
      if (file.contents() instanceof StreamedBlob stream) {
        streams.add(stream);
      }
    }
    KeptStreams kept = KeptStreams.of(streams, workspace);
    OpenFiles open = new OpenFiles();
    List<PackedPart> parts = new ArrayList<>();
    parts.add(PackedPart.of(head(index)));
    for (int i = 0; i < sorted.size(); i++) {
      BlobSource contents = sorted.get(i).contents();
      contents = contents instanceof PathBlob path ? open.keep(path) : kept.get(contents);
      parts.add(new PackedPart(heads.get(i), contents));
    }
    parts.add(PackedPart.FREE);
    return new Quilt(parameters, index, layout, parts, kept, open, tileBytes);
  }

  private static List<QuiltFile> sorted(Collection<QuiltFile> files) {
    IdentityHashMap<QuiltFile, byte[]> names = new IdentityHashMap<>();
    files.forEach(file -> names.put(file, checkedIdentifier(file.identifier())));
    List<QuiltFile> sorted = new ArrayList<>(files);
    sorted.sort((a, b) -> Arrays.compareUnsigned(names.get(a), names.get(b)));
    for (int i = 1; i < sorted.size(); i++) {
      String identifier = sorted.get(i).identifier();
      if (identifier.equals(sorted.get(i - 1).identifier())) {
        throw new IllegalArgumentException(
            "identifier: got \"" + identifier + "\" twice, expected different ones");
      }
    }
    return sorted;
  }

  private static byte[] checkedIdentifier(String identifier) {
    Optional<String> fault = Identifiers.fault(identifier);
    if (fault.isPresent()) {
      throw new IllegalArgumentException(fault.get() + ": \"" + identifier + "\"");
    }
    byte[] bytes = Text.utf8(identifier);
    if (bytes.length > Identifiers.MAX_BYTES) {
      throw new IllegalArgumentException(
          "identifier: got %s bytes, expected at most %s"
              .formatted(bytes.length, Identifiers.MAX_BYTES));
    }
    return bytes;
  }

  /** Returns what stands before the contents of a file. */
  private static byte[] head(QuiltFile file) {
    byte[] identifier = Text.bcs(file.identifier());
    byte[] tags = file.tags().isEmpty() ? new byte[0] : tags(file);
    long fields = 2L + identifier.length + (tags.length == 0 ? 0 : 2L + tags.length);
    long contents = file.contents().length();
    if (contents > MAX_PATCH - fields) {
      throw new IllegalArgumentException(
          "%s: got %s bytes with identifier and tags, expected at most %s"
              .formatted(file.identifier(), contents + fields, MAX_PATCH));
    }
    byte[] head = new byte[Math.toIntExact(PATCH_HEADER + fields)];
    prefix(head, contents + fields);
    head[QuiltLayout.INDEX_PREFIX] = (byte) (tags.length == 0 ? 0 : TAGS_FOLLOW);
    BcsWriter out = new BcsWriter(MemorySegment.ofArray(head).asSlice(PATCH_HEADER));
    out.u16(identifier.length).fixed(identifier);
    if (tags.length > 0) {
      out.u16(tags.length).fixed(tags);
    }
    return head;
  }

  private static byte[] tags(QuiltFile file) {
    byte[] tags = BcsWriter.toBytes(out -> Tags.write(out, file.tags()));
    if (tags.length > MAX_FIELD) {
      throw new IllegalArgumentException(
          "%s: got tags of %s bytes, expected at most %s"
              .formatted(file.identifier(), tags.length, MAX_FIELD));
    }
    return tags;
  }

  private static byte[] head(QuiltIndex index) {
    byte[] bcs = index.toBcs();
    byte[] head = new byte[QuiltLayout.INDEX_PREFIX + bcs.length];
    prefix(head, bcs.length);
    System.arraycopy(bcs, 0, head, QuiltLayout.INDEX_PREFIX, bcs.length);
    return head;
  }

  /** Writes a version and a length. */
  private static void prefix(byte[] head, long length) {
    head[0] = VERSION;
    MemorySegment.ofArray(head).set(U32, 1, (int) length);
  }

  /** {@return the files and their columns} */
  public QuiltIndex index() {
    return index;
  }

  /** {@return bytes of a symbol of the quilt, which is the symbol size of the blob, too} */
  public int symbolSize() {
    return layout.symbolSize();
  }

  /** {@return the length of the quilt: k1 * k2 * {@link #symbolSize} bytes} */
  @Override
  public long length() {
    return parameters.primarySourceSymbols() * rowBytes;
  }

  /**
   * {@return the whole quilt}
   *
   * @throws IOException if a file cannot be read, or has another length than before
   */
  public byte[] toBytes() throws IOException {
    try (Arena temporary = Arena.ofConfined()) {
      MemorySegment bytes = temporary.allocate(length());
      read(0, bytes);
      return bytes.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  /**
   * Reads bytes of the quilt.
   *
   * @param offset of the first
   * @param target native memory; all of it is filled
   * @throws IOException if a file cannot be read, or has another length than before; an {@link
   *     EOFException} if there are fewer bytes in the quilt
   */
  @Override
  public void read(long offset, MemorySegment target) throws IOException {
    if (offset < 0 || offset > length() - target.byteSize()) {
      throw new EOFException(
          "quilt: got a read of %s bytes at %s, expected it within %s bytes"
              .formatted(target.byteSize(), offset, length()));
    }
    for (long done = 0; done < target.byteSize(); ) {
      int row = (int) ((offset + done) / rowBytes);
      long from = (offset + done) % rowBytes;
      long bytes = Math.min(rowBytes - from, target.byteSize() - done);
      readRow(row, from, target.asSlice(done, bytes));
      done += bytes;
    }
  }

  /** Reads a part of a row. */
  private void readRow(int row, long from, MemorySegment target) throws IOException {
    int symbolSize = layout.symbolSize();
    int first = (int) (from / symbolSize);
    int columns = (int) Math.ceilDiv(from + target.byteSize(), symbolSize) - first;
    if (2L * columns * symbolSize > tileBytes) {
      readSymbols(row, from, target);
      return;
    }
    if (!isInTile(row, first, columns)) {
      fillTile(row, first, columns);
    }
    long inTile = ((long) (row - tileRow) * tileColumns - tileColumn) * symbolSize + from;
    MemorySegment.copy(tile, inTile, target, 0, target.byteSize());
  }

  private void readSymbols(int row, long from, MemorySegment target) throws IOException {
    int symbolSize = layout.symbolSize();
    for (long done = 0; done < target.byteSize(); ) {
      int column = (int) ((from + done) / symbolSize);
      long inSymbol = (from + done) % symbolSize;
      long bytes = Math.min(symbolSize - inSymbol, target.byteSize() - done);
      readColumn(column, (long) row * symbolSize + inSymbol, target.asSlice(done, bytes));
      done += bytes;
    }
  }

  /** Reads bytes of a column from one of them on. */
  private void readColumn(int column, long from, MemorySegment target) throws IOException {
    int part = owners[column];
    long before = (column - layout.starts()[part]) * columnBytes;
    parts.get(part).read(before + from, target);
  }

  private boolean isInTile(int row, int column, int columns) {
    return row >= tileRow
        && row < tileRow + tileRows
        && column >= tileColumn
        && column + columns <= tileColumn + tileColumns;
  }

  /** Makes some symbols of a row, and those of as many rows after it as there is room for. */
  private void fillTile(int row, int column, int columns) throws IOException {
    if (tile == null) {
      long bytes = Math.min(tileBytes, length());
      tile = arena.allocate(bytes, 64);
      stage = arena.allocate(Math.min(bytes, columnBytes), 64);
    }
    int symbolSize = layout.symbolSize();
    long stride = (long) columns * symbolSize;
    int rows = (int) Math.min(tileBytes / stride, parameters.primarySourceSymbols() - row);
    tileRows = 0; // nothing, if this fails
    MemorySegment run = stage.asSlice(0, (long) rows * symbolSize);
    for (int i = 0; i < columns; i++) {
      readColumn(column + i, (long) row * symbolSize, run);
      for (int j = 0; j < rows; j++) {
        MemorySegment.copy(
            run, (long) j * symbolSize, tile, j * stride + (long) i * symbolSize, symbolSize);
      }
    }
    tileRow = row;
    tileRows = rows;
    tileColumn = column;
    tileColumns = columns;
  }

  /** Ends temporary files, closes open ones and frees memory. */
  @Override
  public void close() throws IOException {
    if (arena.scope().isAlive()) {
      arena.close();
      streams.close();
      files.close();
    }
  }
}
