package io.redstuff.client.api;

import io.redstuff.error.MalformedDataException;
import java.util.Arrays;
import java.util.Locale;

/**
 * Whether a node has metadata or a sliver.
 *
 * @since 0.1.0
 */
public enum StoredStatus {
  /** It has not. */
  NONEXISTENT,
  /** It keeps it until it hears of the blob's registration. */
  BUFFERED,
  /** It has. */
  STORED;

  /**
   * Reads an answer in JSON.
   *
   * @param json all of it, UTF-8
   * @return what it says
   * @throws MalformedDataException if it is no such answer
   */
  public static StoredStatus parse(byte[] json) throws MalformedDataException {
    return Envelope.unwrap(json).text(Envelope.DATA, StoredStatus::ofText);
  }

  private static StoredStatus ofText(String text) throws MalformedDataException {
    return Arrays.stream(values())
        .filter(status -> status.toString().equals(text))
        .findFirst()
        .orElseThrow(() -> ApiText.wrong("status", text, "nonexistent, buffered or stored"));
  }

  /** {@return the answer in JSON, UTF-8} */
  public byte[] toJson() {
    return Envelope.wrapText(200, toString());
  }

  /** {@return the text form, in lower case} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
