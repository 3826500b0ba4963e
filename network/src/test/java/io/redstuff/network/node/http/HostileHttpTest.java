package io.redstuff.network.node.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.client.api.NodeHealth;
import io.redstuff.client.api.StoredStatus;
import io.redstuff.codec.EncodedBlob;
import io.redstuff.http.HttpLimits;
import io.redstuff.network.node.testing.TestNetwork;
import io.redstuff.network.node.testing.TestNetwork.Member;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever connects may send anything: he gets a refusal or is cut off, and the node lives. */
class HostileHttpTest {
  private static final HttpLimits LIMITS =
      new HttpLimits(
          200,
          8 << 10,
          Duration.ofMillis(500),
          Duration.ofSeconds(3),
          1 << 20,
          64 << 20,
          100_000,
          Duration.ofSeconds(1));

  private static final String HOST = "Host: node\r\n";
  private static final String ANY = BlobId.of(new byte[BlobId.BYTES]).toString();

  @TempDir private static Path directory;
  private static TestNetwork network;
  private static Member member;

  @BeforeAll
  static void begin() throws Exception {
    network = new TestNetwork(directory, 10);
    member = network.addNode(LIMITS, Optional.empty());
    for (int i = 0; i < 3; i++) {
      network.addNode(HttpLimits.DEFAULT, Optional.empty());
    }
    network.nextEpoch();
  }

  /** And takes, confirms and gives out a blob after all that. */
  @AfterAll
  static void end() throws Exception {
    TestNetwork.Blob blob = network.store(5000, 2, network.members);
    assertEquals(2 * network.shards(member).size(), member.node.slivers(blob.id()));
    network.close();
  }

