package io.redstuff.proof;

import io.redstuff.SliverId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A symbol without a proof, and the index of the sliver it was cut from. Which axis and which
 * target it is for follows from where it is used.
 *
 * <p>Immutable. On the wire: u16 index of the source sliver, bytes of the symbol.
 *
 * @since 0.1.0
 */
public final class DecodingSymbol {
  private final int sourceIndex;
  private final byte[] data;

  /**
   * Makes a symbol.
   *
   * @param sourceIndex index of the sliver it was cut from, 0..65535
   * @param data the symbol; copied
   * @throws IndexOutOfBoundsException if the index does not fit 16 bits
   */
  public DecodingSymbol(int sourceIndex, byte[] data) {
    this.sourceIndex = SliverId.primary(sourceIndex).index();
    this.data = data.clone();
  }

  /**
   * Reads the wire form.
   *
   * @param bcs all of it
   * @return the symbol
   * @throws MalformedDataException if it is not canonical BCS of a decoding symbol
   */
  public static DecodingSymbol parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), "decoding symbol", DecodingSymbol::read);
  }

  static DecodingSymbol read(BcsReader reader) throws MalformedDataException {
    int sourceIndex = reader.u16("source sliver index");
    MemorySegment data = reader.bytes("symbol");
    return new DecodingSymbol(sourceIndex, data.toArray(ValueLayout.JAVA_BYTE));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  void write(BcsWriter writer) {
    writer.u16(sourceIndex).bytes(MemorySegment.ofArray(data));
  }

  /** {@return the index of the sliver that the symbol was cut from, 0..65535} */
  public int sourceIndex() {
    return sourceIndex;
  }

  /** {@return a copy of the symbol's bytes} */
  public byte[] data() {
    return data.clone();
  }

  /** {@return how many bytes the symbol has} */
  public int size() {
    return data.length;
  }

  /**
   * Copies the symbol.
   *
   * @param out where to, native or heap
   * @param offset where in {@code out} its {@link #size} bytes go
   * @throws IndexOutOfBoundsException if they do not fit
   */
  public void copyTo(MemorySegment out, long offset) {
    MemorySegment.copy(data, 0, out, ValueLayout.JAVA_BYTE, offset, data.length);
  }

  /** Returns the symbol's own bytes, not to be written to. */
  byte[] bytes() {
    return data;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DecodingSymbol that
        && sourceIndex == that.sourceIndex
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return 31 * sourceIndex + Arrays.hashCode(data);
  }

  @Override
  public String toString() {
    return "symbol of " + data.length + " bytes from sliver " + sourceIndex;
  }
}
