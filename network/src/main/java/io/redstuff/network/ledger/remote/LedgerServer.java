package io.redstuff.network.ledger.remote;

import io.redstuff.network.http.LoopbackServer;
import io.redstuff.network.ledger.Ledger;
import java.io.IOException;
import java.net.URI;

/**
 * Lets other processes of this machine use a ledger, by HTTP on the loopback address with bodies in
 * BCS; {@link RemoteLedger} is the other end. Nobody has to show who it is: transactions are
 * signed, and everybody may read.
 *
 * @since 0.1.0
 */
public final class LedgerServer implements AutoCloseable {
  private final LoopbackServer server;

  private LedgerServer(LoopbackServer server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param ledger the ledger, which stays open when the server ends
   * @param port where to listen; 0 for any that is free
   * @return the server
   * @throws IOException if it cannot listen there
   */
  public static LedgerServer start(Ledger ledger, int port) throws IOException {
    return new LedgerServer(
        LoopbackServer.start(port, LedgerService.MOST_BYTES, new LedgerService(ledger)));
  }

  /** {@return where it listens, for {@link RemoteLedger#connect}} */
  public URI address() {
    return server.address();
  }

  /** Ends it; who waits for an answer gets none. */
  @Override
  public void close() {
    server.close();
  }
}
