package io.redstuff.cli;

import io.redstuff.BlobId;
import io.redstuff.RedStuff;
import java.lang.foreign.Arena;
import java.util.List;

/** Computes blob ids and prints them as lines that {@code sha256sum} would print. */
final class BlobIdPrinter {

  private final Session session;
  private final RedStuff codec;

  /** Prints to {@code session} what {@code codec} computes. */
  BlobIdPrinter(Session session, RedStuff codec) {
    this.session = session;
    this.codec = codec;
  }

  /**
   * Prints a line for each operand, and a complaint for one that cannot be read; gives the exit
   * code.
   */
  int print(List<String> operands) {
    BlobSource source = new BlobSource(session, codec.parameters());
    int exitCode = ExitCode.OK;
    for (String operand : operands) {
      try {
        session.out().println(line(blobId(source, operand), operand));
      } catch (CommandException e) {
        session.complain(e.getMessage(), e);
        exitCode = e.exitCode();
      }
    }
    return exitCode;
  }

  private BlobId blobId(BlobSource source, String operand) throws CommandException {
    // Shared, so that a codec may give parts of the work to other threads.
    try (Arena arena = Arena.ofShared();
        Progress _ = session.startProgress(operand, -1, "")) {
      return codec.blobId(source.open(operand, arena));
    }
  }

  private static String line(BlobId id, String name) {
    String escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    return (escaped.equals(name) ? "" : "\\") + id + "  " + escaped;
  }
}
