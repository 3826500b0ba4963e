package io.redstuff.cli.command;

import io.redstuff.audit.AuditStatement;
import io.redstuff.audit.AuditTranscript;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.SmallFile;
import io.redstuff.error.MalformedDataException;
import io.redstuff.store.NamedIoException;
import java.nio.file.Path;

/** Reads what an audit keeps in files. */
final class AuditFiles {
  /** More than a sensible audit has: a million answers of a kilobyte each. */
  private static final int MOST_BYTES = 1 << 30;

  private AuditFiles() {}

  /** Reads all of a file. */
  @FunctionalInterface
  private interface Parser<T> {
    T parse(byte[] bcs) throws MalformedDataException;
  }

  static AuditStatement statement(Path file) throws CommandException, NamedIoException {
    return parse(file, AuditStatement::parse);
  }

  static AuditTranscript transcript(Path file) throws CommandException, NamedIoException {
    return parse(file, AuditTranscript::parse);
  }

  private static <T> T parse(Path file, Parser<T> parser)
      throws CommandException, NamedIoException {
    byte[] bytes = SmallFile.read(file, MOST_BYTES);
    if (bytes.length > MOST_BYTES) {
      throw CommandException.badData(
          file + ": got more bytes, expected at most " + MOST_BYTES, null);
    }
    try {
      return parser.parse(bytes);
    } catch (MalformedDataException e) {
      throw CommandException.badData(file + ": " + e.getMessage(), e);
    }
  }
}
