package io.redstuff.quilt;

import java.util.Optional;

/** What the Rust core takes for the name of a file. The TypeScript writer takes anything. */
final class Identifiers {
  /** Bytes in UTF-8: the length of the string in BCS has to be below 65,535. */
  static final int MAX_BYTES = 65531;

  private Identifiers() {}

  /** Returns what is wrong with the characters of an identifier, if anything. */
  static Optional<String> fault(String identifier) {
    if (identifier.isEmpty()) {
      return Optional.of("identifier: got an empty one, expected at least one character");
    }
    Optional<Integer> control =
        identifier.codePoints().filter(Character::isISOControl).boxed().findFirst();
    if (control.isPresent()) {
      return Optional.of(
          "identifier: got control character U+%04X, expected none".formatted(control.get()));
    }
    int last = identifier.codePointBefore(identifier.length());
    // White_Space of Unicode; its other characters are control characters.
    return Character.isSpaceChar(last)
        ? Optional.of(
            "identifier: got white space U+%04X at its end, expected none".formatted(last))
        : Optional.empty();
  }
}
