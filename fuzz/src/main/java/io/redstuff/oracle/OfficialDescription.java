package io.redstuff.oracle;

/** What the official encoder says of a blob without encoding it. Arrays are not copied. */
public final class OfficialDescription {
  /** The only encoding type that Redstuff writes. */
  public static final String ENCODING_TYPE = "RS2";

  private final byte[] blobId;
  private final byte[] rootHash;
  private final long blobLength;

  OfficialDescription(byte[] blobId, byte[] rootHash, long blobLength) {
    this.blobId = blobId;
    this.rootHash = rootHash;
    this.blobLength = blobLength;
  }

  public byte[] blobId() {
    return blobId;
  }

  public byte[] rootHash() {
    return rootHash;
  }

  public long blobLength() {
    return blobLength;
  }
}
