package io.redstuff.store;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * A failure to read or write that says what could not be read or written, and why.
 *
 * @since 0.1.0
 */
public final class NamedIoException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Puts a name before a failure.
   *
   * @param what a file or what else, as in {@code "x: cannot be written"}
   * @param cause why; its {@linkplain #reasonOf reason} ends the message
   */
  public NamedIoException(String what, IOException cause) {
    super(what + ": " + reasonOf(cause), cause);
  }

  /**
   * {@return a failure that has a name: {@code e}, or one with {@code e} as its cause}
   *
   * @param e a failure
   * @param what its name, unless it has one
   */
  public static NamedIoException of(IOException e, String what) {
    return e instanceof NamedIoException named ? named : new NamedIoException(what, e);
  }

  /**
   * {@return why an operation on a file failed, in words that read well after its name} The JDK's
   * messages are sometimes the name alone, sometimes name and reason.
   *
   * @param e the failure
   */
  public static String reasonOf(IOException e) {
    return switch (e) {
      case NamedIoException _ -> e.getMessage(); // begins with a name
      case NoSuchFileException _ -> "no such file or directory";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "already exists and is not a directory";
      case NotDirectoryException _ -> "not a directory";
      case DirectoryNotEmptyException _ -> "directory not empty";
      case FileSystemException f when f.getReason() != null -> lowerFirst(f.getReason());
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : lowerFirst(e.getMessage());
    };
  }

  /** Returns a text that does not begin with a capital, unless that is part of an acronym. */
  private static String lowerFirst(String text) {
    boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
    return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
  }
}
