package io.redstuff.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.daemon.testing.RawConnection;
import io.redstuff.daemon.testing.RawConnection.Reply;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Whoever breaks off leaves nothing behind, and nothing goes on for who has hung up. */
class CutTransfersTest extends DaemonTestBase {
  private static final String HOST = "Host: localhost\r\n";

  private void awaitIdle() throws Exception {
    while (daemon.connections() > 0 || daemon.temporaryBytes() > 0) {
      Thread.sleep(5);
    }
    assertNothingLeft();
  }

  @Test
  void uploadThatIsCutRegistersNothing() throws Exception {
    try (RawConnection connection = connect()) {
      connection.send("PUT /v1/blobs HTTP/1.1\r\n" + HOST + "Content-Length: 100\r\n\r\nonly this");
      Reply reply = connection.end().reply(false);
      assertError(400, "INVALID_ARGUMENT", "MALFORMED_REQUEST", reply.status(), reply.body());
    }
    awaitIdle();
    assertEquals(0, chain.registered.get());
  }

  @Test
  void uploadThatIsBrokenOffRegistersNothing() throws Exception {
    try (RawConnection connection = connect()) {
      connection.send(
          "PUT /v1/blobs HTTP/1.1\r\n"
              + HOST
              + "Content-Length: 500000\r\n\r\n"
              + "x".repeat(90_000));
      while (daemon.temporaryBytes() == 0) {
        Thread.sleep(1);
      }
      connection.abort();
    }
    awaitIdle();
    assertEquals(0, chain.registered.get());
  }

  @Test
  void storesNothingForWhoHasHungUp() throws Exception {
    CountDownLatch isRegistering = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    chain.beforeReserve =
        () -> {
          isRegistering.countDown();
          try {
            mayGoOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    try (RawConnection connection = connect()) {
      connection.send("PUT /v1/blobs HTTP/1.1\r\n" + HOST + "Content-Length: 4\r\n\r\nblob");
      isRegistering.await();
    }
    // The end of the connection is seen by another thread, which has to see it before this goes on.
    while (daemon.hungUp() == 0) {
      Thread.sleep(1);
    }
    mayGoOn.countDown();
    awaitIdle();
    assertEquals(1, chain.registered.get());
    assertTrue(network.certified.isEmpty());
  }

  @Test
  void bodyWithLeaveIsStored() throws Exception {
    try (RawConnection connection = connect()) {
      connection.send(
          "PUT /v1/blobs HTTP/1.1\r\n"
              + HOST
              + "Content-Length: 4\r\nExpect: 100-continue\r\n\r\n");
      assertEquals(100, connection.reply(false).status());
      assertEquals(200, connection.send("blob").reply(false).status());
    }
  }

  @Test
  void bodyThatIsTooLongGetsNoLeave() throws Exception {
    try (RawConnection connection = connect()) {
      Reply reply =
          connection
              .send(
                  "PUT /v1/blobs HTTP/1.1\r\n"
                      + HOST
                      + "Content-Length: 9999999\r\nExpect: 100-continue\r\n\r\n")
              .reply(false);
      assertError(413, "CONTENT_TOO_LARGE", "BODY_TOO_LARGE", reply.status(), reply.body());
    }
    awaitIdle();
  }
}
