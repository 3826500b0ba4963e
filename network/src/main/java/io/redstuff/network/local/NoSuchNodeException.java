package io.redstuff.network.local;

import java.io.IOException;
import java.io.Serial;
import java.util.Collection;

/**
 * A name that no node of the network has.
 *
 * @since 0.1.0
 */
public final class NoSuchNodeException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  NoSuchNodeException(String name, Collection<String> names) {
    super("node: got '" + name + "', expected one of " + String.join(", ", names));
  }
}
