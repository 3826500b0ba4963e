package io.redstuff.proof;

import io.redstuff.Axis;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * The Merkle roots of the two slivers of a pair: what the metadata says about them. Each is the
 * root over the {@code n} symbols of the <em>expanded</em> row or column.
 *
 * <p>A hash may be absent, an empty node on the wire and an array without bytes here: no sliver
 * matches it. Immutable: arrays are copied on the way in and out, and compared by content.
 *
 * @since 0.1.0
 */
public final class SliverPairHashes {

  private static final String[] NAMES = {"primary hash", "secondary hash"};

  private final Nodes nodes;

  /**
   * Makes a pair of hashes.
   *
   * @param primary the 32 bytes for the primary sliver, or none; copied
   * @param secondary the 32 bytes for the secondary sliver, or none; copied
   * @throws IllegalArgumentException if one of them has neither 32 bytes nor none
   */
  public SliverPairHashes(byte[] primary, byte[] secondary) {
    byte[][] hashes = {primary, secondary};
    byte[] digests = new byte[hashes.length * Nodes.DIGEST_BYTES];
    BitSet empty = new BitSet(hashes.length);
    for (int i = 0; i < hashes.length; i++) {
      int length = hashes[i].length;
      if (length != Nodes.DIGEST_BYTES && length != 0) {
        throw new IllegalArgumentException(
            "%s: got %s bytes, expected %s or none"
                .formatted(NAMES[i], length, Nodes.DIGEST_BYTES));
      }
      System.arraycopy(hashes[i], 0, digests, i * Nodes.DIGEST_BYTES, length);
      empty.set(i, length == 0);
    }
    this.nodes = new Nodes(digests, empty);
  }

  private SliverPairHashes(Nodes nodes) {
    this.nodes = nodes;
  }

  /** Returns the hashes of a pair among those of all pairs. */
  static SliverPairHashes of(Nodes all, int pair) {
    return new SliverPairHashes(all.get(2 * pair), all.get(2 * pair + 1));
  }

  /**
   * Reads the wire form.
   *
   * @param bcs node of the primary sliver, node of the secondary sliver
   * @return the hashes
   * @throws MalformedDataException if it is not canonical BCS of two nodes
   */
  public static SliverPairHashes parse(byte[] bcs) throws MalformedDataException {
    return BcsReader.parse(
        MemorySegment.ofArray(bcs), "sliver pair metadata", reader -> read(reader));
  }

  static SliverPairHashes read(BcsReader reader) throws MalformedDataException {
    return new SliverPairHashes(Nodes.read(reader, NAMES.length, NAMES));
  }

  /** {@return the wire form: canonical BCS, 66 bytes when both hashes are there} */
  public byte[] toBcs() {
    return BcsWriter.toBytes(this::write);
  }

  void write(BcsWriter writer) {
    nodes.write(writer);
  }

  /** Returns both hashes as they are hashed, 64 bytes, not to be written to. */
  byte[] digests() {
    return nodes.digests();
  }

  /** Returns whether a digest is the hash of the sliver of an axis. */
  boolean matches(Axis axis, MemorySegment digest, long offset) {
    return nodes.matches(axis.variant(), digest, offset);
  }

  /**
   * Returns the hash of one of the two.
   *
   * @param axis which of the two
   * @return a fresh copy of its 32 bytes, or none
   */
  public byte[] get(Axis axis) {
    return nodes.get(axis.variant());
  }

  /** {@return a fresh copy of the 32 bytes of the primary sliver's hash, or none} */
  public byte[] primary() {
    return nodes.get(0);
  }

  /** {@return a fresh copy of the 32 bytes of the secondary sliver's hash, or none} */
  public byte[] secondary() {
    return nodes.get(1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SliverPairHashes that && nodes.equals(that.nodes);
  }

  @Override
  public int hashCode() {
    return nodes.hashCode();
  }

  /** {@return both hashes in hexadecimal} */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return "primary " + hex.formatHex(primary()) + ", secondary " + hex.formatHex(secondary());
  }
}
