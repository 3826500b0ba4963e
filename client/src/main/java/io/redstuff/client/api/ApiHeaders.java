package io.redstuff.client.api;

import io.redstuff.error.MalformedDataException;
import io.redstuff.message.PublicKeyBytes;
import java.util.Base64;
import java.util.Locale;

/**
 * Headers of requests and answers.
 *
 * @since 0.1.0
 */
public final class ApiHeaders {
  /** The type of bodies in BCS. */
  public static final String BCS = "application/octet-stream";

  /** The type of bodies in JSON. */
  public static final String JSON = "application/json";

  private static final String WHAT = "Authorization";

  private ApiHeaders() {}

  /**
   * Returns whether a body may be BCS.
   *
   * @param contentType the header {@code Content-Type}; null if there is none, which is as good
   * @return false if it says another type
   */
  public static boolean isBcs(String contentType) {
    if (contentType == null) {
      return true;
    }
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return type.strip().toLowerCase(Locale.ROOT).equals(BCS);
  }

  /**
   * Returns the header {@code Authorization} with which a node asks for a shard.
   *
   * @param key the node's public key
   * @return base64, without a word for the scheme
   */
  public static String authorization(PublicKeyBytes key) {
    return Base64.getEncoder().encodeToString(key.toBytes());
  }

  /**
   * Reads the header {@code Authorization}.
   *
   * @param header its value
   * @return the public key of the node that asks
   * @throws MalformedDataException if it is not canonical base64 of 48 bytes
   */
  public static PublicKeyBytes parseAuthorization(String header) throws MalformedDataException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(header);
    } catch (IllegalArgumentException e) {
      throw new MalformedDataException(0, WHAT + ": not base64: " + e.getMessage());
    }
    if (bytes.length != PublicKeyBytes.BYTES) { // which have one form: there is no padding
      throw new MalformedDataException(
          0,
          "%s: got %s bytes in base64, expected %s"
              .formatted(WHAT, bytes.length, PublicKeyBytes.BYTES));
    }
    return PublicKeyBytes.of(bytes);
  }
}
