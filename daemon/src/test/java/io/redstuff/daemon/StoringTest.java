package io.redstuff.daemon;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Blobs are stored as the network's own publisher does. */
class StoringTest extends DaemonTestBase {
  @Test
  void storesAndReadsBack() throws Exception {
    byte[] blob = bytes(100_000);
    String id = stored(blob);
    HttpResponse<byte[]> answer = get("/v1/blobs/" + id);
    assertEquals(200, answer.statusCode());
    assertArrayEquals(blob, answer.body());
    assertNothingLeft();
  }
}
