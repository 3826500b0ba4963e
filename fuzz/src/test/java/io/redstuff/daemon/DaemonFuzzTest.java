package io.redstuff.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.redstuff.client.RetryPolicy;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.node.RequestLimits;
import io.redstuff.client.testing.FakeNetwork;
import io.redstuff.daemon.testing.FakeChain;
import io.redstuff.daemon.testing.RawConnection;
import io.redstuff.daemon.testing.RawConnection.Reply;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any bytes on a connection to a daemon that stores on nodes of this JVM and reads from them. It
 * answers in HTTP or ends the connection, never says that it has failed, keeps nothing, and serves
 * the next one.
 */
class DaemonFuzzTest {
  /** {@value}: its id stands in inputs. */
  private static final String BLOB = "a blob that is there";

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1");
  private static final String BLOB_ID = "FnHVmuZcLfHLgYbtTi671kqCZYufGATvMzyq2LzpzjU";

  /** A quilt of two files; its id stands in inputs, too. */
  private static final String QUILT =
      """
      --x\r
      Content-Disposition: form-data; name="one file"\r
      \r
      first\r
      --x\r
      Content-Disposition: form-data; name="b.txt"\r
      \r
      second\r
      --x\r
      Content-Disposition: form-data; name="_metadata"\r
      \r
      [{"identifier":"b.txt","tags":{"content-type":"text/plain","n":1}}]\r
      --x--\r
      """;

  private static final int MOST_BYTES = 8 << 10;

  /** After so many runs the nodes forget what was stored. */
  private static final int FORGET = 500;

  /** How long it is waited for an answer before the daemon hears that nothing more is sent. */
  private static final int PAUSE_MILLIS = 100;

  @TempDir private static Path directory;

  private static FakeNetwork network;
  private static WalrusClient client;
  private static DaemonServer daemon;
  private static int runs;

  @BeforeAll
  static void start() throws Exception {
    network = new FakeNetwork(5, 1, 1, 1, 1);
    network.tells = true;
    FakeChain chain = new FakeChain(network);
    Path work = Files.createDirectory(directory.resolve("client"));
    client =
        WalrusClient.of(
            chain,
            new TransferSettings(
                Workspace.ofMemory(16 << 20).spillingTo(work),
                new RequestLimits(Duration.ofMinutes(1), 1 << 20),
                new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1)),
                8,
                8,
                Duration.ofMinutes(1)));
    DaemonConfig config =
        DaemonConfig.of(directory.resolve("daemon"))
            .withBytes(MOST_BYTES, MOST_BYTES, 4 * MOST_BYTES, MOST_BYTES / 2)
            .allowing(Set.of("example.org"), true)
            .withHeaders(Set.of("_walrusBlobType"), true);
    daemon = DaemonServer.start(config, client, Optional.of(chain), Optional.empty());
    store();
  }

  @AfterAll
  static void stop() throws Exception {
    daemon.close();
    client.close();
    network.close();
  }

  private static void store() throws IOException {
    try (RawConnection connection = new RawConnection(daemon.address())) {
      Reply blob = put(connection, "/v1/blobs?permanent=true&force=true", "", BLOB);
      assertTrue(blob.text().contains(BLOB_ID), blob::text);
      String form = "Content-Type: multipart/form-data; boundary=x\r\n";
      Reply quilt = put(connection, "/v1/quilts?force=true", form, QUILT);
      assertEquals(200, quilt.status(), quilt::text);
    }
  }

  private static Reply put(RawConnection connection, String path, String headers, String body)
      throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return connection
        .send(
            "PUT %s HTTP/1.1\r\nHost: localhost\r\n%sContent-Length: %s\r\n\r\n%s"
                .formatted(path, headers, length, body))
        .reply(false);
  }

  /** Sends the bytes, and says that there are no more when nothing has come for a moment. */
  @FuzzTest
  void anyBytes(byte[] bytes) throws Exception {
    // Jazzer takes connections for a fault of a server; these are the test's own, and the client's.
    BugDetectors.allowNetworkConnections((host, _) -> LOOPBACK.contains(host));
    if (++runs % FORGET == 0) {
      network.nodes().forEach(node -> node.wipe());
      store();
    }
    try (RawConnection connection = new RawConnection(daemon.address())) {
      Optional<Reply> reply = ask(connection, bytes);
      reply.ifPresent(DaemonFuzzTest::check);
    }
    while (daemon.connections() > 0 || daemon.temporaryBytes() > 0) {
      Thread.sleep(1); // the daemon finds out that the connection has ended
    }
    try (Stream<Path> files = Files.list(directory.resolve("daemon"))) {
      assertEquals("[daemon.lock]", files.map(Path::getFileName).toList().toString());
    }
    network.nodes().forEach(node -> node.asked.clear());
    servesTheNext();
  }

  private static Optional<Reply> ask(RawConnection connection, byte[] bytes) throws IOException {
    boolean isHead = new String(bytes, StandardCharsets.ISO_8859_1).strip().startsWith("HEAD ");
    try {
      connection.send(bytes);
      if (!connection.awaitByte(PAUSE_MILLIS)) {
        connection.end();
      }
      Reply reply = connection.reply(isHead);
      while (reply.status() < 200) {
        reply = connection.reply(isHead);
      }
      return Optional.of(reply);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return Optional.empty(); // ended by the daemon, which had enough of it
    }
  }

  private static void check(Reply reply) {
    assertNotEquals(500, reply.status(), reply::text);
    if (reply.status() >= 400) {
      String text = reply.text();
      // What was sent may stand in the message; a trace has lines.
      assertFalse(text.contains("\tat ") || text.contains("\\tat "), text);
    }
  }

  private static void servesTheNext() throws IOException {
    try (RawConnection connection = new RawConnection(daemon.address())) {
      Reply reply =
          connection
              .send("GET /v1/blobs/%s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(BLOB_ID))
              .reply(false);
      assertEquals(200, reply.status(), reply::text);
      assertArrayEquals(BLOB.getBytes(StandardCharsets.UTF_8), reply.body());
    }
  }
}
