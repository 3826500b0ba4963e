package io.redstuff.network.node.http;

import java.io.IOException;
import java.io.Serial;

/** A body that has not come as it was said to: no fault of the node's. */
final class BrokenBodyException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  BrokenBodyException(String message, Throwable cause) {
    super(message, cause);
  }
}
