package io.redstuff.client.api;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import io.redstuff.proof.DecodingSymbol;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Symbols without proofs, for several slivers of one axis. Nothing of it is proven, nor can be
 * before a whole sliver is put together and hashed.
 *
 * <p>On the wire: a map from u16 sliver index to a vector of symbols, each with the variant of the
 * axis before it. The keys are in the order of their bytes, low byte first, as canonical BCS
 * demands: 256 comes before 1.
 *
 * @param axis the kind of slivers that the symbols are for
 * @param symbols by sliver index, the symbols with the indices of the slivers that they were cut
 *     from; ordered by index
 * @since 0.1.0
 */
public record DecodingSymbols(Axis axis, Map<Integer, List<DecodingSymbol>> symbols) {
  private static final String WHAT = "decoding symbols";

  /** The least an entry takes: index, length of an empty vector. */
  private static final int SHORTEST_ENTRY = 3;

  /** The least a symbol takes: axis, source index, empty symbol. */
  private static final int SHORTEST_SYMBOL = 4;

  private static final Comparator<Integer> BY_BYTES =
      Comparator.comparingInt(index -> (index & 0xff) << 8 | index >> 8);

  /**
   * Sorts the symbols by sliver.
   *
   * @throws IndexOutOfBoundsException if an index does not fit 16 bits
   */
  public DecodingSymbols {
    Objects.requireNonNull(axis, "axis");
    Map<Integer, List<DecodingSymbol>> sorted = new TreeMap<>();
    symbols.forEach(
        (target, list) -> sorted.put(SliverId.primary(target).index(), List.copyOf(list)));
    symbols = Collections.unmodifiableMap(sorted);
  }

  /**
   * Reads the wire form.
   *
   * @param axis the kind of slivers that were asked for
   * @param bcs all of it, native or heap; copied
   * @return the symbols
   * @throws MalformedDataException if it is not canonical BCS of such a map, or holds symbols for
   *     slivers of the other axis
   */
  public static DecodingSymbols parse(Axis axis, MemorySegment bcs) throws MalformedDataException {
    return BcsReader.parse(bcs, WHAT, in -> read(axis, in));
  }

  private static DecodingSymbols read(Axis axis, BcsReader in) throws MalformedDataException {
    Map<Integer, List<DecodingSymbol>> symbols = new TreeMap<>();
    long entries = in.count(WHAT, SHORTEST_ENTRY);
    int before = -1;
    for (long i = 0; i < entries; i++) {
      long start = in.position();
      int target = in.u16("sliver index");
      if (before >= 0 && BY_BYTES.compare(before, target) >= 0) {
        throw new MalformedDataException(
            start,
            "%s: got sliver %s after %s, expected ascending bytes".formatted(WHAT, target, before));
      }
      before = target;
      List<DecodingSymbol> list = new ArrayList<>();
      long count = in.count("symbols of a sliver", SHORTEST_SYMBOL);
      for (long j = 0; j < count; j++) {
        list.add(symbol(axis, in));
      }
      symbols.put(target, list);
    }
    return new DecodingSymbols(axis, symbols);
  }

  private static DecodingSymbol symbol(Axis axis, BcsReader in) throws MalformedDataException {
    long start = in.position();
    Axis its = Axis.ofVariant(in.variant("axis", Axis.values().length));
    if (its != axis) {
      throw new MalformedDataException(
          start, "%s: got one for %s slivers, expected %s".formatted(WHAT, its, axis));
    }
    int source = in.u16("source sliver index");
    return new DecodingSymbol(source, in.bytes("symbol").toArray(ValueLayout.JAVA_BYTE));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(
        out -> {
          out.count(symbols.size());
          symbols.keySet().stream().sorted(BY_BYTES).forEach(target -> write(target, out));
        });
  }

  private void write(int target, BcsWriter out) {
    List<DecodingSymbol> list = symbols.get(target);
    out.u16(target).count(list.size());
    for (DecodingSymbol symbol : list) {
      out.variant(axis.variant())
          .u16(symbol.sourceIndex())
          .bytes(MemorySegment.ofArray(symbol.data()));
    }
  }
}
