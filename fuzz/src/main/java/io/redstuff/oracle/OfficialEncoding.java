package io.redstuff.oracle;

/**
 * What the official encoder makes of a blob, or what Redstuff makes of it in the same layout.
 * Arrays are not copied.
 */
public final class OfficialEncoding {
  private final byte[] metadata;
  private final byte[] rootHash;
  private final byte[] primaries;
  private final byte[] secondaries;

  OfficialEncoding(byte[] metadata, byte[] rootHash, byte[] primaries, byte[] secondaries) {
    this.metadata = metadata;
    this.rootHash = rootHash;
    this.primaries = primaries;
    this.secondaries = secondaries;
  }

  /** Returns BCS of the metadata, the id first. */
  public byte[] metadata() {
    return metadata;
  }

  /** Returns the root over the hashes of all pairs. */
  public byte[] rootHash() {
    return rootHash;
  }

  /** Returns BCS data of the primary slivers by pair, one after another, all of one length. */
  public byte[] primaries() {
    return primaries;
  }

  /** Returns BCS data of the secondary slivers by pair, one after another, all of one length. */
  public byte[] secondaries() {
    return secondaries;
  }
}
