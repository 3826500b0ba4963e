package io.redstuff.daemon.http;

import io.redstuff.daemon.api.ErrorReason;
import io.redstuff.daemon.api.ErrorStatus;
import io.redstuff.daemon.api.RefusedException;
import io.redstuff.daemon.service.Spool;
import io.redstuff.daemon.service.SpoolFile;
import io.redstuff.http.ConnectionGuard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;

/** Takes the body of a request into a temporary file. */
final class UploadBody {
  /** So much has to come within the time that the limits give for it. */
  private static final long STEP = 1L << 20;

  private static final int BUFFER = 64 << 10;

  private final Spool spool;
  private final ConnectionGuard guard;

  UploadBody(Spool spool, ConnectionGuard guard) {
    this.spool = spool;
    this.guard = guard;
  }

  /**
   * Takes it. What is too long by its own account is refused before any of it is read.
   *
   * @throws RefusedException if it is too long, or there is no room
   * @throws IOException if it is cut, or the file fails
   */
  SpoolFile receive(Request request, long most) throws RefusedException, IOException {
    long said = request.getLength();
    if (said > most) {
      throw tooLong(said, most);
    }
    SpoolFile file = spool.create(Math.max(said, 0));
    boolean isThere = false;
    try {
      copy(request, file, most);
      isThere = true;
      return file;
    } finally {
      if (!isThere) {
        file.close();
      }
    }
  }

  private void copy(Request request, SpoolFile file, long most)
      throws RefusedException, IOException {
    Connection connection = request.getConnectionMetaData().getConnection();
    guard.moving(connection, STEP);
    byte[] buffer = new byte[BUFFER];
    InputStream in = Request.asInputStream(request);
    long next = STEP;
    for (int read = read(in, buffer); read >= 0; read = read(in, buffer)) {
      if (file.length() + read > most) {
        throw tooLong(file.length() + read, most);
      }
      file.append(ByteBuffer.wrap(buffer, 0, read));
      if (file.length() >= next) {
        guard.moving(connection, STEP);
        next = file.length() + STEP;
      }
    }
    guard.working(connection);
  }

  /** Reads what has come; whatever goes wrong there is the sender's doing. */
  private static int read(InputStream in, byte[] buffer) throws RefusedException {
    try {
      return in.read(buffer);
    } catch (IOException | RuntimeException e) {
      throw RefusedException.malformed("body: " + e.getMessage());
    }
  }

  private static RefusedException tooLong(long got, long most) {
    return new RefusedException(
        ErrorStatus.CONTENT_TOO_LARGE,
        ErrorReason.BODY_TOO_LARGE,
        "length limit exceeded: got %s bytes, expected at most %s".formatted(got, most));
  }
}
