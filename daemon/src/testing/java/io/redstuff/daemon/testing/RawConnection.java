package io.redstuff.daemon.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which anything may be sent. What comes back is read by the rules of HTTP. */
public final class RawConnection implements Closeable {
  private static final int PATIENCE_MILLIS = 120_000;

  private final Socket socket;
  private final PushbackInputStream in;
  private final OutputStream out;

  /**
   * An answer.
   *
   * @param status the status
   * @param headers the headers, by names in lower case
   * @param body the body
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares it
  public record Reply(int status, Map<String, String> headers, byte[] body) {
    /** Returns the body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  /** Connects to a server of this machine. */
  public RawConnection(URI server) throws IOException {
    socket = new Socket(InetAddress.getByName(server.getHost()), server.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new PushbackInputStream(new BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  /** Sends text. */
  public RawConnection send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends bytes. */
  public RawConnection send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Says that nothing more is sent. */
  public RawConnection end() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Ends the connection as if whoever held it had died. */
  public void abort() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /**
   * Reads an answer.
   *
   * @param isHead whether the question was for headers alone
   * @throws EOFException if the connection has ended instead
   * @throws IOException if it was broken off
   * @throws IllegalStateException if it is not HTTP
   */
  public Reply reply(boolean isHead) throws IOException {
    String first = line();
    if (!first.matches("HTTP/1\\.[01] [1-5][0-9][0-9] .*")) {
      throw new IllegalStateException("got the first line '" + first + "'");
    }
    int status = Integer.parseInt(first.substring(9, 12));
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IllegalStateException("got the header '" + line + "'");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    if (isHead || status < 200 || status == 204 || status == 304) {
      return new Reply(status, headers, new byte[0]);
    }
    return new Reply(status, headers, body(headers));
  }

  private byte[] body(Map<String, String> headers) throws IOException {
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int length = chunk(); length > 0; length = chunk()) {
        body.write(exactly(length));
        end(line());
      }
      end(line());
      return body.toByteArray();
    }
    String length = headers.get("content-length");
    return length == null ? in.readAllBytes() : exactly(Integer.parseInt(length));
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  private static void end(String line) {
    if (!line.isEmpty()) {
      throw new IllegalStateException("got '" + line + "', expected an empty line");
    }
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("got " + bytes.length + " bytes, expected " + length);
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int value = in.read(); value != '\n'; value = in.read()) {
      if (value < 0) {
        throw new EOFException("got the end after '" + line + "'");
      }
      line.write(value);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw new IllegalStateException("got a line that ends without a CR: '" + text + "'");
    }
    return text.substring(0, text.length() - 1);
  }

  /** Waits for the first byte of an answer, or the end; returns whether it has come. */
  public boolean awaitByte(int millis) throws IOException {
    socket.setSoTimeout(millis);
    try {
      int first = in.read();
      if (first >= 0) {
        in.unread(first);
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /** Returns whether nothing more comes: the connection has ended. */
  public boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
