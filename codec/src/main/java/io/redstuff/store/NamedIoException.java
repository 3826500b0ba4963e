package io.redstuff.store;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** A failure to read or write that says what could not be read or written, and why. */
public final class NamedIoException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * A failure that another one tells about.
   *
   * @param what a file, or what else was to be read or written, as in {@code "x: cannot be
   *     written"}
   * @param cause why; its {@linkplain #reasonOf reason} ends the message
   */
  public NamedIoException(String what, IOException cause) {
    super(what + ": " + reasonOf(cause), cause);
  }

  /**
   * A failure that nothing else tells about.
   *
   * @param what a file, or what else was to be read or written
   * @param reason why
   */
  public NamedIoException(String what, String reason) {
    super(what + ": " + reason);
  }

  /**
   * Returns a failure that has a name.
   *
   * @param e a failure
   * @param what its name, unless it has one
   * @return {@code e}, or one of that name with {@code e} as its cause
   */
  public static NamedIoException of(IOException e, String what) {
    return e instanceof NamedIoException named ? named : new NamedIoException(what, e);
  }

  /**
   * Returns why an operation on a file failed, without the name of the file; the JDK's messages are
   * sometimes the name alone, sometimes name and reason.
   *
   * @param e the failure
   * @return a reason that reads well after a colon
   */
  public static String reasonOf(IOException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file or directory";
      case AccessDeniedException _ -> "permission denied";
      case FileAlreadyExistsException _ -> "already exists and is not a directory";
      case NotDirectoryException _ -> "not a directory";
      case DirectoryNotEmptyException _ -> "directory not empty";
      case FileSystemException f when f.getReason() != null -> lowerFirst(f.getReason());
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : lowerFirst(e.getMessage());
    };
  }

  /** Returns an acronym at the start stays as it is. */
  private static String lowerFirst(String text) {
    boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
    return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
  }
}
