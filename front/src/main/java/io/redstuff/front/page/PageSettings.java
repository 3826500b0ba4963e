package io.redstuff.front.page;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whom the page serves.
 *
 * @param names by which names requests may call the server, beside those of the loopback interface
 *     and addresses in digits
 * @param control whether nodes may be stopped and spoilt
 */
public record PageSettings(Set<String> names, boolean control) {
  /** Takes a copy, in lower case. */
  public PageSettings {
    names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }
}
