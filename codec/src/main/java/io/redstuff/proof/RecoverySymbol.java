package io.redstuff.proof;

import io.redstuff.Axis;
import io.redstuff.SliverId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.error.VerificationException;
import io.redstuff.error.VerificationException.Reason;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
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
 *
 * @since 0.1.0
 */
public final class RecoverySymbol {
  private static final String WHAT = "recovery symbol";

  private final Axis axis;
  private final DecodingSymbol symbol;
  private final MerkleProof proof;

  /**
   * Makes a symbol; nothing is proven.
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
    return BcsReader.parse(MemorySegment.ofArray(bcs), WHAT, reader -> read(axis, reader));
  }

  static RecoverySymbol read(Axis axis, BcsReader reader) throws MalformedDataException {
    DecodingSymbol symbol = DecodingSymbol.read(reader);
    return new RecoverySymbol(axis, symbol, MerkleProof.read(reader));
  }

  /** {@return the wire form, canonical BCS} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  void write(BcsWriter writer) {
    symbol.write(writer);
    proof.write(writer);
  }

  /** {@return the axis of the sliver it helps to recover} */
  public Axis axis() {
    return axis;
  }

  /** {@return the sliver it was cut from, of the other axis} */
  public SliverId source() {
    return new SliverId(axis.opposite(), symbol.sourceIndex());
  }

  /** {@return the index of {@link #source}} */
  public int sourceIndex() {
    return symbol.sourceIndex();
  }

  /** {@return the symbol with the index of its source only} */
  public DecodingSymbol withoutProof() {
    return symbol;
  }

  /** {@return a copy of the symbol's bytes} */
  public byte[] data() {
    return symbol.data();
  }

  /** {@return the path from the symbol to the source's hash} */
  public MerkleProof proof() {
    return proof;
  }

  /**
   * Returns the same symbol with its target.
   *
   * @param targetIndex index of the sliver it helps to recover
   * @return a symbol that describes itself
   */
  public GeneralRecoverySymbol withTarget(int targetIndex) {
    return new GeneralRecoverySymbol(this, targetIndex);
  }

  /**
   * Proves that this is the symbol in which source and target cross.
   *
   * @param hashes what to prove against
   * @param target the sliver to recover
   * @throws VerificationException with {@link Reason#WRONG_AXIS} if it helps slivers of the other
   *     axis, {@link Reason#INDEX_OUT_OF_RANGE} if source or target are not below the number of
   *     shards, {@link Reason#WRONG_SYMBOL_SIZE}, {@link Reason#PATH_LENGTH}, or {@link
   *     Reason#ROOT_MISMATCH} if the path leads elsewhere or there is no hash of the source to
   *     compare it with
   */
  public void verify(SliverHashes hashes, SliverId target) throws VerificationException {
    checkShape(hashes, target);
    int shards = hashes.parameters().shards();
    byte[] root = proof.computeRoot(symbol.bytes(), target.index(), shards);
    if (!hashes.matches(source(), MemorySegment.ofArray(root), 0)) {
      throw elsewhere(hashes, target, root);
    }
  }

  /** Returns what to throw when the path leads to another root than that of the source. */
  VerificationException elsewhere(SliverHashes hashes, SliverId target, byte[] root) {
    HexFormat hex = HexFormat.of();
    byte[] expected = hashes.sliverHash(source());
    return new VerificationException(
        Reason.ROOT_MISMATCH,
        "%s for %s: its path leads to %s, expected the hash of %s, %s"
            .formatted(
                WHAT,
                target,
                hex.formatHex(root),
                source(),
                expected.length == 0 ? "of which there is none" : hex.formatHex(expected)));
  }

  /** Checks all that {@link #verify} checks but the hashes. */
  void checkShape(SliverHashes hashes, SliverId target) throws VerificationException {
    if (target.axis() != axis) {
      throw refused(Reason.WRONG_AXIS, "one for " + axis + " slivers", target.axis());
    }
    int shards = hashes.parameters().shards();
    checkIndex("target ", target, shards);
    checkIndex("source ", source(), shards);
    if (symbol.size() != hashes.symbolSize()) {
      throw refused(Reason.WRONG_SYMBOL_SIZE, symbol.size() + " bytes", hashes.symbolSize());
    }
    int height = MerkleTree.height(shards);
    if (proof.length() != height) {
      // Said since what the network takes for proven must not be refused without an explanation.
      String hint = proof.length() < height ? " (the network's own check takes shorter ones)" : "";
      throw refused(Reason.PATH_LENGTH, "a path of " + proof.length() + " nodes", height + hint);
    }
  }

  private static void checkIndex(String what, SliverId sliver, int shards)
      throws VerificationException {
    if (sliver.index() >= shards) {
      throw refused(Reason.INDEX_OUT_OF_RANGE, what + sliver, "an index below " + shards);
    }
  }

  private static VerificationException refused(Reason reason, String got, Object expected) {
    return new VerificationException(reason, WHAT + ": got " + got + ", expected " + expected);
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
