package io.redstuff.daemon.chain;

import io.redstuff.chain.BlobAttributes;
import io.redstuff.chain.BlobObject;
import java.util.Objects;

/**
 * A blob object with its attributes.
 *
 * @param blob the object
 * @param attributes what somebody has noted of it; perhaps nothing
 * @since 0.1.0
 */
public record AttributedBlob(BlobObject blob, BlobAttributes attributes) {
  /**
   * Checks that both are there.
   *
   * @throws NullPointerException if something is null
   */
  public AttributedBlob {
    Objects.requireNonNull(blob, "blob");
    Objects.requireNonNull(attributes, "attributes");
  }
}
