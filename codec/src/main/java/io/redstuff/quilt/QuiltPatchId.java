package io.redstuff.quilt;

import io.redstuff.BlobId;
import io.redstuff.SliverId;
import io.redstuff.error.MalformedDataException;
import io.redstuff.internal.bcs.Base64Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The name of one file of a quilt in all the world: the quilt and the columns that the file takes.
 *
 * <p>As bytes it is the blob id, a version, which is 1, and both indices in 16 bits, little-endian;
 * as text URL-safe base64 of them without padding, 50 characters. A blob id has 43.
 *
 * @param quilt the blob id of the quilt
 * @param startIndex the first column of the file, from 1 on; column 0 is the index's
 * @param endIndex the first column that is not the file's any more
 * @since 0.1.0
 */
public record QuiltPatchId(BlobId quilt, int startIndex, int endIndex) {
  /** The length in bytes. */
  public static final int BYTES = BlobId.BYTES + 5;

  private static final int VERSION = 1;
  private static final int MAX_INDEX = 0xffff;

  /**
   * Checks the columns.
   *
   * @param quilt the blob id of the quilt
   * @param startIndex the first column of the file
   * @param endIndex the first column that is not the file's any more
   * @throws IllegalArgumentException if there is no such column, or none at all
   */
  public QuiltPatchId {
    if (!isRange(startIndex, endIndex) || endIndex > MAX_INDEX) {
      throw new IllegalArgumentException(rangeMessage(startIndex, endIndex));
    }
  }

  private static boolean isRange(int startIndex, int endIndex) {
    return startIndex > 0 && startIndex < endIndex;
  }

  private static String rangeMessage(int startIndex, int endIndex) {
    return "patch id: got columns %s to %s (exclusive), expected at least one, from 1 to %s"
        .formatted(startIndex, endIndex, MAX_INDEX);
  }

  /**
   * Reads the text form. Only the form that {@link #toString()} writes is accepted.
   *
   * @param text 50 characters of URL-safe base64 without padding
   * @return the id
   * @throws MalformedDataException if it is anything else, or what {@link #parse(byte[])} refuses
   */
  public static QuiltPatchId parse(String text) throws MalformedDataException {
    return parse(Base64Text.parse(text, "patch id", BYTES));
  }

  /**
   * Reads the bytes.
   *
   * @param bytes 37 bytes
   * @return the id
   * @throws MalformedDataException if there are more or fewer, the version is not 1, or there is no
   *     column, or one that is the index's
   */
  public static QuiltPatchId parse(byte[] bytes) throws MalformedDataException {
    if (bytes.length != BYTES) {
      throw new MalformedDataException(
          Math.min(bytes.length, BYTES),
          "patch id: got " + bytes.length + " bytes, expected " + BYTES);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int version = Byte.toUnsignedInt(in.get(BlobId.BYTES));
    if (version != VERSION) {
      throw new MalformedDataException(
          BlobId.BYTES, "patch id: got version " + version + ", expected " + VERSION);
    }
    int startIndex = Short.toUnsignedInt(in.getShort(BlobId.BYTES + 1));
    int endIndex = Short.toUnsignedInt(in.getShort(BlobId.BYTES + 3));
    if (!isRange(startIndex, endIndex)) {
      throw new MalformedDataException(BlobId.BYTES + 1L, rangeMessage(startIndex, endIndex));
    }
    BlobId quilt = BlobId.of(Arrays.copyOf(bytes, BlobId.BYTES));
    return new QuiltPatchId(quilt, startIndex, endIndex);
  }

  /** {@return the 37 bytes} */
  public byte[] toBytes() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(quilt.toBytes())
        .put((byte) VERSION)
        .putShort((short) startIndex)
        .putShort((short) endIndex)
        .array();
  }

  /**
   * {@return the secondary slivers that the file lies in, and nothing else is needed to read it}
   */
  public List<SliverId> slivers() {
    return IntStream.range(startIndex, endIndex).mapToObj(SliverId::secondary).toList();
  }

  /** {@return the text form: 50 characters of URL-safe base64 without padding} */
  @Override
  public String toString() {
    return Base64Text.of(toBytes());
  }
}
