package io.redstuff.simd;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * BLAKE2b with a digest of 256 bits and no key (RFC 7693), for one message that comes in pieces.
 *
 * <p>Written to be read next to the RFC; {@link LeafHasher} is the fast way to hash many messages
 * of one length. Not thread-safe.
 */
public final class Blake2b {
  /** Length of a digest, in bytes. */
  public static final int DIGEST_BYTES = 32;

  static final int BLOCK_BYTES = 128;
  static final int ROUNDS = 12;

  static final long IV0 = 0x6a09e667f3bcc908L;
  static final long IV1 = 0xbb67ae8584caa73bL;
  static final long IV2 = 0x3c6ef372fe94f82bL;
  static final long IV3 = 0xa54ff53a5f1d36f1L;
  static final long IV4 = 0x510e527fade682d1L;
  static final long IV5 = 0x9b05688c2b3e6c1fL;
  static final long IV6 = 0x1f83d9abfb41bd6bL;
  static final long IV7 = 0x5be0cd19137e2179L;

  /** First state word: the parameter block (fan-out 1, depth 1, no key, 32 bytes) is folded in. */
  static final long H0 = IV0 ^ 0x01010000L ^ DIGEST_BYTES;

  private static final long[] IV = {IV0, IV1, IV2, IV3, IV4, IV5, IV6, IV7};

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Row r % 10 says in which order round r takes the 16 message words. */
  private static final byte[][] SIGMA = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4},
    {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13},
    {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11},
    {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5},
    {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
  };

  private final long[] h = new long[8];
  private final long[] v = new long[16];
  private final long[] m = new long[16];
  private final byte[] block = new byte[BLOCK_BYTES];

  /**
   * Bytes waiting in {@link #block}: the last block stays there until it is known to be the last.
   */
  private int buffered;

  /** Bytes of the message that were compressed. */
  private long compressed;

  /** Starts an empty message. */
  public Blake2b() {
    reset();
  }

  /**
   * A word of the initialization vector.
   *
   * @param i 0 to 7
   * @return the word
   */
  static long iv(int i) {
    return IV[i];
  }

  /**
   * Which message word a round takes.
   *
   * @param round 0 to 11
   * @param step place in the round, 0 to 15
   * @return index of the word in the block
   */
  static int sigma(int round, int step) {
    return SIGMA[round % SIGMA.length][step];
  }

  /**
   * Forgets what was given and starts an empty message.
   *
   * @return this
   */
  public Blake2b reset() {
    System.arraycopy(IV, 0, h, 0, 8);
    h[0] = H0;
    buffered = 0;
    compressed = 0;
    return this;
  }

  /**
   * Appends one byte to the message.
   *
   * @param b the byte
   * @return this
   */
  public Blake2b update(byte b) {
    makeRoom();
    block[buffered++] = b;
    return this;
  }

  /**
   * Appends bytes to the message.
   *
   * @param b the bytes
   * @return this
   */
  public Blake2b update(byte[] b) {
    return update(b, 0, b.length);
  }

  /**
   * Appends bytes to the message.
   *
   * @param b holds the bytes
   * @param off index of the first
   * @param len how many
   * @return this
   * @throws IndexOutOfBoundsException if they do not lie within {@code b}
   */
  public Blake2b update(byte[] b, int off, int len) {
    Objects.checkFromIndexSize(off, len, b.length);
    int done = 0;
    while (done < len) {
      makeRoom();
      int part = Math.min(BLOCK_BYTES - buffered, len - done);
      System.arraycopy(b, off + done, block, buffered, part);
      buffered += part;
      done += part;
    }
    return this;
  }

  /**
   * Appends bytes to the message.
   *
   * @param s holds the bytes; native or heap
   * @param off offset of the first
   * @param len how many
   * @return this
   * @throws IndexOutOfBoundsException if they do not lie within {@code s}
   */
  public Blake2b update(MemorySegment s, long off, long len) {
    Objects.checkFromIndexSize(off, len, s.byteSize());
    long done = 0;
    while (done < len) {
      makeRoom();
      int part = (int) Math.min(BLOCK_BYTES - buffered, len - done);
      MemorySegment.copy(s, ValueLayout.JAVA_BYTE, off + done, block, buffered, part);
      buffered += part;
      done += part;
    }
    return this;
  }

  /**
   * Ends the message and starts an empty one.
   *
   * @return its digest, 32 bytes
   */
  public byte[] digest() {
    Arrays.fill(block, buffered, BLOCK_BYTES, (byte) 0);
    compress(true);
    byte[] digest = new byte[DIGEST_BYTES];
    for (int i = 0; i < DIGEST_BYTES / Long.BYTES; i++) {
      LONGS.set(digest, i * Long.BYTES, h[i]);
    }
    reset();
    return digest;
  }

  /**
   * Hashes one message.
   *
   * @param parts the pieces of the message, in order
   * @return the digest, 32 bytes
   */
  public static byte[] hash(byte[]... parts) {
    Blake2b hash = new Blake2b();
    for (byte[] part : parts) {
      hash.update(part);
    }
    return hash.digest();
  }

  private void makeRoom() {
    if (buffered == BLOCK_BYTES) {
      compress(false);
      buffered = 0;
    }
  }

  private void compress(boolean last) {
    compressed += buffered;
    for (int i = 0; i < 16; i++) {
      m[i] = (long) LONGS.get(block, i * Long.BYTES);
    }
    System.arraycopy(h, 0, v, 0, 8);
    System.arraycopy(IV, 0, v, 8, 8);
    // The counter has 128 bits in the RFC; no message here is longer than 2^63 bytes.
    v[12] ^= compressed;
    if (last) {
      v[14] = ~v[14];
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int column = 0; column < 4; column++) {
        mix(column, 4 + column, 8 + column, 12 + column, round, 2 * column);
      }
      for (int column = 0; column < 4; column++) {
        mix(
            column,
            4 + (column + 1) % 4,
            8 + (column + 2) % 4,
            12 + (column + 3) % 4,
            round,
            8 + 2 * column);
      }
    }
    for (int i = 0; i < 8; i++) {
      h[i] ^= v[i] ^ v[8 + i];
    }
  }

  /** The function G of the RFC on four words of the state, with two words of the message. */
  private void mix(int a, int b, int c, int d, int round, int step) {
    v[a] += v[b] + m[sigma(round, step)];
    v[d] = Long.rotateRight(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 24);
    v[a] += v[b] + m[sigma(round, step + 1)];
    v[d] = Long.rotateRight(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = Long.rotateRight(v[b] ^ v[c], 63);
  }
}
