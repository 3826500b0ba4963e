package io.redstuff.http;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What Jetty logs. It tells at INFO whenever it starts.
 *
 * @since 0.1.0
 */
public final class JettyLog {
  /** Kept, or its level would be forgotten. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private JettyLog() {}

  /** Leaves warnings and worse, unless somebody has asked for a level. */
  public static void quieten() {
    if (JETTY.getLevel() == null) {
      JETTY.setLevel(Level.WARNING);
    }
  }
}
