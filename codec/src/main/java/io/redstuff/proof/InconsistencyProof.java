package io.redstuff.proof;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Evidence that a blob was encoded inconsistently: symbols of one sliver, each proven against the
 * metadata, that decode to something else than the metadata commits to for that sliver.
 *
 * <p>Nothing is checked in making or parsing one: whoever has the metadata verifies it with {@code
 * RedStuff.confirm}. Immutable. On the wire: variant of the target's axis, u16 target index, vector
 * of recovery symbols.
 *
 * @since 0.1.0
 */
public final class InconsistencyProof {
  private static final String WHAT = "inconsistency proof";

  /** The least a recovery symbol takes: source index, empty symbol, empty path. */
  private static final int SHORTEST_SYMBOL = 4;

  private final SliverId target;
  private final List<RecoverySymbol> symbols;

  /**
   * Makes a claim.
   *
   * @param target the sliver that the symbols belong to
   * @param symbols symbols for slivers of the target's axis
   * @throws IllegalArgumentException if a symbol is for slivers of the other axis
   */
  public InconsistencyProof(SliverId target, List<RecoverySymbol> symbols) {
    this.target = Objects.requireNonNull(target, "target");
    this.symbols = List.copyOf(symbols);
    for (RecoverySymbol symbol : this.symbols) {
      if (symbol.axis() != target.axis()) {
        throw new IllegalArgumentException(
            WHAT + ": got a symbol for " + symbol.axis() + " slivers, expected " + target.axis());
      }
    }
  }

  /**
   * Reads the wire form.
   *
   * @param bcs all of it
   * @return the claim; nothing is proven
   * @throws MalformedDataException if it is not canonical BCS of an inconsistency proof
   */
  public static InconsistencyProof parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, InconsistencyProof::read);
  }

  /**
   * Reads the wire form without the variant of the axis, as nodes send it to each other.
   *
   * @param axis the axis of the target
   * @param bcs all of it
   * @return the claim; nothing is proven
   * @throws MalformedDataException if it is not canonical BCS of an inconsistency proof of one axis
   */
  public static InconsistencyProof parseWithoutAxis(Axis axis, byte[] bcs)
      throws MalformedDataException {
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, reader -> read(axis, reader));
  }

  private static InconsistencyProof read(BcsReader reader) throws MalformedDataException {
    return read(Axis.ofVariant(reader.variant("axis", Axis.values().length)), reader);
  }

  private static InconsistencyProof read(Axis axis, BcsReader reader)
      throws MalformedDataException {
    SliverId target = new SliverId(axis, reader.u16("target sliver index"));
    long count = reader.count("recovery symbols", SHORTEST_SYMBOL);
    List<RecoverySymbol> symbols = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      symbols.add(RecoverySymbol.read(axis, reader));
    }
    return new InconsistencyProof(target, symbols);
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(writer -> write(writer.variant(target.axis().variant())));
  }

  /** {@return the wire form without the variant of the axis} */
  public byte[] toBcsWithoutAxis() {
    return BcsWriter.toBytes(this::write);
  }

  private void write(BcsWriter writer) {
    writer.u16(target.index()).count(symbols.size());
    symbols.forEach(symbol -> symbol.write(writer));
  }

  /** {@return the sliver that the symbols contradict} */
  public SliverId target() {
    return target;
  }

  /** {@return the evidence, as it was received} */
  public List<RecoverySymbol> symbols() {
    return symbols;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InconsistencyProof that
        && target.equals(that.target)
        && symbols.equals(that.symbols);
  }

  @Override
  public int hashCode() {
    return Objects.hash(target, symbols);
  }

  @Override
  public String toString() {
    return WHAT + " for " + target + " from " + symbols.size() + " symbols";
  }
}
