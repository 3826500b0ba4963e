package io.redstuff.client.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ServerSocketFactory;

/**
 * A server of HTTP/1.1 that does as it is told, also what no server should. One request for each
 * connection.
 */
public final class FakeServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Function<Request, Reply> handler;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * A request.
   *
   * @param method of HTTP
   * @param target path and query
   * @param headers by name in lower case
   * @param body what came
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Request(String method, String target, Map<String, String> headers, byte[] body) {
    /** Returns the path. */
    public String path() {
      return target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
    }

    /** Returns the query, null if there is none. */
    public String query() {
      return target.contains("?") ? target.substring(target.indexOf('?') + 1) : null;
    }
  }

  /** How an answer is sent. */
  public enum Delivery {
    /** As it should be. */
    WHOLE,
    /** Nothing comes, and the connection stays. */
    HANG,
    /** A byte now and then. */
    DRIP,
    /** The body never ends, nor says how long it is. */
    ENDLESS,
    /** The header promises more than comes. */
    CUT,
    /** The header promises more than a client can want. */
    BOAST
  }

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param body what to send
   * @param delivery how
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Reply(int status, byte[] body, Delivery delivery) {
    /** Returns one that is sent as it should be. */
    public static Reply of(int status, byte[] body) {
      return new Reply(status, body, Delivery.WHOLE);
    }

    /** Returns the same, sent otherwise. */
    public Reply sent(Delivery other) {
      return new Reply(status, body, other);
    }
  }

  /** Listens on some port of this machine. */
  public FakeServer(Function<Request, Reply> handler) {
    this(handler, ServerSocketFactory.getDefault());
  }

  /** Listens on some port of this machine, over TLS perhaps. */
  public FakeServer(Function<Request, Reply> handler, ServerSocketFactory sockets) {
    this.handler = handler;
    try {
      this.socket = sockets.createServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Returns where it listens. */
  public String uri() {
    return "http://127.0.0.1:" + port();
  }

  /** Returns on which port it listens. */
  public int port() {
    return socket.getLocalPort();
  }

  /** Waits until nobody is connected; returns whether that came to be in half a minute. */
  public boolean awaitIdle() throws InterruptedException {
    for (int i = 0; i < 3000 && !open.isEmpty(); i++) {
      Thread.sleep(10);
    }
    return open.isEmpty();
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = socket.accept();
        open.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      Request request = read(connection.getInputStream());
      write(handler.apply(request), connection.getOutputStream());
    } catch (IOException | InterruptedException e) {
      // the client has gone
    } finally {
      open.remove(connection);
    }
  }

  private static Request read(InputStream in) throws IOException {
    String[] first = line(in).split(" ", -1);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(first[0], first[1], headers, in.readNBytes(length));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(ISO_8859_1);
  }

  private void write(Reply reply, OutputStream out) throws IOException, InterruptedException {
    long length =
        switch (reply.delivery()) {
          case CUT -> reply.body().length + 1L;
          case BOAST -> Long.MAX_VALUE;
          default -> reply.body().length;
        };
    if (reply.delivery() == Delivery.HANG) {
      closed.await();
      return;
    }
    String header = "HTTP/1.1 %s Any\r\nConnection: close\r\n".formatted(reply.status());
    if (reply.delivery() != Delivery.ENDLESS) {
      header += "Content-Length: %s\r\n".formatted(length);
    }
    out.write((header + "\r\n").getBytes(ISO_8859_1));
    switch (reply.delivery()) {
      case ENDLESS -> {
        byte[] piece = new byte[1000];
        while (closed.getCount() > 0) {
          out.write(piece);
        }
      }
      case DRIP -> {
        for (byte b : reply.body()) {
          out.write(b);
          if (closed.await(20, TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      }
      default -> out.write(reply.body());
    }
    out.flush();
  }

  /** Refuses connections from now on, and breaks those that there are. */
  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
      for (Socket connection : open) {
        connection.close();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
