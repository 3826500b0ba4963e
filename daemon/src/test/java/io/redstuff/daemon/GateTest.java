package io.redstuff.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.daemon.testing.RawConnection;
import io.redstuff.daemon.testing.RawConnection.Reply;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may ask, how many at a time, how much of it; and what lies behind the daemon. */
class GateTest extends DaemonTestBase {
  @Override
  DaemonConfig config() {
    return super.config().withRequests(2, 1).allowing(Set.of("Walrus.Test"), false);
  }

  private Reply status(String host) throws Exception {
    try (RawConnection connection = connect()) {
      return connection.send("GET /status HTTP/1.1\r\nHost: " + host + "\r\n\r\n").reply(false);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:31415",
        "a.localhost",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.1.2.3",
        "[::1]:80",
        "walrus.test",
        "WALRUS.TEST:9000"
      })
  void namesOfThisMachineAreLetIn(String host) throws Exception {
    assertEquals(200, status(host).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.org",
        "localhost.example.org",
        "127.0.0.1.example.org",
        "192.168.0.1",
        "notlocalhost",
        "[::2]",
        "128.0.0.1"
      })
  void otherNamesAreNot(String host) throws Exception {
    Reply reply = status(host);
    assertError(403, "PERMISSION_DENIED", "HOST_NOT_ALLOWED", reply.status(), reply.body());
  }

