package io.redstuff.network.fault;

import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.network.ledger.AccountSession;
import io.redstuff.network.ledger.transaction.AccountKeyFile;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.local.NetworkPlan;
import io.redstuff.network.node.testing.TestNetwork;
import io.redstuff.network.registry.LedgerRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network in a process of its own, and if wanted a client in it that stores one blob after the
 * other, until its standard input ends or it is killed. What it says of a blob it says when that
 * has happened.
 */
final class NetworkMain {
  static final String READY = "ready";
  static final String BEGUN = "begun ";
  static final String CERTIFIED = "certified ";

  private static final StoreOptions OPTIONS = new StoreOptions(5, false);
  private static final int LONGEST = 30_000;
  private static final int STORES_AT_ONCE = 4;

  private NetworkMain() {}

  /** Returns the blob with a number. */
  static byte[] blob(long number) {
    return TestNetwork.bytes((int) (1 + number * 7919 % LONGEST), number);
  }

  /**
   * Runs the network.
   *
   * @param args its directory, the mode, nodes, shards, and the number of the first blob to store
   *     if any
   */
  public static void main(String[] args) throws Exception {
    NetworkHome home = new NetworkHome(Path.of(args[0]));
    NetworkPlan plan =
        NetworkPlan.DEFAULT.ofSize(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    try (LocalNetwork network = LocalNetwork.open(home, plan, LocalNetwork.Mode.valueOf(args[1]))) {
      AccountSession account =
          new AccountSession(network.ledger(), AccountKeyFile.read(home.clientKey()));
      try (WalrusClient client =
          WalrusClient.of(
              new LedgerRegistry(network.ledger(), account, BlsEngine.preferred()),
              TransferSettings.defaults())) {
        System.out.println(READY);
        if (args.length > 4) {
          AtomicLong next = new AtomicLong(Long.parseLong(args[4]));
          for (int i = 0; i < STORES_AT_ONCE; i++) {
            Thread.ofPlatform().daemon().start(() -> store(client, next, System.out));
          }
        }
        while (System.in.read() >= 0) {
          // Whoever has started it says nothing.
        }
      }
    }
  }

  private static void store(WalrusClient client, AtomicLong next, PrintStream out) {
    try {
      while (true) {
        long number = next.getAndIncrement();
        out.println(BEGUN + number);
        client.store(blob(number), OPTIONS);
        out.println(CERTIFIED + number);
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      out.println("failed: " + e);
    }
  }
}
