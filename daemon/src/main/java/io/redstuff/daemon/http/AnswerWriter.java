package io.redstuff.daemon.http;

import io.redstuff.http.ConnectionGuard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Sends answers. */
final class AnswerWriter {
  private static final int PIECE = 64 << 10;

  /** So much has to go within the time that the limits give for it. */
  private static final long STEP = 1L << 20;

  /**
   * How much of a body that is refused is read nevertheless: if the connection ended at once, the
   * answer could be lost on its way to who still sends.
   */
  private static final long MOST_DRAINED = 8L << 20;

  private static final int NOT_MODIFIED = 304;
  private static final int ERRORS = 400;

  private final ConnectionGuard guard;

  AnswerWriter(ConnectionGuard guard) {
    this.guard = guard;
  }

  /** Sends an answer, all of which has gone when this returns, or never will. */
  void write(Request request, Response response, Answer answer, Callback callback) {
    Connection connection = request.getConnectionMetaData().getConnection();
    try {
      response.setStatus(answer.status());
      answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
      boolean hasBody = answer.status() != NOT_MODIFIED;
      if (hasBody) {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.content().length());
      }
      if (hasBody && !request.getMethod().equals("HEAD")) {
        write(connection, response, answer);
      } else {
        Content.Sink.write(response, true, BufferUtil.EMPTY_BUFFER);
      }
      if (answer.status() >= ERRORS) {
        drain(request, connection);
      }
      callback.succeeded();
    } catch (IOException | RuntimeException e) {
      callback.failed(e);
    }
  }

  private void write(Connection connection, Response response, Answer answer) throws IOException {
    long length = answer.content().length();
    guard.moving(connection, STEP);
    long next = STEP;
    long done = 0;
    do {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, length - done));
      answer.content().read(done, piece);
      piece.flip();
      done += piece.remaining();
      Content.Sink.write(response, done == length, piece);
      if (done >= next) {
        guard.moving(connection, STEP);
        next = done + STEP;
      }
    } while (done < length);
    guard.working(connection);
  }

  private void drain(Request request, Connection connection) throws IOException {
    // Who waits for leave to send a body has not begun to.
    if (request.getLength() == 0 || request.getHeaders().contains(HttpHeader.EXPECT)) {
      return;
    }
    guard.moving(connection, STEP);
    InputStream in = Request.asInputStream(request);
    byte[] buffer = new byte[PIECE];
    long drained = 0;
    while (drained < MOST_DRAINED) {
      int read = in.read(buffer);
      if (read < 0) {
        return;
      }
      drained += read;
    }
  }
}
