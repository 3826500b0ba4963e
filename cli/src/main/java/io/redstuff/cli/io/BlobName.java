package io.redstuff.cli.io;

/**
 * A blob as the command line or a list names it.
 *
 * @param text a file, or {@code -} for standard input
 * @param problem why there can be no such blob; null if it is to be looked for
 */
public record BlobName(String text, Exception problem) {

  /** Returns a name that may be one. */
  public static BlobName of(String text) {
    return new BlobName(text, null);
  }

  /** Returns a name that cannot be one. */
  public static BlobName wrong(String text, Exception problem) {
    return new BlobName(text, problem);
  }

  /** Returns whether this is standard input. */
  public boolean isStandardInput() {
    return text.equals(BlobInput.STANDARD_INPUT);
  }
}
