package io.redstuff.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** What one connection has given back no other one gets: somebody may still write to it. */
class ConnectorsTest {
  private static byte[] memory(ServerConnector connector) {
    RetainableByteBuffer buffer = connector.getByteBufferPool().acquire(8192, false);
    try {
      return buffer.getByteBuffer().array();
    } finally {
      buffer.release();
    }
  }

  @Test
  void memoryIsNotUsedTwice() {
    ServerConnector connector =
        Connectors.of(new Server(), new HttpConnectionFactory(new HttpConfiguration()));
    assertNotSame(memory(connector), memory(connector));
  }

  @Test
  void memoryIsOnTheHeap() {
    HttpConfiguration http = new HttpConfiguration();
    ServerConnector connector = Connectors.of(new Server(), new HttpConnectionFactory(http));
    assertFalse(http.isUseInputDirectByteBuffers());
    assertFalse(http.isUseOutputDirectByteBuffers());
    assertEquals("HTTP/1.1", connector.getDefaultProtocol());
  }
}
