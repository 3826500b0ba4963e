package io.redstuff.codec;

import io.redstuff.Axis;
import io.redstuff.Sliver;
import io.redstuff.SliverId;
import io.redstuff.error.RedStuffException;
import io.redstuff.error.VerificationException;
import io.redstuff.internal.matrix.MatrixEncoder;
import io.redstuff.proof.BlobMetadata;
import io.redstuff.proof.GeneralRecoverySymbol;
import io.redstuff.proof.MerkleTree;
import io.redstuff.proof.RecoverySymbol;
import io.redstuff.proof.VerifiedMetadata;
import io.redstuff.simd.Engines;
import io.redstuff.simd.LeafHasher;
import io.redstuff.simd.SymbolRows;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A blob as a committee of storage nodes holds it: metadata and all slivers, on the heap. Made by
 * an honest writer, or by one who alters slivers before committing to them.
 */
public final class StoredBlob {
  public final RedStuff codec;
  public final byte[] blob;
  public final List<Sliver> primary = new ArrayList<>();
  public final List<Sliver> secondary = new ArrayList<>();
  public VerifiedMetadata metadata;

  private StoredBlob(RedStuff codec, byte[] blob) {
    this.codec = codec;
    this.blob = blob;
  }

  public static StoredBlob honest(int shards, int length, int seed) {
    StoredBlob stored = new StoredBlob(RedStuff.forShards(shards), TestBlobs.bytes(length, seed));
    try (EncodedBlob encoded = stored.codec.encode(stored.blob)) {
      stored.metadata = encoded.metadata();
      for (int i = 0; i < shards; i++) {
        for (Axis axis : Axis.values()) {
          Sliver sliver = encoded.sliver(new SliverId(axis, i));
          stored
              .slivers(axis)
              .add(Sliver.copyOf(sliver.id(), sliver.symbolSize(), sliver.toBytes()));
        }
      }
    }
    return stored;
  }

  public int shards() {
    return codec.parameters().shards();
  }

  public List<Sliver> slivers(Axis axis) {
    return axis == Axis.PRIMARY ? primary : secondary;
  }

  public Sliver sliver(SliverId id) {
    return slivers(id.axis()).get(id.index());
  }

  public List<Sliver> all() {
    List<Sliver> all = new ArrayList<>(primary);
    all.addAll(secondary);
    return all;
  }

  /** Every symbol on a target, proven against the slivers that cross it. */
  public List<RecoverySymbol> symbolsFor(SliverId target) throws VerificationException {
    List<RecoverySymbol> symbols = new ArrayList<>();
    try (Arena arena = Arena.ofConfined()) {
      for (Sliver source : slivers(target.axis().opposite())) {
        symbols.add(codec.expand(metadata, source, arena).recoverySymbol(target.index()));
      }
    }
    return symbols;
  }

  public GeneralRecoverySymbol symbol(SliverId source, int target) throws VerificationException {
    try (Arena arena = Arena.ofConfined()) {
      return codec
          .expand(metadata, sliver(source), arena)
          .recoverySymbol(target)
          .withTarget(target);
    }
  }

  /** What a cheating writer does: changes a byte of a sliver, then commits to what is there. */
  public void alterAndCommit(SliverId id, int at) {
    byte[] bytes = sliver(id).toBytes();
    bytes[at] ^= 0x40;
    slivers(id.axis()).set(id.index(), Sliver.copyOf(id, sliver(id).symbolSize(), bytes));
    commit();
  }

  /** What another one does: keeps the slivers but commits to another hash for one of them. */
  public void commitWrongly(SliverId id) {
    byte[] hashes = hashes();
    hashes[hashAt(id)] ^= 1;
    metadata = VerifiedMetadata.ofHashes(codec.parameters(), blob.length, hashes);
  }

  /**
   * What the boldest does: commits to any hash for a sliver, or to none, which is an empty node.
   * For less than 128 shards.
   */
  public void commitTo(SliverId id, byte[] hash) throws RedStuffException {
    byte[] hashes = hashes();
    System.arraycopy(Arrays.copyOf(hash, 32), 0, hashes, hashAt(id), 32);
    metadata = VerifiedMetadata.ofHashes(codec.parameters(), blob.length, hashes);
    if (hash.length == 0) {
      byte[] bcs = metadata.toBcs();
      int at = 32 + 2 + Long.BYTES + 1 + hashAt(id) / 32 * 33;
      byte[] shorter = Arrays.copyOf(bcs, bcs.length - 32);
      System.arraycopy(bcs, at + 33, shorter, at + 1, bcs.length - at - 33);
      shorter[at] = 0;
      metadata = codec.verify(BlobMetadata.parse(shorter), metadata.blobId());
    }
  }

  /** What a third one does: gives two columns each other's place. */
  public void swapSecondaryAndCommit(int a, int b) {
    Sliver first = secondary.get(a);
    Sliver second = secondary.get(b);
    int size = first.symbolSize();
    secondary.set(a, Sliver.copyOf(SliverId.secondary(a), size, second.toBytes()));
    secondary.set(b, Sliver.copyOf(SliverId.secondary(b), size, first.toBytes()));
    commit();
  }

  private void commit() {
    metadata = VerifiedMetadata.ofHashes(codec.parameters(), blob.length, hashes());
  }

  private int hashAt(SliverId id) {
    int pair = id.pair(codec.parameters()).value();
    return 64 * pair + (id.axis() == Axis.PRIMARY ? 0 : 32);
  }

  private byte[] hashes() {
    byte[] hashes = new byte[64 * shards()];
    for (Sliver sliver : all()) {
      System.arraycopy(root(sliver), 0, hashes, hashAt(sliver.id()), 32);
    }
    return hashes;
  }

  /** The hash of a sliver by way of the one-dimensional code and a whole tree. */
  private byte[] root(Sliver sliver) {
    int size = sliver.symbolSize();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment symbols = arena.allocate((long) shards() * size);
      MemorySegment.copy(
          sliver.toBytes(), 0, symbols, ValueLayout.JAVA_BYTE, 0, sliver.toBytes().length);
      SymbolRows rows = SymbolRows.contiguous(symbols, 0, size);
      MatrixEncoder.sliverCode(codec.parameters(), sliver.id().axis())
          .newEncoder(Engines.selected(), arena)
          .encode(rows, rows, size, 1);
      LeafHasher hasher = new LeafHasher(Engines.selected(), arena);
      return MerkleTree.ofLeaves(hasher, symbols, 0, size, size, shards()).root();
    }
  }
}
