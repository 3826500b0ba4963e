package io.redstuff.proof;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.SymbolId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A recovery symbol that says itself where it belongs, and can serve either of the two slivers it
 * lies on: the target it was cut for, and also its source, of which it is a proven symbol too.
 *
 * <p>Immutable. On the wire: variant of the target's axis, decoding symbol, u16 target index,
 * Merkle proof.
 *
 * @since 0.1.0
 */
public final class GeneralRecoverySymbol {
  private static final String WHAT = "general recovery symbol";

  /** The least one takes: axis, source index, empty symbol, target index, empty path. */
  private static final int SHORTEST = 7;

  private final RecoverySymbol symbol;
  private final int targetIndex;

  GeneralRecoverySymbol(RecoverySymbol symbol, int targetIndex) {
    this.symbol = symbol;
    this.targetIndex = SliverId.primary(targetIndex).index();
  }

  /**
   * Reads the wire form.
   *
   * @param bcs all of it
   * @return the symbol; nothing is proven
   * @throws MalformedDataException if it is not canonical BCS of a general recovery symbol
   */
  public static GeneralRecoverySymbol parse(byte[] bcs) throws MalformedDataException {
    return parse(MemorySegment.ofArray(bcs));
  }

  /**
   * Reads the wire form.
   *
   * @param bcs all of it, native or heap; copied
   * @return the symbol; nothing is proven
   * @throws MalformedDataException if it is not canonical BCS of a general recovery symbol
   */
  public static GeneralRecoverySymbol parse(MemorySegment bcs) throws MalformedDataException {
    return BcsReader.parse(bcs, WHAT, GeneralRecoverySymbol::read);
  }

  /**
   * Reads several, one after the other, as nodes send them.
   *
   * @param bcs all of it: a vector; native or heap, copied
   * @return the symbols; nothing is proven
   * @throws MalformedDataException if it is not canonical BCS of a vector of them
   */
  public static List<GeneralRecoverySymbol> parseAll(MemorySegment bcs)
      throws MalformedDataException {
    return BcsReader.parse(
        bcs,
        WHAT + "s",
        reader -> {
          long count = reader.count(WHAT + "s", SHORTEST);
          List<GeneralRecoverySymbol> symbols = new ArrayList<>();
          for (long i = 0; i < count; i++) {
            symbols.add(read(reader));
          }
          return List.copyOf(symbols);
        });
  }

  /**
   * {@return the wire form of several, canonical BCS of a vector}
   *
   * @param symbols the symbols
   */
  public static byte[] toBcs(List<GeneralRecoverySymbol> symbols) {
    return BcsWriter.toBytes(
        writer -> {
          writer.count(symbols.size());
          symbols.forEach(symbol -> symbol.write(writer));
        });
  }

  private static GeneralRecoverySymbol read(BcsReader reader) throws MalformedDataException {
    Axis axis = Axis.ofVariant(reader.variant("axis", Axis.values().length));
    DecodingSymbol symbol = DecodingSymbol.read(reader);
    int targetIndex = reader.u16("target sliver index");
    return new RecoverySymbol(axis, symbol, MerkleProof.read(reader)).withTarget(targetIndex);
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  private void write(BcsWriter writer) {
    writer.variant(axis().variant());
    symbol.withoutProof().write(writer);
    writer.u16(targetIndex);
    symbol.proof().write(writer);
  }

  /** {@return the axis of the sliver it was cut for} */
  public Axis axis() {
    return symbol.axis();
  }

  /** {@return the sliver it was cut for} */
  public SliverId target() {
    return new SliverId(axis(), targetIndex);
  }

  /** {@return the sliver it was cut from and is proven against} */
  public SliverId source() {
    return symbol.source();
  }

  /** {@return the index of {@link #target}} */
  public int targetIndex() {
    return targetIndex;
  }

  /** {@return the index of {@link #source}} */
  public int sourceIndex() {
    return symbol.sourceIndex();
  }

  /** {@return its cell in the expanded matrix} */
  public SymbolId id() {
    return SymbolId.of(target(), sourceIndex());
  }

  /** {@return a copy of the symbol's bytes} */
  public byte[] data() {
    return symbol.data();
  }

  /** {@return the path from the symbol to the source's hash} */
  public MerkleProof proof() {
    return symbol.proof();
  }

  /** {@return the recovery symbol for {@link #target}, which does not say so} */
  public RecoverySymbol withoutTarget() {
    return symbol;
  }

  /**
   * Returns the symbol as it is needed to recover one of the two slivers it lies on.
   *
   * @param sliver the sliver to recover
   * @return the symbol with the index of the sliver that crosses it
   * @throws VerificationException with {@link Reason#NOT_USABLE_FOR_TARGET} if it does not lie on
   *     that sliver
   */
  public DecodingSymbol usedFor(SliverId sliver) throws VerificationException {
    if (sliver.equals(target())) {
      return symbol.withoutProof();
    }
    if (sliver.equals(source())) {
      return new DecodingSymbol(targetIndex, symbol.withoutProof().bytes());
    }
    throw new VerificationException(
        Reason.NOT_USABLE_FOR_TARGET,
        "%s: got cell %s, expected one of %s".formatted(WHAT, id(), sliver));
  }

  /**
   * Proves the symbol in its own cell.
   *
   * @param hashes what to prove against
   * @throws VerificationException as {@link RecoverySymbol#verify}
   */
  public void verify(SliverHashes hashes) throws VerificationException {
    symbol.verify(hashes, target());
  }

  /**
   * Proves the symbol and that it can help to recover a sliver.
   *
   * @param hashes what to prove against
   * @param sliver the sliver to recover
   * @throws VerificationException with {@link Reason#NOT_USABLE_FOR_TARGET} if it does not lie on
   *     that sliver, else as {@link RecoverySymbol#verify}
   */
  public void verify(SliverHashes hashes, SliverId sliver) throws VerificationException {
    usedFor(sliver);
    verify(hashes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GeneralRecoverySymbol that
        && targetIndex == that.targetIndex
        && symbol.equals(that.symbol);
  }

  @Override
  public int hashCode() {
    return Objects.hash(symbol, targetIndex);
  }

  @Override
  public String toString() {
    return "recovery symbol " + id() + " for " + target();
  }
}
