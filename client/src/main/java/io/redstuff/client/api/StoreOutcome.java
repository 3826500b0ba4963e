package io.redstuff.client.api;

import java.util.Arrays;
import java.util.Optional;

/**
 * What became of metadata or a sliver that was sent to a node; its status of HTTP says so.
 *
 * @since 0.1.0
 */
public enum StoreOutcome {
  /** The node had it already. */
  ALREADY_STORED(200, "metadata already stored", "sliver already stored"),
  /** The node has it. */
  STORED(201, "metadata successfully stored", "sliver stored successfully"),
  /** The node keeps it until it hears of the blob's registration. */
  BUFFERED(202, "metadata buffered pending registration", "sliver buffered pending registration");

  private final int httpStatus;
  private final String metadataText;
  private final String sliverText;

  StoreOutcome(int httpStatus, String metadataText, String sliverText) {
    this.httpStatus = httpStatus;
    this.metadataText = metadataText;
    this.sliverText = sliverText;
  }

  /**
   * Returns the outcome with a status.
   *
   * @param httpStatus the status of an answer
   * @return the outcome, if the status is that of one
   */
  public static Optional<StoreOutcome> of(int httpStatus) {
    return Arrays.stream(values()).filter(each -> each.httpStatus == httpStatus).findFirst();
  }

  /** {@return the status of HTTP} */
  public int httpStatus() {
    return httpStatus;
  }

  /** {@return the answer in JSON where metadata was sent, UTF-8} */
  public byte[] metadataJson() {
    return Envelope.wrapText(httpStatus, metadataText);
  }

  /** {@return the answer in JSON where a sliver was sent, UTF-8} */
  public byte[] sliverJson() {
    return Envelope.wrapText(httpStatus, sliverText);
  }
}
