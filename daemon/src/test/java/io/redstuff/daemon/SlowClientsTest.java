package io.redstuff.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.daemon.testing.RawConnection;
import io.redstuff.http.HttpLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whoever is too slow with a body, in either direction, is cut off. */
class SlowClientsTest extends DaemonTestBase {
  /** Longer than what the system itself takes for a connection. */
  private static final int LENGTH = 24 << 20;

  @Override
  DaemonConfig config() {
    HttpLimits limits =
        new HttpLimits(
            16,
            8 << 10,
            Duration.ofMillis(500),
            Duration.ofMinutes(5),
            1 << 20,
            1 << 20,
            1000,
            Duration.ofSeconds(1));
    return DaemonConfig.of(spool()).withBytes(LENGTH, 0, LENGTH, 1 << 10).with(limits);
  }

  private void awaitIdle() throws Exception {
    while (daemon.connections() > 0) {
      Thread.sleep(5);
    }
    assertNothingLeft();
  }

  @Test
  void uploadThatStopsIsCut() throws Exception {
    try (RawConnection connection = connect()) {
      connection.send(
          "PUT /v1/blobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nsome");
      awaitEnd(connection);
    }
    awaitIdle();
    assertEquals(0, chain.registered.get());
  }

  @Test
  void headersThatStopAreCut() throws Exception {
    try (RawConnection connection = connect()) {
      awaitEnd(connection.send("PUT /v1/blobs HTTP/1.1\r\nHost: local"));
    }
    awaitIdle();
  }

  /** Reads whatever comes until the connection ends, which the daemon has to do. */
  private static void awaitEnd(RawConnection connection) throws IOException {
    try {
      while (!connection.isAtEnd()) {
        continue;
      }
    } catch (SocketException e) {
      return; // broken off
    }
  }

  @Test
  void downloadThatNobodyReadsIsCut() throws Exception {
    String id = stored(bytes(LENGTH));
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(
          new InetSocketAddress(daemon.address().getHost(), daemon.address().getPort()));
      socket
          .getOutputStream()
          .write("GET /v1/blobs/%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(id).getBytes(UTF));
      while (daemon.temporaryBytes() == 0) {
        Thread.sleep(1);
      }
      while (daemon.temporaryBytes() > 0) {
        Thread.sleep(5);
      }
    }
    http.close(); // its connection is kept open else
    awaitIdle();
  }
}