  @Test
  void pagesOfOtherOriginsAreNotToldThatTheyMay() throws Exception {
    HttpResponse<byte[]> answer = get("/status", "Origin", "http://example.org");
    assertNull(header(answer, "access-control-allow-origin"));
    HttpResponse<byte[]> preflight =
        send(
            request("/v1/blobs", "Origin", "http://example.org")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertEquals(405, preflight.statusCode());
  }

  @Test
  void pagesOfOtherOriginsMayIfConfigured() throws Exception {
    daemon.close();
    daemon =
        DaemonServer.start(
            config().allowing(Set.of(), true), client, Optional.of(chain), Optional.empty());
    HttpResponse<byte[]> preflight =
        send(
            request("/v1/blobs", "Origin", "http://example.org")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertEquals(200, preflight.statusCode());
    assertEquals("*", header(preflight, "access-control-allow-origin"));
    assertEquals("*", header(preflight, "access-control-allow-methods"));
    assertEquals("*", header(preflight, "access-control-allow-headers"));
    assertEquals("86400", header(preflight, "access-control-max-age"));
    HttpResponse<byte[]> error = get("/v1/blobs/x", "Origin", "http://example.org");
    assertEquals("*", header(error, "access-control-allow-origin"));
  }

  @Test
  void storesNoMoreAtATimeThanItMay() throws Exception {
    CountDownLatch isStoring = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    chain.beforeReserve =
        () -> {
          isStoring.countDown();
          try {
            mayGoOn.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    CompletableFuture<HttpResponse<byte[]>> first =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return put("/v1/blobs", bytes(10));
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    isStoring.await();
    assertError(429, "RESOURCE_EXHAUSTED", "TOO_MANY_REQUESTS", put("/v1/blobs", bytes(11)));
    assertEquals(404, get("/v1/blobs/" + "A".repeat(43)).statusCode(), "reads go on");
    mayGoOn.countDown();
    assertEquals(200, first.get().statusCode());
    chain.beforeReserve = () -> {};
    assertEquals(200, put("/v1/blobs", bytes(11)).statusCode());
  }

  @Test
  void keepsNoMoreBytesThanItMay() throws Exception {
    List<RawConnection> uploads = new ArrayList<>();
    daemon.close();
    daemon =
        DaemonServer.start(
            config().withRequests(2, 5), client, Optional.of(chain), Optional.empty());
    try {
      for (int i = 0; i < 2; i++) { // two of a mebibyte are all the room that there is
        uploads.add(
            connect()
                .send(
                    """
                    PUT /v1/blobs HTTP/1.1\r
                    Host: localhost\r
                    Content-Length: 1048576\r
                    \r
                    x\
                    """));
      }
      while (daemon.temporaryBytes() < 2 << 20) {
        Thread.sleep(1);
      }
      assertError(503, "UNAVAILABLE", "NO_ROOM", put("/v1/blobs", bytes(1)));
    } finally {
      for (RawConnection upload : uploads) {
        upload.close();
      }
    }
    while (daemon.temporaryBytes() > 0) {
      Thread.sleep(1);
    }
    assertEquals(200, put("/v1/blobs", bytes(1)).statusCode());
    assertNothingLeft();
  }

  @Test
  void blobThatIsLongerThanAllRoomIsNotGivenOut() throws Exception {
    byte[] blob = bytes(50_000);
    String id = stored(blob);
    daemon.close();
    daemon =
        DaemonServer.start(
            config().withBytes(1, 1, 40_000, 30_000), client, Optional.of(chain), Optional.empty());
    assertError(403, "SIZE_EXCEEDED", "BLOB_TOO_LARGE", get("/v1/blobs/" + id));
    assertEquals(206, get("/v1/blobs/" + id, "Range", "bytes=0-39999").statusCode());
    assertNothingLeft();
  }

  @Test
  void longHeadersAreRefused() throws Exception {
    try (RawConnection connection = connect()) {
      Reply reply =
          connection
              .send(
                  "GET /status HTTP/1.1\r\nHost: localhost\r\nX: "
                      + "x".repeat(20_000)
                      + "\r\n\r\n")
              .reply(false);
      assertEquals(431, reply.status());
      assertTrue(reply.text().contains("MALFORMED_REQUEST"), reply::text);
    }
  }

  @Test
  void otherRoutesAreForWhoIsBehind() throws Exception {
    Handler page =
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            if (!request.getHttpURI().getPath().equals("/page")) {
              return false;
            }
            response.write(true, ByteBuffer.wrap("hello".getBytes(UTF)), callback);
            return true;
          }
        };
    daemon.close();
    daemon = DaemonServer.start(config(), client, Optional.of(chain), Optional.of(page));
    assertEquals("hello", new String(get("/page").body(), UTF));
    assertError(404, "NOT_FOUND", "ROUTE_NOT_FOUND", get("/other"));
    assertError(400, "INVALID_ARGUMENT", "MALFORMED_REQUEST", get("/x%2F..%2Fpage"));
    assertEquals(200, get("/status").statusCode());
    try (RawConnection connection = connect()) {
      Reply reply =
          connection.send("GET /page HTTP/1.1\r\nHost: evil.example\r\n\r\n").reply(false);
      assertEquals(403, reply.status());
    }
  }

  @Test
  void withoutChainNothingIsStored() throws Exception {
    byte[] blob = bytes(1000);
    String id = stored(blob);
    daemon.close();
    try (WalrusClient reader = WalrusClient.of(network.committee(), TransferSettings.defaults())) {
      daemon = DaemonServer.start(config(), reader, Optional.empty(), Optional.empty());
      assertEquals(200, get("/v1/blobs/" + id).statusCode());
      assertError(404, "NOT_FOUND", "ROUTE_NOT_FOUND", put("/v1/blobs", blob));
      assertError(404, "NOT_FOUND", "ROUTE_NOT_FOUND", put("/v1/quilts", blob));
      assertError(
          404,
          "NOT_FOUND",
          "OBJECTS_NOT_SUPPORTED",
          get("/v1/blobs/by-object-id/0x" + "0".repeat(64)));
      assertTrue(json(get("/v1/api")).at("/paths/~1v1~1blobs").isMissingNode());
    }
  }

  @Test
  void deletesWhatAnEarlierProcessHasLeft() throws Exception {
    daemon.close();
    Path left = Files.createTempFile(spool(), ".redstuff-", ".spill");
    Path tree = Files.createTempDirectory(spool(), ".redstuff-");
    Files.write(Files.createDirectory(tree.resolve("slivers")).resolve("1"), bytes(10));
    Path other = Files.write(spool().resolve("other"), bytes(10));
    daemon = DaemonServer.start(config(), client, Optional.of(chain), Optional.empty());
    assertTrue(Files.notExists(left));
    assertTrue(Files.notExists(tree));
    assertTrue(Files.exists(other), "that is nobody's temporary file");
  }

  @Test
  void directoryIsOfOneDaemonAtATime() {
    IOException e =
        assertThrows(
            IOException.class,
            () -> DaemonServer.start(config(), client, Optional.of(chain), Optional.empty()));
    assertTrue(e.getMessage().contains("another daemon"), e.getMessage());
  }
}
