package io.redstuff.proof;

import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.BcsReader;
import io.redstuff.internal.bcs.BcsWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The Merkle roots of the two slivers of a pair: what the metadata says about them. Each is the
 * root over the {@code n} symbols of the <em>expanded</em> row or column.
 *
 * <p>On the wire a hash may be absent (an empty node), which no verified metadata has; it is an
 * empty array here. Immutable: arrays are copied on the way in and out, and compared by content.
 */
public final class SliverPairHashes {

  private final byte[] primary;
  private final byte[] secondary;

  /**
   * Makes a pair of hashes.
   *
   * @param primary the 32 bytes for the primary sliver, or none; copied
   * @param secondary the 32 bytes for the secondary sliver, or none; copied
   * @throws IllegalArgumentException if one of them has neither 32 bytes nor none
   */
  public SliverPairHashes(byte[] primary, byte[] secondary) {
    this.primary = copy("primary hash", primary);
    this.secondary = copy("secondary hash", secondary);
  }

  private static byte[] copy(String what, byte[] hash) {
    int length = Objects.requireNonNull(hash, what).length;
    if (length != Node.DIGEST_BYTES && length != Node.EMPTY.length) {
      throw new IllegalArgumentException(
          what + ": got " + length + " bytes, expected " + Node.DIGEST_BYTES + " or none");
    }
    return hash.clone();
  }

  /**
   * Reads the wire form.
   *
   * @param bcs node of the primary sliver, node of the secondary sliver
   * @return the hashes
   * @throws MalformedDataException if it is not canonical BCS of two nodes
   */
  public static SliverPairHashes parse(byte[] bcs) throws MalformedDataException {
    BcsReader reader = new BcsReader(bcs);
    byte[] primary = Node.read(reader, "primary hash");
    byte[] secondary = Node.read(reader, "secondary hash");
    reader.end("sliver pair metadata");
    return new SliverPairHashes(primary, secondary);
  }

  /**
   * The wire form.
   *
   * @return canonical BCS, 66 bytes when both hashes are there
   */
  public byte[] toBcs() {
    byte[] out = new byte[Node.bcsLength(primary) + Node.bcsLength(secondary)];
    BcsWriter writer = new BcsWriter(out);
    Node.write(writer, primary);
    Node.write(writer, secondary);
    return out;
  }

  /**
   * Returns the hash of the primary sliver.
   *
   * @return a fresh copy of its 32 bytes, or none
   */
  public byte[] primary() {
    return primary.clone();
  }

  /**
   * Returns the hash of the secondary sliver.
   *
   * @return a fresh copy of its 32 bytes, or none
   */
  public byte[] secondary() {
    return secondary.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SliverPairHashes that
        && Arrays.equals(primary, that.primary)
        && Arrays.equals(secondary, that.secondary);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(primary) + Arrays.hashCode(secondary);
  }

  /**
   * Returns both hashes in hexadecimal.
   *
   * @return the text
   */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return "primary " + hex.formatHex(primary) + ", secondary " + hex.formatHex(secondary);
  }
}
