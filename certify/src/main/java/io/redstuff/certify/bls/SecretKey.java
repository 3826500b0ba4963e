package io.redstuff.certify.bls;

import io.redstuff.error.MalformedDataException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A secret key: a number from 1 to r - 1, where r is the order of the subgroups.
 *
 * <p>It is never shown: not by {@link #toString}, not in messages. {@link #close} overwrites the
 * bytes that this object holds. Copies that a library makes while it signs cannot be reached from
 * here; they last until the garbage collector has used their memory again.
 *
 * <p>Thread-safe, but for being closed while it is used.
 *
 * @since 0.1.0
 */
public final class SecretKey implements AutoCloseable {
  /** The length in bytes. */
  public static final int BYTES = 32;

  private static final byte[] ORDER =
      HexFormat.of().parseHex("73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001");

  private final byte[] bytes;
  private volatile boolean closed;

  private SecretKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Reads a secret key.
   *
   * @param bigEndian 32 bytes, copied; the caller wipes its own
   * @return the key
   * @throws MalformedDataException if there are not 32 bytes, or the number is zero or not below
   *     the order
   */
  public static SecretKey parse(byte[] bigEndian) throws MalformedDataException {
    if (bigEndian.length != BYTES) {
      throw new MalformedDataException(
          Math.min(bigEndian.length, BYTES),
          "secret key: got " + bigEndian.length + " bytes, expected " + BYTES);
    }
    if (!isInRange(bigEndian)) {
      throw new MalformedDataException(
          0, "secret key: got a number out of range, expected 1 to one less than the group order");
    }
    return new SecretKey(bigEndian.clone());
  }

  /**
   * Makes a new key, evenly distributed.
   *
   * @param random where its bits come from; {@code new SecureRandom()} is a good choice
   * @return the key
   */
  public static SecretKey generate(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    do {
      random.nextBytes(bytes);
      // The order has 255 bits. Most that are drawn are below it.
      bytes[0] &= 0x7f;
    } while (!isInRange(bytes));
    return new SecretKey(bytes);
  }

  private static boolean isInRange(byte[] bytes) {
    return Arrays.compareUnsigned(bytes, new byte[BYTES]) > 0
        && Arrays.compareUnsigned(bytes, ORDER) < 0;
  }

  /**
   * {@return a copy of the number, 32 bytes, big-endian, for who encrypts it or keeps it; to be
   * wiped by the caller}
   *
   * @throws IllegalStateException if the key was closed
   */
  public byte[] toBytes() {
    return bytes().clone();
  }

  /** Returns the number itself, not a copy: for reading, and at once. */
  byte[] bytes() {
    if (closed) {
      throw new IllegalStateException("the secret key was closed");
    }
    return bytes;
  }

  /** Overwrites the key; it cannot be used any more. */
  @Override
  public void close() {
    closed = true;
    Arrays.fill(bytes, (byte) 0);
  }

  /** {@return a text that does not depend on the key} */
  @Override
  public String toString() {
    return "secret key (not shown)";
  }
}
