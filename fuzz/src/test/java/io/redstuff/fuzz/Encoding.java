package io.redstuff.fuzz;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.codec.RedStuff;
import io.redstuff.error.VerificationException;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A blob with all its slivers on the heap, as it would be without damage. */
public final class Encoding {
  private static final Map<Integer, RedStuff> CODECS = new ConcurrentHashMap<>();

  private final RedStuff codec;
  private final byte[] blob;
  private final VerifiedMetadata metadata;
  private final Map<Axis, List<Sliver>> slivers = new EnumMap<>(Axis.class);

  private Encoding(RedStuff codec, byte[] blob) {
    this.codec = codec;
    this.blob = blob;
    // Memory of this thread alone: what EncodedBlob has is slow to free under the fuzzer.
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment encoded = arena.allocate(parameters().sliversLength(blob.length));
      this.metadata = codec.newEncoder(arena).encode(MemorySegment.ofArray(blob), encoded);
      int symbolSize = metadata.symbolSize();
      long at = 0;
      for (Axis axis : Axis.values()) {
        long bytes = parameters().sliverLength(axis, symbolSize);
        List<Sliver> ofAxis = new ArrayList<>();
        for (int i = 0; i < shards(); i++, at += bytes) {
          byte[] symbols = encoded.asSlice(at, bytes).toArray(ValueLayout.JAVA_BYTE);
          ofAxis.add(Sliver.copyOf(new SliverId(axis, i), symbolSize, symbols));
        }
        slivers.put(axis, ofAxis);
      }
    }
  }

  /** Returns the encoding of {@code blob}, made on the selected engine by this thread alone. */
  public static Encoding of(int shards, byte[] blob) {
    return of(CODECS.computeIfAbsent(shards, n -> RedStuff.forShards(n).withParallelism(1)), blob);
  }

  /** Returns the encoding of {@code blob}. */
  static Encoding of(RedStuff codec, byte[] blob) {
    return new Encoding(codec, blob);
  }

  /**
   * Returns a drawn blob of as many bytes as fit symbols of up to {@code symbolSize} bytes.
   *
   * @param mostShards the highest number of shards
   */
  static Encoding draw(Draws draws, int mostShards, int symbolSize) {
    int shards = EncodingParameters.MIN_SHARDS + draws.below(mostShards - 3);
    EncodingParameters parameters = EncodingParameters.forShards(shards);
    int cells = parameters.primarySourceSymbols() * parameters.secondarySourceSymbols();
    int length = draws.below(cells * symbolSize + 1);
    return of(shards, draws.content(length));
  }

  RedStuff codec() {
    return codec;
  }

  EncodingParameters parameters() {
    return codec.parameters();
  }

  int shards() {
    return parameters().shards();
  }

  public byte[] blob() {
    return blob;
  }

  public VerifiedMetadata metadata() {
    return metadata;
  }

  public List<Sliver> slivers(Axis axis) {
    return slivers.get(axis);
  }

  Sliver sliver(SliverId id) {
    return slivers.get(id.axis()).get(id.index());
  }

  /** Returns a drawn encoding. */
  SliverId drawId(Draws draws) {
    return new SliverId(draws.of(Axis.values()), draws.below(shards()));
  }

  /** Returns whether a sliver is what the encoder made. */
  boolean isTrue(Sliver sliver) {
    return sliver.id().index() < shards() && sliver.equals(sliver(sliver.id()));
  }

  /**
   * Returns the symbol of {@code source} that helps to recover the crossing sliver {@code target}.
   */
  RecoverySymbol symbol(SliverId source, int target) {
    try (Arena arena = Arena.ofConfined()) {
      return codec.expand(metadata, sliver(source), arena).recoverySymbol(target);
    } catch (VerificationException e) {
      throw new AssertionError("refuses the encoder's own sliver " + source, e);
    }
  }

  /** Returns whether there are enough true ones among {@code slivers} to decode and to heal. */
  boolean isEnough(List<Sliver> slivers) {
    for (Axis axis : Axis.values()) {
      long good =
          slivers.stream()
              .filter(sliver -> sliver.id().axis() == axis && isTrue(sliver))
              .map(Sliver::id)
              .distinct()
              .count();
      if (good >= parameters().sourceSymbols(axis)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return blob.length + " bytes for " + shards() + " shards";
  }
}
