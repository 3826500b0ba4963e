package io.redstuff.daemon;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A blob that is longer than the daemon's share of the heap goes through it both ways. */
@Tag("large")
class LargeBlobTest extends DaemonTestBase {
  private static final long LENGTH = 200L << 20;

  @Override
  DaemonConfig config() {
    return DaemonConfig.of(spool()).withBytes(LENGTH, 0, LENGTH, 1 << 20);
  }

  /** So many random bytes, without ever holding more than a few. */
  private static InputStream random(long length) {
    Random random = new Random(1);
    return new InputStream() {
      private long left = length;

      @Override
      public int read() throws IOException {
        throw new IOException("got one byte to read, expected more");
      }

      @Override
      public int read(byte[] bytes, int offset, int count) {
        if (left == 0) {
          return -1;
        }
        int read = (int) Math.min(left, Math.min(count, 8192));
        byte[] some = new byte[8192];
        random.nextBytes(some);
        System.arraycopy(some, 0, bytes, offset, read);
        left -= read;
        return read;
      }
    };
  }

  private static String digest(InputStream in) throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    try (DigestInputStream digesting = new DigestInputStream(in, sha)) {
      digesting.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  @Test
  void goesThroughBothWays() throws Exception {
    String expected = digest(random(LENGTH));
    HttpResponse<byte[]> stored =
        send(
            request("/v1/blobs")
                .PUT(
                    BodyPublishers.fromPublisher(
                        BodyPublishers.ofInputStream(() -> random(LENGTH)), LENGTH)));
    assertEquals(200, stored.statusCode(), () -> new String(stored.body(), UTF));
    String id = json(stored).at("/newlyCreated/blobObject/blobId").stringValue();
    HttpResponse<InputStream> answer =
        http.send(request("/v1/blobs/" + id).build(), BodyHandlers.ofInputStream());
    assertEquals(expected, digest(answer.body()));
    assertEquals(Long.toString(LENGTH), header(answer, "content-length"));
    while (daemon.temporaryBytes() > 0) {
      Thread.sleep(1);
    }
    assertNothingLeft();
  }
}
