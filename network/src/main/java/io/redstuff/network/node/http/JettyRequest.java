package io.redstuff.network.node.http;

import io.redstuff.client.api.ErrorCode;
import io.redstuff.client.api.ErrorReason;
import io.redstuff.http.BodyBudget;
import io.redstuff.http.ConnectionGuard;
import io.redstuff.network.node.service.RefusedException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.eclipse.jetty.server.Request;

/** A request as Jetty has it; gives back the memory of its body when it is closed. */
final class JettyRequest implements ApiRequest, AutoCloseable {
  private static final int FIRST = 64 << 10;

  private final Request request;
  private final ConnectionGuard guard;
  private final BodyBudget budget;
  private long taken;

  JettyRequest(Request request, ConnectionGuard guard, BodyBudget budget) {
    this.request = request;
    this.guard = guard;
    this.budget = budget;
  }

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String path() {
    return request.getHttpURI().getPath();
  }

  @Override
  public String query() {
    return request.getHttpURI().getQuery();
  }

  @Override
  public String header(String name) {
    return request.getHeaders().get(name);
  }

  @Override
  public long length() {
    return request.getLength();
  }

  @Override
  public byte[] body(long most, TooLong tooLong) throws IOException, RefusedException {
    long said = length();
    if (said > most) {
      throw tooLong.refuse(said, most);
    }
    take(said < 0 ? most : said);
    guard.moving(request.getConnectionMetaData().getConnection(), taken);
    byte[] body;
    try {
      body = said < 0 ? readUnknown(most, tooLong) : readKnown((int) said);
    } catch (IOException e) {
      throw new BrokenBodyException("body: " + e.getMessage(), e);
    }
    guard.working(request.getConnectionMetaData().getConnection());
    return body;
  }

  private void take(long bytes) throws RefusedException {
    if (!budget.take(bytes)) {
      throw RefusedException.of(
          ErrorCode.UNAVAILABLE,
          ErrorReason.UNAVAILABLE,
          "body: no room for %s bytes at the moment",
          bytes);
    }
    taken = bytes;
  }

  /** Reads a body whose length is known, as it comes: who only says that much gets no memory. */
  private byte[] readKnown(int length) throws IOException {
    InputStream in = Request.asInputStream(request);
    byte[] body = new byte[Math.min(length, FIRST)];
    int filled = 0;
    while (filled < length) {
      if (filled == body.length) {
        body = Arrays.copyOf(body, (int) Math.min(length, 4L * body.length));
      }
      int read = in.read(body, filled, body.length - filled);
      if (read < 0) {
        throw new EOFException("got " + filled + " bytes, expected " + length);
      }
      filled += read;
    }
    return body;
  }

  private byte[] readUnknown(long most, TooLong tooLong) throws IOException, RefusedException {
    byte[] body = Request.asInputStream(request).readNBytes((int) most + 1);
    if (body.length > most) {
      throw tooLong.refuse(body.length, most);
    }
    return body;
  }

  @Override
  public void close() {
    budget.giveBack(taken);
  }
}
