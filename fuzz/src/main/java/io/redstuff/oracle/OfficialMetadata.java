package io.redstuff.oracle;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes the BCS of what the official encoder gives as an object, after the format's description
 * and without any of Redstuff's own writers.
 */
final class OfficialMetadata {
  private static final int ID_BYTES = 32;
  private static final int LONGEST_COUNT = 3;
  private static final int PAIR_BYTES = 2 * (1 + 32);

  private final ByteBuffer bcs;

  OfficialMetadata(byte[] blobId, long blobLength, int pairs) {
    bcs =
        ByteBuffer.allocate(ID_BYTES + 2 + Long.BYTES + LONGEST_COUNT + pairs * PAIR_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    bcs.put(blobId).put((byte) 0).put((byte) 1).putLong(blobLength);
    int rest = pairs;
    for (; rest > 0x7f; rest >>>= 7) {
      bcs.put((byte) ((rest & 0x7f) | 0x80));
    }
    bcs.put((byte) rest);
  }

  void addPair(byte[] primary, byte[] secondary) {
    bcs.put((byte) 1).put(primary).put((byte) 1).put(secondary);
  }

  byte[] toBytes() {
    byte[] bytes = new byte[bcs.position()];
    bcs.get(0, bytes);
    return bytes;
  }
}
