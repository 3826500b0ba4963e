package io.redstuff.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whoever is too slow is cut off, though a byte comes now and then; others are served. The clock of
 * the server goes only when a test has it go. What waits here waits for an event; who is never cut
 * off is a failure, and not a test without end.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class SlowClientsTest {
  /** Longer than what the system itself takes for a connection. */
  private static final int LONG = 64 << 20;

  private static final int PIECE = 64 << 10;
  private static final long PATIENCE_MINUTES = 4;
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final HttpLimits LIMITS =
      new HttpLimits(
          16, 8 << 10, SHORT, SHORT.multipliedBy(6), 1 << 20, 1 << 20, 1000, Duration.ofMinutes(5));

  private final AtomicLong clock = new AtomicLong();

  /** Requests whose body, or whose answer, is under way from now on. */
  private final BlockingQueue<String> begun = new LinkedBlockingQueue<>();

  /** How each has ended. */
  private final BlockingQueue<Optional<Exception>> ended = new LinkedBlockingQueue<>();

  private LimitedServer server;

  /** Takes whatever comes by PUT, and gives out as much as it can for GET. */
  private final class Transfers extends Handler.Abstract {
    private final ConnectionGuard guard;

    Transfers(ConnectionGuard guard) {
      this.guard = guard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Connection connection = request.getConnectionMetaData().getConnection();
      guard.working(connection);
      Request.addCompletionListener(request, _ -> guard.waiting(connection));
      request.addIdleTimeoutListener(_ -> false);
      try {
        guard.moving(connection, PIECE);
        begun.add(request.getMethod());
        if (request.getMethod().equals("PUT")) {
          Content.Source.consumeAll(request);
        } else {
          for (int sent = 0; sent < LONG; sent += PIECE) {
            Content.Sink.write(response, false, ByteBuffer.allocate(PIECE));
          }
        }
        guard.working(connection);
        Content.Sink.write(response, true, ByteBuffer.wrap(new byte[] {'.'}));
        ended.add(Optional.empty());
        callback.succeeded();
      } catch (IOException | RuntimeException e) {
        ended.add(Optional.of(e));
        callback.failed(e);
      }
      return true;
    }
  }

  @BeforeEach
  void start() throws Exception {
    server =
        LimitedServer.start(
            "127.0.0.1",
            0,
            Optional.empty(),
            LIMITS,
            UriCompliance.RFC3986,
            new ErrorHandler(),
            Transfers::new,
            clock::get);
  }

  @AfterEach
  void stop() throws Exception {
    while (server.connections() > 0) {
      Thread.sleep(5);
    }
    server.close();
  }

  private Socket connect(int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(receiveBuffer);
    socket.setSoTimeout((int) TimeUnit.MINUTES.toMillis(PATIENCE_MINUTES));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  /** Sends a byte from time to time until that fails. */
  private void drip(Socket socket) throws Exception {
    try {
      while (true) {
        send(socket, "x");
        pass(SHORT.dividedBy(5));
        Thread.sleep(20); // some looks of the server to each byte
      }
    } catch (SocketException _) {
      return; // cut off
    }
  }

  /** Returns what comes until the connection has ended. */
  private static String rest(Socket socket) throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      InputStream in = socket.getInputStream();
      for (int next = in.read(); next >= 0; next = in.read()) {
        text.append((char) next);
      }
    } catch (SocketException _) {
      return text.toString(); // broken off
    }
    return text.toString();
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
    assertNotNull(next, "nothing comes");
    return next;
  }

  @Test
  void whoSaysNothingIsCutOff() throws Exception {
    try (Socket socket = connect(PIECE)) {
      while (server.connections() == 0) {
        Thread.sleep(1);
      }
      pass(SHORT.plusNanos(1));
      assertEquals("", rest(socket));
    }
  }

  @Test
  void headersThatDripAreCutOff() throws Exception {
    try (Socket socket = connect(PIECE)) {
      send(socket, "GET / HTTP/1.1\r\nHost: a\r\nX: ");
      drip(socket);
    }
    assertTrue(begun.isEmpty());
  }

  @Test
  void bodiesThatDripAreCutOff() throws Exception {
    try (Socket socket = connect(PIECE)) {
      send(socket, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 65536\r\n\r\n");
      assertEquals("PUT", next(begun));
      drip(socket);
    }
    assertInstanceOf(IOException.class, next(ended).orElseThrow());
  }

  @Test
  void answersThatNobodyReadsAreCutOff() throws Exception {
    try (Socket socket = connect(4 << 10)) {
      send(socket, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals("GET", next(begun));
      pass(LIMITS.timeFor(PIECE).plusNanos(1));
      assertInstanceOf(IOException.class, next(ended).orElseThrow());
    }
  }

  @Test
  void connectionsThatAreNotUsedAreCutOff() throws Exception {
    try (Socket socket = connect(PIECE)) {
      send(socket, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
      assertTrue(next(ended).isEmpty());
      waste(); // it may be that it has not begun to wait for the next request yet
      assertTrue(rest(socket).endsWith("."));
    }
  }

  /** Lets time pass until there is no connection. */
  private void waste() throws InterruptedException {
    while (server.connections() > 0) {
      pass(SHORT);
      Thread.sleep(20);
    }
  }

  @Test
  void othersAreServed() throws Exception {
    try (Socket socket = connect(PIECE)) {
      send(socket, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\n");
      assertEquals("PUT", next(begun));
      pass(LIMITS.timeFor(PIECE)); // just enough
      send(socket, "body");
      assertTrue(next(ended).isEmpty());
      send(socket, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      String answers = rest(socket);
      assertEquals(3, answers.split("HTTP/1.1 200 OK", -1).length, answers);
    }
    assertTrue(next(ended).isEmpty());
  }

  @Test
  void whatIsNoHttpIsRefused() throws Exception {
    for (String request :
        List.of(
            "G\u0001T / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nBad Header : x\r\n\r\nmore",
            "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(9 << 10) + "\r\n\r\n")) {
      try (Socket socket = connect(PIECE)) {
        send(socket, request);
        assertTrue(rest(socket).startsWith("HTTP/1.1 4"), request);
      }
    }
    assertTrue(begun.isEmpty());
  }
}
