package io.redstuff.network.local;

import io.redstuff.network.ledger.remote.RemoteLedger;
import io.redstuff.store.Durability;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** Runs a node in a process of its own, until its standard input ends. */
final class NodeMain {
  /** What it says when it serves. */
  static final String READY = "ready";

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private NodeMain() {}

  /**
   * Runs the node.
   *
   * @param args the directory of the node, the address of the ledger, and how durable is what it
   *     keeps
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    NodeHome home = new NodeHome(Path.of(args[0]));
    try (RemoteLedger ledger = RemoteLedger.connect(URI.create(args[1]), PATIENCE);
        NodeInThisJvm node = new NodeInThisJvm(home, ledger, Durability.valueOf(args[2]))) {
      node.start();
      System.out.println(READY);
      System.out.flush();
      while (System.in.read() >= 0) {
        // Whoever started it says nothing, and ends the stream to stop it.
      }
    }
  }
}
