package io.redstuff;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A cell of the expanded matrix: the symbol in which a primary sliver (row) and a secondary sliver
 * (column) cross. The text form is {@code row-column}, as in {@code 73-241}.
 *
 * @param primary the row, index of the primary sliver, 0..65535
 * @param secondary the column, index of the secondary sliver, 0..65535
 * @since 0.1.0
 */
public record SymbolId(int primary, int secondary) implements Comparable<SymbolId> {
  private static final String WHAT = "symbol id";

  /** No sign, no leading zeros: a cell has one text. */
  private static final Pattern TEXT = Pattern.compile("(0|[1-9][0-9]{0,4})-(0|[1-9][0-9]{0,4})");

  /**
   * Makes a cell.
   *
   * @throws IndexOutOfBoundsException if an index does not fit 16 bits
   */
  public SymbolId {
    SliverId.primary(primary);
    SliverId.secondary(secondary);
  }

  /**
   * Returns the cell in which a sliver is crossed by a sliver of the other axis.
   *
   * @param sliver one of the two slivers
   * @param crossing index of the other
   * @return the cell
   */
  public static SymbolId of(SliverId sliver, int crossing) {
    return sliver.axis() == Axis.PRIMARY
        ? new SymbolId(sliver.index(), crossing)
        : new SymbolId(crossing, sliver.index());
  }

  /**
   * Reads the text form.
   *
   * @param text {@code row-column}
   * @return the cell
   * @throws MalformedDataException if the text is anything else
   */
  public static SymbolId parse(String text) throws MalformedDataException {
    Matcher matcher = TEXT.matcher(text);
    if (matcher.matches()) {
      int primary = Integer.parseInt(matcher.group(1));
      int secondary = Integer.parseInt(matcher.group(2));
      if (primary < 1 << 16 && secondary < 1 << 16) {
        return new SymbolId(primary, secondary);
      }
    }
    String shown = text.length() <= 20 ? text : text.substring(0, 20) + "...";
    throw new MalformedDataException(
        0, WHAT + ": got '" + shown + "', expected ROW-COLUMN with numbers from 0 to 65535");
  }

  /**
   * Reads the wire form.
   *
   * @param bcs u16 row, u16 column, little-endian
   * @return the cell
   * @throws MalformedDataException if it is not 4 bytes
   */
  public static SymbolId parseBcs(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs), WHAT, in -> new SymbolId(in.u16("row"), in.u16("column")));
  }

  /** {@return the wire form, 4 bytes} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(out -> out.u16(primary).u16(secondary));
  }

  /**
   * Returns the sliver of an axis that the cell lies on.
   *
   * @param axis which of the two
   * @return the sliver's id
   */
  public SliverId sliver(Axis axis) {
    return new SliverId(axis, axis == Axis.PRIMARY ? primary : secondary);
  }

  /** Orders by row, then by column. */
  @Override
  public int compareTo(SymbolId other) {
    int byRow = Integer.compare(primary, other.primary);
    return byRow != 0 ? byRow : Integer.compare(secondary, other.secondary);
  }

  /** {@return the text form, {@code row-column}} */
  @Override
  public String toString() {
    return primary + "-" + secondary;
  }
}
