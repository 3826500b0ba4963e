package io.redstuff.codec;

import io.redstuff.EncodingParameters;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.DecodeRules;
import io.redstuff.internal.work.NativeMemory;
import io.redstuff.proof.DecodingSymbol;
import io.redstuff.proof.MerkleProof;
import io.redstuff.proof.MerkleTree;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.SliverHashes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A sliver with all n symbols it expands to and the Merkle tree over them, found equal to what the
 * blob commits to. A storage node keeps one to serve many recovery symbols: each costs a copy and a
 * path.
 *
 * <p>Immutable and thread-safe as far as the arena it was made in allows.
 *
 * @since 0.1.0
 */
public final class ExpandedSliver {
  private final VerifiedSliver verified;
  private final MemorySegment symbols;
  private final MerkleTree tree;

  private ExpandedSliver(VerifiedSliver verified, MemorySegment symbols, MerkleTree tree) {
    this.verified = verified;
    this.symbols = symbols;
    this.tree = tree;
  }

  static ExpandedSliver of(
      EncodingParameters parameters,
      SliverVerifier verifier,
      SliverHashes hashes,
      Sliver sliver,
      Arena arena)
      throws VerificationException {
    SliverVerifier.checkShape(parameters, hashes, sliver);
    int shards = parameters.shards();
    int symbolSize = sliver.symbolSize();
    int originals = parameters.symbolsPerSliver(sliver.id().axis());
    MemorySegment symbols =
        NativeMemory.atLeast(MemorySegment.NULL, (long) shards * symbolSize, arena);
    MemorySegment.copy(sliver.segment(), 0, symbols, 0, (long) originals * symbolSize);
    MerkleTree tree = verifier.crew(sliver.id().axis()).hasher().expand(symbols, symbolSize);
    if (!hashes.matches(sliver.id(), MemorySegment.ofArray(tree.root()), 0)) {
      throw DecodeRules.rootMismatch(hashes, sliver.id());
    }
    return new ExpandedSliver(
        new VerifiedSliver(sliver, hashes.blobId()), symbols.asReadOnly(), tree);
  }

  /** {@return the sliver as it was given} */
  public Sliver sliver() {
    return verified.sliver();
  }

  /** {@return the sliver as a checked one, with the blob it belongs to} */
  public VerifiedSliver verified() {
    return verified;
  }

  /**
   * {@return a read-only view of one of the n symbols}
   *
   * @param index which, 0..n-1
   * @throws IndexOutOfBoundsException if there is no such symbol
   */
  public MemorySegment segment(int index) {
    Objects.checkIndex(index, tree.leaves());
    int size = sliver().symbolSize();
    return symbols.asSlice((long) index * size, size);
  }

  /**
   * {@return a copy of one of the n symbols, without proof}
   *
   * @param index which, 0..n-1
   * @throws IndexOutOfBoundsException if there is no such symbol
   */
  public byte[] symbol(int index) {
    return segment(index).toArray(ValueLayout.JAVA_BYTE);
  }

  /**
   * {@return the symbol that helps to recover the sliver of the other axis with a given index, with
   * proof}
   *
   * @param targetIndex index of the sliver to recover, 0..n-1
   * @throws IndexOutOfBoundsException if there is no such sliver
   */
  public RecoverySymbol recoverySymbol(int targetIndex) {
    SliverId id = sliver().id();
    DecodingSymbol symbol = new DecodingSymbol(id.index(), symbol(targetIndex));
    return new RecoverySymbol(id.axis().opposite(), symbol, tree.proof(targetIndex));
  }

  /**
   * {@return the symbols for all n slivers of the other axis, with proofs, by the index of the
   * sliver that each helps to recover}
   */
  public List<RecoverySymbol> recoverySymbols() {
    return IntStream.range(0, tree.leaves()).mapToObj(this::recoverySymbol).toList();
  }

  /**
   * {@return the path from a symbol to the sliver's hash}
   *
   * @param index which symbol, 0..n-1
   * @throws IndexOutOfBoundsException if there is no such symbol
   */
  public MerkleProof proof(int index) {
    return tree.proof(index);
  }

  /** {@return the sliver's hash, 32 bytes as the metadata has them} */
  public byte[] root() {
    return tree.root();
  }
}
