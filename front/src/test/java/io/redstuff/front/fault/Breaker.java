package io.redstuff.front.fault;

import io.redstuff.network.ledger.LedgerException;
import io.redstuff.network.ledger.SystemState;
import io.redstuff.network.ledger.object.EpochPhase;
import io.redstuff.network.ledger.object.StorageNode;
import io.redstuff.network.local.LocalNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Breaks nodes of as many shards as a network bears, lets it run so for a while, mends them, waits
 * until they have all they owe, and begins anew. Chance decides; who knows the seed can repeat it.
 */
final class Breaker {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int LONGEST_BREAK_MILLIS = 3_000;

  /** As many epochs may end before what is stored for fifty of them does. */
  private static final int MOST_EPOCHS = 40;

  private final LocalNetwork network;
  private final Random random;
  private final Tally tally;

  /** What is done to a node. */
  private enum Fault {
    STOPPED,
    KILLED,
    EMPTIED,
    CORRUPTED
  }

  Breaker(LocalNetwork network, Random random, Tally tally) {
    this.network = network;
    this.random = random;
    this.tally = tally;
  }

  /** Breaks and mends once. */
  void round() throws IOException, LedgerException, InterruptedException {
    List<String> broken = chosen();
    for (String node : broken) {
      Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
      tally.add("node " + fault.name().toLowerCase(Locale.ROOT));
      breakNode(node, fault);
    }
    // Others go on meanwhile; how long is part of what is tried.
    Thread.sleep(random.nextInt(LONGEST_BREAK_MILLIS));
    mend();
    if (random.nextInt(5) == 0 && tally.of("epoch begun") < MOST_EPOCHS) {
      nextEpoch();
    }
  }

  /** Returns nodes by chance, with no more shards than a third of them all. */
  private List<String> chosen() {
    SystemState system = network.ledger().system();
    int left = (system.shards() - 1) / 3;
    List<StorageNode> nodes = new ArrayList<>(network.ledger().nodes());
    Collections.shuffle(nodes, random);
    List<String> chosen = new ArrayList<>();
    for (StorageNode node : nodes) {
      int shards = system.committee().weight(node.id());
      if (shards <= left && (chosen.isEmpty() || random.nextInt(3) > 0)) {
        left -= shards;
        chosen.add(node.info().name());
      }
    }
    return chosen;
  }

  private void breakNode(String node, Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case STOPPED -> network.stopNode(node, false);
      case KILLED -> network.killNode(node);
      case EMPTIED -> network.stopNode(node, true);
      case CORRUPTED -> network.corruptNode(node, 1 + random.nextInt(50));
    }
  }

  /** Starts all nodes, and waits until each has all that it owes. */
  void mend() throws IOException, InterruptedException {
    List<String> nodes =
        network.ledger().nodes().stream().map(node -> node.info().name()).sorted().toList();
    for (String node : nodes) {
      network.startNode(node);
    }
    for (String node : nodes) {
      if (!network.awaitWhole(node, PATIENCE)) {
        throw new AssertionError(node + ": does not get what it owes");
      }
    }
    tally.add("all nodes whole again");
  }

  private void nextEpoch() throws LedgerException, InterruptedException {
    if (network.nextEpoch(PATIENCE).phase() instanceof EpochPhase.Sync) {
      throw new AssertionError("an epoch: nodes do not get their shards");
    }
    tally.add("epoch begun");
  }
}
