package io.redstuff;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/**
 * One row or column of the encoded blob, as a storage node keeps it: its id and its symbols one
 * after another. Nothing about the content is proven by having one.
 *
 * <p>Factories say whether they copy. A view is of memory that belongs to someone else, which must
 * stay alive, and should not be written to, while the sliver is in use. Under that condition
 * slivers are immutable and thread-safe, as far as the arena of the memory allows.
 *
 * @since 0.1.0
 */
public final class Sliver {

  private static final String WHAT = "sliver";

  private final SliverId id;
  private final int symbolSize;
  private final MemorySegment symbols;

  private Sliver(SliverId id, int symbolSize, MemorySegment symbols) {
    this.id = id;
    this.symbolSize = symbolSize;
    this.symbols = symbols;
  }

  /**
   * Views symbols in memory as a sliver.
   *
   * @param id which sliver it is
   * @param symbolSize the symbol size in bytes
   * @param symbols the symbols one after another, native or heap; not copied
   * @return a view of them
   * @throws IllegalArgumentException if the symbol size is not an even number from 2 to 65534, or
   *     the length of {@code symbols} is not a positive multiple of it, at most 49155 times
   * @apiNote The sliver changes with the memory, and throws {@link IllegalStateException} once that
   *     is freed. What was verified is true of the bytes as they were: who verifies a view lets
   *     nobody write to it.
   */
  public static Sliver view(SliverId id, int symbolSize, MemorySegment symbols) {
    Objects.requireNonNull(id, "id");
    EncodingParameters.checkSymbolSize(symbolSize);
    if (!isSliverLength(symbols.byteSize(), symbolSize)) {
      throw new IllegalArgumentException(lengthMessage(symbols.byteSize(), symbolSize));
    }
    return new Sliver(id, symbolSize, symbols.asReadOnly());
  }

  /**
   * Copies symbols to a sliver of its own.
   *
   * @param id which sliver it is
   * @param symbolSize the symbol size in bytes
   * @param symbols the symbols one after another; copied
   * @return the sliver
   * @throws IllegalArgumentException if the symbol size is not an even number from 2 to 65534, or
   *     the length of {@code symbols} is not a positive multiple of it, at most 49155 times
   */
  public static Sliver copyOf(SliverId id, int symbolSize, byte[] symbols) {
    return view(id, symbolSize, MemorySegment.ofArray(symbols.clone()));
  }

  /**
   * Reads BCS sliver data, which does not say what axis it is of.
   *
   * @param axis the axis
   * @param bcs the whole encoding; copied
   * @return the sliver
   * @throws MalformedDataException if it is not the canonical encoding of a sliver
   */
  public static Sliver parseCopy(Axis axis, byte[] bcs) throws MalformedDataException {
    return parseView(axis, MemorySegment.ofArray(bcs.clone()));
  }

  /**
   * Reads BCS sliver data, which does not say what axis it is of.
   *
   * @param axis the axis
   * @param bcs the whole encoding, native or heap, such as a mapped file; not copied
   * @return a view of it
   * @throws MalformedDataException if it is not the canonical encoding of a sliver
   * @apiNote Costs nothing but the check of its head; of the view holds what is said at {@link
   *     #view}.
   */
  public static Sliver parseView(Axis axis, MemorySegment bcs) throws MalformedDataException {
    Objects.requireNonNull(axis, "axis");
    return readData(axis, new BcsReader(bcs));
  }

  /**
   * Reads a BCS sliver, which says what axis it is of.
   *
   * @param bcs the whole encoding; copied
   * @return the sliver
   * @throws MalformedDataException if it is not the canonical encoding of a sliver
   */
  public static Sliver parseTaggedCopy(byte[] bcs) throws MalformedDataException {
    return parseTaggedView(MemorySegment.ofArray(bcs.clone()));
  }

  /**
   * Reads a BCS sliver, which says what axis it is of.
   *
   * @param bcs the whole encoding, native or heap; not copied
   * @return a view of it
   * @throws MalformedDataException if it is not the canonical encoding of a sliver
   * @apiNote Costs nothing but the check of its head; of the view holds what is said at {@link
   *     #view}.
   */
  public static Sliver parseTaggedView(MemorySegment bcs) throws MalformedDataException {
    BcsReader reader = new BcsReader(bcs);
    Axis axis = Axis.ofVariant(reader.variant("sliver axis", Axis.values().length));
    return readData(axis, reader);
  }

  private static Sliver readData(Axis axis, BcsReader reader) throws MalformedDataException {
    long lengthAt = reader.position();
    MemorySegment symbols = reader.bytes("sliver symbols");
    long sizeAt = reader.position();
    int symbolSize = reader.u16("symbol size");
    int index = reader.u16("sliver index");
    reader.end(WHAT);
    if (!EncodingParameters.isSymbolSize(symbolSize)) {
      throw new MalformedDataException(sizeAt, EncodingParameters.symbolSizeMessage(symbolSize));
    }
    if (!isSliverLength(symbols.byteSize(), symbolSize)) {
      throw new MalformedDataException(lengthAt, lengthMessage(symbols.byteSize(), symbolSize));
    }
    return new Sliver(new SliverId(axis, index), symbolSize, symbols);
  }

