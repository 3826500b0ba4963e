package io.redstuff.seal.container;

/**
 * Where segments lie: after the header, one after the other, each of them full but the last. The
 * last is empty only if it is the first.
 */
record Segments(int headerBytes, int segmentBits, long contentLength) {
  int segmentBytes() {
    return 1 << segmentBits;
  }

  /** Returns how many there are, 1 or more. */
  long count() {
    return Math.max(1, ((contentLength - 1) >> segmentBits) + 1);
  }

  boolean isLast(long segment) {
    return segment == count() - 1;
  }

  /** Returns how much of the content a segment has. */
  int contentBytes(long segment) {
    return (int) Math.min(segmentBytes(), contentLength - contentFrom(segment));
  }

  /** Returns where a segment begins in the content. */
  long contentFrom(long segment) {
    return segment << segmentBits;
  }

  /** Returns how long a segment is when it is encrypted. */
  int encryptedBytes(long segment) {
    return contentBytes(segment) + SegmentCipher.TAG_BYTES;
  }

  /** Returns where a segment begins in the container. */
  long encryptedFrom(long segment) {
    return headerBytes + segment * (segmentBytes() + SegmentCipher.TAG_BYTES);
  }

  /** Returns the segment that a byte of the container lies in, which is not one of the header. */
  long segmentOf(long containerOffset) {
    return (containerOffset - headerBytes) / (segmentBytes() + SegmentCipher.TAG_BYTES);
  }

  /** Returns the length of header and segments; the most there is, if that is too little. */
  long containerLength() {
    long tags = count() * SegmentCipher.TAG_BYTES + headerBytes;
    return contentLength > Long.MAX_VALUE - tags ? Long.MAX_VALUE : contentLength + tags;
  }
}
