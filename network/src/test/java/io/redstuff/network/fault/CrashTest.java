package io.redstuff.network.fault;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.BlobId;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.chain.BlobStanding;
import io.redstuff.codec.RedStuff;
import io.redstuff.network.ledger.Supply;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkHome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything is killed (SIGKILL) at random points while blobs are stored: ledger, nodes and the
 * client, which are one process, or in each tenth round a process each. What the client had said to
 * be certified is read back equal each time, so is what the ledger says to be certified, and all
 * FROST are still there. How often says the property {@code redstuff.kills}; which points, {@code
 * redstuff.seed}.
 */
class CrashTest {
  private static final int KILLS = Integer.getInteger("redstuff.kills", 3);
  private static final long SEED = Long.getLong("redstuff.seed", new Random().nextLong());
  private static final int PROCESSES_EACH = 10;
  private static final int NODES = 4;
  private static final int SHARDS = 10;
  private static final RedStuff CODEC = RedStuff.forShards(SHARDS);

  /** So many stores go on until it is killed, at most, and so long after the last of them. */
  private static final int MOST_STORES = 12;

  private static final int MOST_MILLIS = 60;

  @TempDir private Path directory;

  /** What was begun, which may be certified though nobody has said so. */
  private final Set<Long> begun = new TreeSet<>();

  private final Set<Long> certified = new TreeSet<>();
  private long readBack;

  private void take(String line) {
    if (line.startsWith(NetworkMain.BEGUN)) {
      begun.add(Long.parseLong(line.substring(NetworkMain.BEGUN.length())));
    } else if (line.startsWith(NetworkMain.CERTIFIED)) {
      certified.add(Long.parseLong(line.substring(NetworkMain.CERTIFIED.length())));
    } else {
      throw new AssertionError("the network says: " + line);
    }
  }

  @Test
  void nothingCertifiedIsLost() throws Exception {
    System.out.printf("%s kills, seed %s%n", KILLS, SEED);
    Random random = new Random(SEED);
    NetworkHome home = new NetworkHome(directory.resolve("net"));
    Set<Long> unread = new TreeSet<>();
    for (int round = 1; round <= KILLS; round++) {
      LocalNetwork.Mode mode =
          round % PROCESSES_EACH == 0 ? LocalNetwork.Mode.PROCESSES : LocalNetwork.Mode.ONE_JVM;
      NetworkProcess.Plan plan = new NetworkProcess.Plan(home, mode, NODES, SHARDS);
      long first = begun.size();
      try (NetworkProcess network = NetworkProcess.start(plan.command("" + first))) {
        // It stores already.
        check(home, unread);
        unread.clear();
        int known = certified.size();
        int stores = 1 + random.nextInt(MOST_STORES);
        while (certified.size() < known + stores) {
          take(network.line());
        }
        Thread.sleep(random.nextInt(MOST_MILLIS));
        killed(network.kill());
      }
      begun.stream().filter(number -> number >= first).forEach(unread::add);
    }
    NetworkProcess.Plan plan =
        new NetworkProcess.Plan(home, LocalNetwork.Mode.ONE_JVM, NODES, SHARDS);
    try (NetworkProcess network = NetworkProcess.start(plan.command())) {
      readBack = 0;
      check(home, begun);
      try (RunningNetwork running = RunningNetwork.of(home)) {
        for (long number : begun) {
          BlobId id = CODEC.blobId(NetworkMain.blob(number));
          if (running.ledger().blob(id).isAvailable()) {
            running.awaitAllSlivers(id);
          }
        }
      }
      network.stop();
    }
    System.out.printf(
        "%s stores begun, %s said to be certified, %s certified and read back%n",
        begun.size(), certified.size(), readBack);
    assertTrue(readBack >= certified.size());
  }

  /**
   * What it had said when it was killed; the last line may be a part of one, which says nothing.
   */
  private void killed(List<String> said) {
    for (int i = 0; i < said.size(); i++) {
      String line = said.get(i);
      if (i < said.size() - 1 || line.matches("(begun|certified) \\d+")) {
        take(line);
      }
    }
  }

  private void check(NetworkHome home, Set<Long> numbers) throws IOException, InterruptedException {
    try (RunningNetwork running = RunningNetwork.of(home);
        WalrusClient client = running.client()) {
      for (long number : numbers) {
        byte[] blob = NetworkMain.blob(number);
        BlobId id = CODEC.blobId(blob);
        BlobStanding standing = client.standing(id);
        if (certified.contains(number)) {
          assertEquals(BlobStanding.CERTIFIED, standing, () -> "blob " + number);
        }
        if (standing == BlobStanding.CERTIFIED) {
          assertArrayEquals(blob, client.read(id));
          readBack++;
        }
      }
      Supply supply = running.ledger().supply();
      // No part of it can be negative: amounts that are cannot be read.
      assertEquals(supply.initial(), supply.sum());
      assertFalse(supply.accounts().value() < 0);
    }
  }
}
