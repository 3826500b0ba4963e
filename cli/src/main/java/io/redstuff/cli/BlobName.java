package io.redstuff.cli;

/**
 * A blob as the command line or a list names it.
 *
 * @param text a file, or {@code -} for standard input
 * @param problem why there can be no such blob; null if it is to be looked for
 */
record BlobName(String text, CommandException problem) {

  /** A name that may be one. */
  static BlobName of(String text) {
    return new BlobName(text, null);
  }

  /** A name that cannot be one. */
  static BlobName wrong(String text, CommandException problem) {
    return new BlobName(text, problem);
  }

  boolean isStandardInput() {
    return text.equals(BlobInput.STANDARD_INPUT);
  }
}
