package io.redstuff.http;

import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Makes connectors whose connections never get memory that was another's.
 *
 * <p>Jetty 12.1.14 answers what is no HTTP on another thread. When that has answered, it has a
 * third one go on with the connection ({@code HttpConnection.onFillable}), while the first may
 * still be there. So two of them can let go of one buffer, of which the second says {@code already
 * released} in the log; and one can fill a buffer that the other has given back to the pool, and
 * that is another connection's by then. Without a pool the first does no harm, the connection is to
 * end anyway, and the second cannot be.
 *
 * @since 0.1.0
 */
public final class Connectors {
  private Connectors() {}

  /**
   * Makes a connector.
   *
   * @param server whose it is; it has to be added there
   * @param factories what is spoken, the first one first
   * @return the connector, with one thread that accepts and one that selects
   */
  public static ServerConnector of(Server server, ConnectionFactory... factories) {
    for (ConnectionFactory factory : factories) {
      if (factory instanceof HttpConfiguration.ConnectionFactory http) {
        // Memory outside of the heap is too dear to be made for each request.
        http.getHttpConfiguration().setUseInputDirectByteBuffers(false);
        http.getHttpConfiguration().setUseOutputDirectByteBuffers(false);
      }
    }
    return new ServerConnector(server, null, null, ByteBufferPool.NON_POOLING, 1, 1, factories);
  }
}
