package io.redstuff.store;

import io.redstuff.SliverId;
import java.io.IOException;

/** Tells which sliver could not be read, so that others can take its place. */
@SuppressWarnings("serial") // never leaves the package
final class UnreadableSliverException extends IOException {
  private final SliverId sliver;
  private final IOException reason;

  UnreadableSliverException(SliverId sliver, IOException reason) {
    super(reason);
    this.sliver = sliver;
    this.reason = reason;
  }

  SliverId sliver() {
    return sliver;
  }

  IOException reason() {
    return reason;
  }
}