  /** Whatever was done to it, the node answers. */
  @AfterEach
  void lives() throws Exception {
    NodeHealth health = network.client(member).health(false);
    assertEquals(1, health.epoch());
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), member.node.address().getPort());
    socket.setSoTimeout(20_000);
    return socket;
  }

  /** Sends bytes and returns all that comes until the node closes the connection. */
  private static String send(String request) throws IOException {
    try (Socket socket = connect()) {
      write(socket, request);
      return rest(socket);
    }
  }

  private static void write(Socket socket, String bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes.getBytes(ISO_8859_1));
    out.flush();
  }

  private static String rest(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketException e) {
      return ""; // cut off while bytes were under way
    }
  }

  private static void refused(String answer) {
    assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 4"), answer);
  }

  private static void refused(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status), answer);
    assertTrue(answer.contains("{\"error\":{\"code\":"), answer);
  }

  @Test
  void headersThatAreTooLong() throws Exception {
    refused(
        431, send("GET /v1/health HTTP/1.1\r\n" + HOST + "X: " + "a".repeat(9000) + "\r\n\r\n"));
    refused(414, send("GET /" + "a".repeat(9000) + " HTTP/1.1\r\n" + HOST + "\r\n"));
    refused(send("GET /v1/health HTTP/1.1\r\n" + "X: y\r\n".repeat(100_000)));
  }

  @Test
  void whatIsNoHttp() throws Exception {
    refused(send("\u0016\u0003\u0001\u0000\u00ff nonsense\r\n\r\n"));
    refused(400, send("GET /v1/health HTTP/1.1\r\n\r\n"));
    refused(send("GET /v1/health HTTP/9.9\r\n" + HOST + "\r\n"));
    refused(send("GET /v1/health HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"));
    refused(send("GET\r\n\r\n"));
    refused(send("GET /v1/%zz HTTP/1.1\r\n" + HOST + "\r\n"));
    refused(send("GET /v1/../../etc/passwd HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n"));
  }

  /**
   * Who sent no more than the headers so far must not take the connection for one to go on with.
   */
  @Test
  void connectionsThatEndAreSaidToEnd() throws Exception {
    String answer = send("PUT /v1/nothing HTTP/1.1\r\n" + HOST + "Content-Length: 5000\r\n\r\n");
    refused(404, answer);
    assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
    try (Socket socket = connect()) {
      write(socket, "PUT /v1/nothing HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\nabc");
      write(socket, "GET /v1/health HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n");
      String both = rest(socket);
      refused(404, both);
      assertTrue(both.contains("HTTP/1.1 200"), "what is all there is read, and the next answered");
    }
  }

  @Test
  void lengthsThatContradict() throws Exception {
    String put = "PUT /v1/blobs/" + ANY + "/metadata HTTP/1.1\r\n" + HOST;
    refused(400, send(put + "Content-Length: -3\r\n\r\nabc"));
    refused(400, send(put + "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"));
    refused(
        400,
        send(put + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"));
    refused(400, send(put + "Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"));
    refused(send(put + "Content-Length: 99999999999999999999\r\n\r\nabc"));
  }

  @Test
  void bodiesThatAreTooLong() throws Exception {
    String metadata = "PUT /v1/blobs/" + ANY + "/metadata HTTP/1.1\r\n" + HOST;
    refused(403, send(metadata + "Content-Length: 9000000000\r\n\r\n"));
    refused(
        403,
        send(metadata + "Connection: close\r\nContent-Length: 5000\r\n\r\n" + "a".repeat(5000)));
    StringBuilder chunks = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      chunks.append("400\r\n").append("a".repeat(1024)).append("\r\n");
    }
    String answer = send(metadata + "Transfer-Encoding: chunked\r\n\r\n" + chunks);
    refused(answer);
    String pair =
        network.shards(member).getFirst().pair(BlobId.parse(ANY), network.parameters()).toString();
    String sliver = "PUT /v1/blobs/%s/slivers/%s/primary HTTP/1.1\r\n%s".formatted(ANY, pair, HOST);
    String tooLarge = send(sliver + "Content-Length: 500000\r\n\r\n");
    refused(403, tooLarge);
    assertTrue(tooLarge.contains("SLIVER_TOO_LARGE"), tooLarge);
  }

  @Test
  void bodiesThatEndTooEarly() throws Exception {
    try (Socket socket = connect()) {
      write(
          socket,
          "PUT /v1/blobs/"
              + ANY
              + "/metadata HTTP/1.1\r\n"
              + HOST
              + "Content-Length: 100\r\n\r\nabc");
      socket.shutdownOutput();
      refused(rest(socket));
    }
  }

  @Test
  void chunksAndHeadersThatEndTooEarly() throws Exception {
    String put = "PUT /v1/blobs/" + ANY + "/metadata HTTP/1.1\r\n" + HOST;
    for (String begun :
        List.of(
            "GET /v1/hea",
            "GET /v1/health HTTP/1.1\r\nHo",
            put + "Transfer-Encoding: chunked\r\n\r\n400\r\nabc",
            put + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")) {
      try (Socket socket = connect()) {
        write(socket, begun);
        socket.shutdownOutput();
        refused(rest(socket));
      }
    }
  }

  /** Of the right type, and nothing that could be read. */
  @Test
  void bodiesOfNonsense() throws Exception {
    String pair =
        network.shards(member).getFirst().pair(BlobId.parse(ANY), network.parameters()).toString();
    String blob = "/v1/blobs/" + ANY;
    Random random = new Random(1);
    for (String route :
        List.of(
            "PUT " + blob + "/metadata",
            "PUT " + blob + "/metadata?pending=true",
            "PUT " + blob + "/slivers/" + pair + "/primary",
            "PUT " + blob + "/slivers/" + pair + "/secondary?pending=true",
            "POST " + blob + "/inconsistencyProof/primary",
            "POST " + blob + "/inconsistencyProof/secondary",
            "POST /v1/migrate/sync_shard",
            "POST /v1/redstuff/audit")) {
      for (int length : new int[] {0, 1, 33, 300}) {
        byte[] body = new byte[length];
        random.nextBytes(body);
        refused(
            send(
                "%s HTTP/1.1\r\n%sConnection: close\r\nContent-Type: application/octet-stream\r\n"
                        .formatted(route, HOST)
                    + "Content-Length: %s\r\n\r\n%s"
                        .formatted(length, new String(body, ISO_8859_1))));
      }
    }
  }

  @Test
  void otherTypesAndPathsAndMethods() throws Exception {
    String close = HOST + "Connection: close\r\n";
    String wrongType =
        send(
            "PUT /v1/blobs/"
                + ANY
                + "/metadata HTTP/1.1\r\n"
                + close
                + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
    refused(400, wrongType);
    assertTrue(wrongType.contains("INVALID_CONTENT_TYPE"), wrongType);
    refused(404, send("GET /v1/none HTTP/1.1\r\n" + close + "\r\n"));
    refused(405, send("DELETE /v1/health HTTP/1.1\r\n" + close + "\r\n"));
    refused(400, send("GET /v1/blobs/xyz/metadata HTTP/1.1\r\n" + close + "\r\n"));
    refused(400, send("GET /v1/health?detailed=maybe HTTP/1.1\r\n" + close + "\r\n"));
    refused(400, send("GET /v1/health?detailed=%zz HTTP/1.1\r\n" + close + "\r\n"));
    refused(
        400, send("GET /v1/blobs/" + ANY + "/slivers/70000/primary HTTP/1.1\r\n" + close + "\r\n"));
    refused(
        400, send("GET /v1/blobs/" + ANY + "/slivers/1/tertiary HTTP/1.1\r\n" + close + "\r\n"));
    refused(400, send("GET /v1/blobs/" + ANY + "/recoverySymbols HTTP/1.1\r\n" + close + "\r\n"));
    refused(
        400,
        send(
            "GET /v1/blobs/"
                + ANY
                + "/decodingSymbols?targetType=primary HTTP/1.1\r\n"
                + close
                + "\r\n"));
    refused(
        401,
        send("POST /v1/migrate/sync_shard HTTP/1.1\r\n" + close + "Content-Length: 1\r\n\r\na"));
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    String one = "GET /v1/health HTTP/1.1\r\n" + HOST + "\r\n";
    String last = "GET /v1/none HTTP/1.1\r\n" + HOST + "Connection: close\r\n\r\n";
    String answers = send(one.repeat(50) + last);
    assertEquals(50, answers.split("HTTP/1.1 200", -1).length - 1);
    assertTrue(answers.indexOf("HTTP/1.1 404") > answers.lastIndexOf("HTTP/1.1 200"));
  }

  /** What is in a body that is refused is no request, however it looks. */
  @Test
  void requestsInARefusedBodyAreNone() throws Exception {
    String hidden = ("GET /v1/health HTTP/1.1\r\n" + HOST + "\r\n").repeat(100);
    String put = "PUT /v1/blobs/" + ANY + "/metadata HTTP/1.1\r\n" + HOST;
    for (String length : List.of("" + hidden.length(), "9000000000", "0" + hidden.length())) {
      try (Socket socket = connect()) {
        write(socket, put + "Content-Length: " + length + "\r\n\r\n" + hidden);
        socket.shutdownOutput();
        String answers = rest(socket);
        refused(answers);
        assertFalse(answers.contains("HTTP/1.1 200"), answers);
      }
    }
  }

  /** Requests without end, and nobody who reads the answers. */
  @Test
  void pipelinedRequestsWhoseAnswersNobodyReads() throws Exception {
    byte[] requests =
        ("GET /v1/api HTTP/1.1\r\n" + HOST + "\r\n").repeat(1000).getBytes(ISO_8859_1);
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), member.node.address().getPort());
    List<SocketChannel> channels = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        SocketChannel channel = SocketChannel.open(address);
        channels.add(channel);
        channel.configureBlocking(false);
        int sent = 1;
        for (int j = 0; j < 100 && sent > 0; j++) { // until neither side has room for more
          sent = channel.write(ByteBuffer.wrap(requests));
        }
      }
      assertEquals(1, network.client(member).health(false).epoch());
    } finally {
      for (SocketChannel channel : channels) {
        channel.close();
      }
    }
  }

  /** A byte now and then keeps no connection open. */
  @Test
  void headersThatDripAreCutOff() throws Exception {
    try (Socket socket = connect()) {
      write(socket, "GET /v1/health HTTP/1.1\r\n");
      InputStream in = socket.getInputStream();
      Thread drip = dripping(socket, "X");
      assertEquals(-1, in.read());
      drip.interrupt();
      drip.join();
    }
  }

  @Test
  void bodiesThatDripAreCutOff() throws Exception {
    try (Socket socket = connect()) {
      write(
          socket,
          "PUT /v1/blobs/" + ANY + "/metadata HTTP/1.1\r\n" + HOST + "Content-Length: 600\r\n\r\n");
      Thread drip = dripping(socket, "a");
      refused(rest(socket));
      drip.interrupt();
      drip.join();
    }
  }

  private static Thread dripping(Socket socket, String bytes) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  write(socket, bytes);
                  Thread.sleep(20);
                }
              } catch (IOException | InterruptedException e) {
                // Cut off, as it should be.
              }
            });
  }

  /** Connections that say nothing do not keep others out. */
  @Test
  void manyThatSayNothing() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        silent.add(connect());
      }
      try (EncodedBlob encoded = network.encode(100, 1)) {
        assertEquals(
            StoredStatus.NONEXISTENT, network.client(member).metadataStatus(encoded.blobId()));
      }
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }
}
