package io.redstuff.network.local;

import io.redstuff.network.ledger.remote.RemoteLedger;
import io.redstuff.store.Durability;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** Runs a node in a process of its own, until its standard input ends. */
final class NodeMain {
  /** What it says when it serves. */
  static final String READY = "ready";

  /**
   * What it is told, with a time behind it, to say whether it has all that it owes: {@code true} or
   * {@code false}, in that time.
   */
  static final String WHOLE = "whole ";

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
      BufferedReader commands =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      // Whoever started it ends the stream to stop it.
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        if (line.startsWith(WHOLE)) {
          Duration most = Duration.parse(line.substring(WHOLE.length()));
          System.out.println(node.awaitWhole(most));
        }
      }
    }
  }
}
