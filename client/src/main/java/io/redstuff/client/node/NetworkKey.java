package io.redstuff.client.node;

import io.redstuff.FixedBytes;
import io.redstuff.error.MalformedDataException;

/**
 * The key of a node's TLS certificate, as the node has registered it: a point of secp256r1,
 * compressed. Nobody has checked that the bytes are one.
 *
 * @since 0.1.0
 */
public final class NetworkKey extends FixedBytes {

  /** The length in bytes. */
  public static final int BYTES = 33;

  private static final String WHAT = "network key";

  private NetworkKey(byte[] bytes) {
    super(WHAT, BYTES, bytes);
  }

  /**
   * Returns the key with given bytes.
   *
   * @param bytes 33 bytes, copied
   * @return the key
   * @throws IllegalArgumentException if there are not 33 bytes
   */
  public static NetworkKey of(byte[] bytes) {
    return new NetworkKey(bytes);
  }

  /**
   * Reads the text form.
   *
   * @param text {@code 0x} and 66 lower-case hexadecimal digits
   * @return the key
   * @throws MalformedDataException if the text is anything else
   */
  public static NetworkKey parse(String text) throws MalformedDataException {
    return new NetworkKey(parseHex(WHAT, BYTES, text));
  }
}