  private static boolean isSliverLength(long length, int symbolSize) {
    return length > 0
        && length % symbolSize == 0
        && length / symbolSize <= EncodingParameters.MAX_SHARDS;
  }

  private static String lengthMessage(long length, int symbolSize) {
    return "sliver symbols: got "
        + length
        + " bytes, expected 1 to "
        + EncodingParameters.MAX_SHARDS
        + " times the symbol size "
        + symbolSize;
  }

  /**
   * Returns which sliver this is.
   *
   * @return axis and index
   */
  public SliverId id() {
    return id;
  }

  /**
   * Returns the symbol size.
   *
   * @return the size in bytes, even, from 2 to 65534
   */
  public int symbolSize() {
    return symbolSize;
  }

  /**
   * Returns how many symbols there are.
   *
   * @return the number, from 1 to 49155
   */
  public int symbolCount() {
    return Math.toIntExact(symbols.byteSize() / symbolSize);
  }

  /**
   * Returns the symbols one after another.
   *
   * @return a read-only segment of {@code symbolCount() * symbolSize()} bytes, native or heap as it
   *     was given
   */
  public MemorySegment segment() {
    return symbols;
  }

  /**
   * Returns a copy of the symbols.
   *
   * @return {@code symbolCount() * symbolSize()} bytes
   * @throws IllegalStateException if they do not fit an array
   */
  public byte[] toBytes() {
    return symbols.toArray(ValueLayout.JAVA_BYTE);
  }

  /**
   * Returns what comes before the symbols in BCS sliver data: their length. With {@link
   * #bcsTrailer} a sliver can be written from where its symbols lie.
   *
   * @param symbolsLength the length of the symbols in bytes
   * @return 1 to 5 bytes
   * @throws IllegalArgumentException if the length is not from 0 to 4294967295
   */
  public static byte[] bcsHeader(long symbolsLength) {
    byte[] header = new byte[BcsWriter.uleb128Length(symbolsLength)];
    new BcsWriter(header).count(symbolsLength);
    return header;
  }

  /**
   * Returns what comes after the symbols in BCS sliver data: symbol size and index.
   *
   * @param id which sliver
   * @param symbolSize the symbol size in bytes
   * @return 4 bytes
   */
  public static byte[] bcsTrailer(SliverId id, int symbolSize) {
    byte[] trailer = new byte[2 * Short.BYTES];
    new BcsWriter(trailer).u16(symbolSize).u16(id.index());
    return trailer;
  }

  /**
   * Returns the length of the BCS sliver data.
   *
   * @param symbolsLength the length of the symbols in bytes
   * @return the length in bytes
   */
  public static long bcsLength(long symbolsLength) {
    return BcsWriter.uleb128Length(symbolsLength) + symbolsLength + 2L * Short.BYTES;
  }

  /**
   * Returns the length of the BCS sliver data.
   *
   * @return the length in bytes
   */
  public long bcsLength() {
    return bcsLength(symbols.byteSize());
  }

  /**
   * Writes the BCS sliver data: symbols with their length, symbol size, index.
   *
   * @param out where to write
   * @param offset where in {@code out} to begin, in bytes
   * @return the number of bytes written, {@link #bcsLength()}
   * @throws IndexOutOfBoundsException if they do not fit
   */
  public long writeBcs(MemorySegment out, long offset) {
    writeData(new BcsWriter(out.asSlice(offset, bcsLength())));
    return bcsLength();
  }

  /**
   * Returns the BCS sliver data: symbols with their length, symbol size, index.
   *
   * @return {@link #bcsLength()} bytes
   * @throws ArithmeticException if they do not fit an array
   */
  public byte[] toBcs() {
    byte[] out = new byte[Math.toIntExact(bcsLength())];
    writeData(new BcsWriter(out));
    return out;
  }

  /**
   * Returns the BCS sliver: the axis, then the sliver data.
   *
   * @return one byte more than {@link #bcsLength()}
   * @throws ArithmeticException if they do not fit an array
   */
  public byte[] toTaggedBcs() {
    byte[] out = new byte[Math.toIntExact(1 + bcsLength())];
    writeData(new BcsWriter(out).variant(id.axis().variant()));
    return out;
  }

  private void writeData(BcsWriter writer) {
    writer.bytes(symbols).u16(symbolSize).u16(id.index());
  }

  /** Compares id, symbol size and all symbols. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Sliver that
        && id.equals(that.id)
        && symbolSize == that.symbolSize
        && symbols.mismatch(that.symbols) == -1;
  }

  /** Covers id, size and length, not the symbols: a sliver may have hundreds of megabytes. */
  @Override
  public int hashCode() {
    return Objects.hash(id, symbolSize, symbols.byteSize());
  }

  /**
   * Returns id and sizes.
   *
   * @return text such as {@code "primary 42 (667 symbols of 2 bytes)"}
   */
  @Override
  public String toString() {
    return id + " (" + symbolCount() + " symbols of " + symbolSize + " bytes)";
  }
}
