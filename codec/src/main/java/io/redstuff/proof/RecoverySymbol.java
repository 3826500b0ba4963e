package io.redstuff.proof;

import io.redstuff.Axis;
import io.redstuff.EncodingParameters;
import io.redstuff.SliverId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.util.Objects;

/**
 * A symbol that helps to recover a sliver, with the proof that it belongs there.
 *
 * <p>It is cut from an expanded sliver of the other axis (the source), at the index of the sliver
 * to recover (the target), and proven against the source's hash in the metadata as the leaf with
 * the target's index. The target itself is not part of it: {@link #verify} is told, {@link
 * GeneralRecoverySymbol} carries it.
 *
 * <p>Immutable. On the wire: decoding symbol, Merkle proof. The axis is not on the wire.
 */
public final class RecoverySymbol {
  private static final String WHAT = "recovery symbol";

  private final Axis axis;
  private final DecodingSymbol symbol;
  private final MerkleProof proof;

  /**
   * A symbol.
   *
   * @param axis the axis of the sliver it helps to recover
   * @param symbol the symbol and the index of the source, a sliver of the other axis
   * @param proof the path from the symbol to the source's hash
   */
  public RecoverySymbol(Axis axis, DecodingSymbol symbol, MerkleProof proof) {
    this.axis = Objects.requireNonNull(axis, "axis");
    this.symbol = Objects.requireNonNull(symbol, "symbol");
    this.proof = Objects.requireNonNull(proof, "proof");
  }

  /**
   * Reads the wire form.
   *
   * @param axis the axis of the sliver it helps to recover
   * @param bcs all of it
   * @return the symbol; nothing is proven
   * @throws MalformedDataException if it is not canonical BCS of a recovery symbol
   */
  public static RecoverySymbol parse(Axis axis, byte[] bcs) throws MalformedDataException {
    BcsReader reader = new BcsReader(bcs);
    RecoverySymbol symbol = read(axis, reader);
    reader.end(WHAT);
    return symbol;
  }

  static RecoverySymbol read(Axis axis, BcsReader reader) throws MalformedDataException {
    DecodingSymbol symbol = DecodingSymbol.read(reader);
    return new RecoverySymbol(axis, symbol, MerkleProof.read(reader));
  }

  /**
   * The wire form.
   *
   * @return canonical BCS
   */
  public byte[] toBcs() {
    byte[] out = new byte[bcsLength()];
    write(new BcsWriter(out));
    return out;
  }

  int bcsLength() {
    return symbol.bcsLength() + proof.bcsLength();
  }

  void write(BcsWriter writer) {
    symbol.write(writer);
    proof.write(writer);
  }

  /**
   * Which kind of sliver it helps to recover.
   *
   * @return the axis of the target
   */
  public Axis axis() {
    return axis;
  }

  /**
   * The sliver it was cut from.
   *
   * @return a sliver of the other axis
   */
  public SliverId source() {
    return new SliverId(axis.opposite(), symbol.sourceIndex());
  }

  /**
   * The index of the sliver it was cut from.
   *
   * @return index of {@link #source}
   */
  public int sourceIndex() {
    return symbol.sourceIndex();
  }

  /**
   * The symbol without its proof.
   *
   * @return symbol and source index
   */
  public DecodingSymbol symbol() {
    return symbol;
  }

  /**
   * The symbol's bytes.
   *
   * @return a copy
   */
  public byte[] data() {
    return symbol.data();
  }

  /**
   * The proof.
   *
   * @return the path from the symbol to the source's hash
   */
  public MerkleProof proof() {
    return proof;
  }

  /**
   * The same symbol with its target.
   *
   * @param targetIndex index of the sliver it helps to recover
   * @return a symbol that describes itself
   */
  public GeneralRecoverySymbol general(int targetIndex) {
    return new GeneralRecoverySymbol(this, targetIndex);
  }

  /**
   * Proves that this is the symbol in which source and target cross.
   *
   * @param metadata what to prove against
   * @param target the sliver to recover
   * @throws VerificationException with {@link Reason#WRONG_AXIS} if it helps slivers of the other
   *     axis, {@link Reason#INDEX_OUT_OF_RANGE} if source or target are not below the number of
   *     shards, {@link Reason#WRONG_SYMBOL_SIZE}, {@link Reason#PATH_LENGTH}, or {@link
   *     Reason#ROOT_MISMATCH} if the path leads elsewhere
   */
  public void verify(VerifiedMetadata metadata, SliverId target) throws VerificationException {
    checkShape(metadata, target);
    int shards = metadata.parameters().shards();
    proof.verify(metadata.sliverHash(source()), symbol.bytes(), target.index(), shards);
  }

  /** All that {@link #verify} checks but the hashes. */
  void checkShape(VerifiedMetadata metadata, SliverId target) throws VerificationException {
    EncodingParameters parameters = metadata.parameters();
    if (target.axis() != axis) {
      throw new VerificationException(
          Reason.WRONG_AXIS,
          WHAT + ": got one for " + axis + " slivers, expected " + target.axis());
    }
    checkIndex("target", target, parameters);
    checkIndex("source", source(), parameters);
    if (symbol.size() != metadata.symbolSize()) {
      throw new VerificationException(
          Reason.WRONG_SYMBOL_SIZE,
          WHAT + ": got " + symbol.size() + " bytes, expected " + metadata.symbolSize());
    }
    int height = MerkleTree.height(parameters.shards());
    if (proof.length() != height) {
      throw new VerificationException(
          Reason.PATH_LENGTH,
          WHAT + ": got a path of " + proof.length() + " nodes, expected " + height);
    }
  }

  private static void checkIndex(String what, SliverId sliver, EncodingParameters parameters)
      throws VerificationException {
    if (sliver.index() >= parameters.shards()) {
      throw new VerificationException(
          Reason.INDEX_OUT_OF_RANGE,
          "%s: got %s %s, expected an index below %s"
              .formatted(WHAT, what, sliver, parameters.shards()));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RecoverySymbol that
        && axis == that.axis
        && symbol.equals(that.symbol)
        && proof.equals(that.proof);
  }

  @Override
  public int hashCode() {
    return Objects.hash(axis, symbol, proof);
  }

  @Override
  public String toString() {
    return WHAT + " for a " + axis + " sliver from " + source();
  }
}
