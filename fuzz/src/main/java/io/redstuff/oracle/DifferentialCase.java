package io.redstuff.oracle;

import java.util.Arrays;

/**
 * One case of a campaign.
 *
 * @param seed the seed of the campaign
 * @param index the number of the case
 * @param shards the number of shards
 * @param blobLength the length of the blob in bytes
 * @param check what is done besides encoding
 */
record DifferentialCase(long seed, long index, int shards, int blobLength, Check check) {
  /** Streams of chance besides the one that chose the case. */
  private static final long CONTENT = 1L << 62;

  private static final long CHOICES = 1L << 61;

  /** Returns the content: mostly noise, at times all zero, all ones, or all zero but one byte. */
  byte[] blob() {
    Chance chance = new Chance(seed, CONTENT + index);
    byte[] blob = new byte[blobLength];
    switch (chance.below(16)) {
      case 0 -> {
        // stays zero
      }
      case 1 -> Arrays.fill(blob, (byte) 0xff);
      case 2 -> {
        if (blobLength > 0) {
          blob[chance.below(blobLength)] = (byte) chance.between(1, 255);
        }
      }
      default -> chance.fill(blob);
    }
    return blob;
  }

  /** Returns the source of what the check has to choose. */
  Chance choices() {
    return new Chance(seed, CHOICES + index);
  }

  @Override
  public String toString() {
    return "case %s of seed %s (n = %s, %s bytes, %s)"
        .formatted(index, seed, shards, blobLength, check);
  }
}
