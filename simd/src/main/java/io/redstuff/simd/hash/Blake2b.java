package io.redstuff.simd.hash;

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
 * <p>Written to be read next to the RFC; {@code LeafHasher} is the fast way to hash many messages
 * of one length. Not thread-safe.
 */
public final class Blake2b {
  /** Length of a digest, in bytes. */
  public static final int DIGEST_BYTES = 32;

  static final int DIGEST_WORDS = DIGEST_BYTES / Long.BYTES;
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

  /** The state between blocks, whose first half is the digest in the end. */
  final long[] h = new long[8];

  /** The words of the block that {@link #compress} takes. */
  final long[] m = new long[16];

  private final long[] v = new long[16];
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
    begin();
    buffered = 0;
    compressed = 0;
    return this;
  }

  /** The state before the first block. */
  void begin() {
    System.arraycopy(IV, 0, h, 0, 8);
    h[0] = H0;
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
    finish();
    byte[] digest = new byte[DIGEST_BYTES];
    for (int i = 0; i < DIGEST_WORDS; i++) {
      LONGS.set(digest, i * Long.BYTES, h[i]);
    }
    reset();
    return digest;
  }

  /** Ends the message and leaves its digest in {@link #h}. */
  void finish() {
    Arrays.fill(block, buffered, BLOCK_BYTES, (byte) 0);
    compressBlock(true);
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
      compressBlock(false);
      buffered = 0;
    }
  }

  private void compressBlock(boolean last) {
    compressed += buffered;
    for (int i = 0; i < 16; i++) {
      m[i] = (long) LONGS.get(block, i * Long.BYTES);
    }
    compress(compressed, last);
  }

  /**
   * Compresses the block {@link #m} into the state {@link #h}.
   *
   * @param counter bytes of the message up to the end of this block; the RFC has 128 bits for it,
   *     but no message here is longer than 2^63 bytes
   * @param last whether this is the last block
   */
  void compress(long counter, boolean last) {
    System.arraycopy(h, 0, v, 0, 8);
    System.arraycopy(IV, 0, v, 8, 8);
    v[12] ^= counter;
    if (last) {
      v[14] = ~v[14];
    }
    firstRounds(v, m);
    lastRounds(v, m);
    for (int i = 0; i < 8; i++) {
      h[i] ^= v[i] ^ v[8 + i];
    }
  }

  /**
   * Half of the rounds: all of them would be more bytecodes than C2 inlines. They work on an array
   * that does not leave the method, which C2 takes apart into registers; copying eight words at a
   * time does not hinder it.
   */
  private static void firstRounds(long[] state, long[] m) {
    long[] v = new long[16];
    copy(state, v);
    round(v, m, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    round(v, m, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3);
    round(v, m, 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4);
    round(v, m, 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8);
    round(v, m, 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13);
    round(v, m, 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9);
    copy(v, state);
  }

  private static void lastRounds(long[] state, long[] m) {
    long[] v = new long[16];
    copy(state, v);
    round(v, m, 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11);
    round(v, m, 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10);
    round(v, m, 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5);
    round(v, m, 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0);
    round(v, m, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    round(v, m, 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3);
    copy(v, state);
  }

  private static void copy(long[] from, long[] to) {
    System.arraycopy(from, 0, to, 0, 8);
    System.arraycopy(from, 8, to, 8, 8);
  }

  /** A round: the columns, then the diagonals. s0 to s15 are its row of {@link #SIGMA}. */
  private static void round(
      long[] v,
      long[] m,
      int s0,
      int s1,
      int s2,
      int s3,
      int s4,
      int s5,
      int s6,
      int s7,
      int s8,
      int s9,
      int s10,
      int s11,
      int s12,
      int s13,
      int s14,
      int s15) {
    mix(v, 0, 4, 8, 12, m[s0], m[s1]);
    mix(v, 1, 5, 9, 13, m[s2], m[s3]);
    mix(v, 2, 6, 10, 14, m[s4], m[s5]);
    mix(v, 3, 7, 11, 15, m[s6], m[s7]);
    mix(v, 0, 5, 10, 15, m[s8], m[s9]);
    mix(v, 1, 6, 11, 12, m[s10], m[s11]);
    mix(v, 2, 7, 8, 13, m[s12], m[s13]);
    mix(v, 3, 4, 9, 14, m[s14], m[s15]);
  }

  /** The function G of the RFC on four words of the state, with two words of the message. */
  private static void mix(long[] v, int a, int b, int c, int d, long x, long y) {
    long va = v[a] + v[b] + x;
    long vd = Long.rotateRight(v[d] ^ va, 32);
    long vc = v[c] + vd;
    long vb = Long.rotateRight(v[b] ^ vc, 24);
    va += vb + y;
    vd = Long.rotateRight(vd ^ va, 16);
    vc += vd;
    v[a] = va;
    v[b] = Long.rotateRight(vb ^ vc, 63);
    v[c] = vc;
    v[d] = vd;
  }
}
