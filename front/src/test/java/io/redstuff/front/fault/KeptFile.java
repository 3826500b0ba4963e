package io.redstuff.front.fault;

import java.util.Random;

/**
 * A file that is kept on the network, and that the daemon has said is certified. Its bytes follow
 * from its seed.
 *
 * @param path where it is read, behind {@code /v1/blobs/}
 * @param seed of its bytes
 * @param length how long it is
 */
record KeptFile(String path, long seed, int length) {
  static byte[] bytes(long seed, int length) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  byte[] bytes() {
    return bytes(seed, length);
  }
}
