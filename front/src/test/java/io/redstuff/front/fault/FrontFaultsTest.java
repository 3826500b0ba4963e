package io.redstuff.front.fault;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.front.FrontDoor;
import io.redstuff.front.FrontDoorConfig;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.local.NetworkPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Blobs are stored and read by HTTP while nodes are stopped, killed, emptied and corrupted by
 * chance, as many at a time as the network bears, and epochs end. Whatever was certified is there
 * at each moment, and each answer is right or an error that a daemon may give then. For how long
 * says the property {@code redstuff.seconds}, and {@code redstuff.mode} whether nodes are
 * processes.
 */
class FrontFaultsTest {
  private static final long SECONDS = Long.getLong("redstuff.seconds", 10);
  private static final LocalNetwork.Mode MODE =
      LocalNetwork.Mode.valueOf(System.getProperty("redstuff.mode", "ONE_JVM"));
  private static final long SEED =
      Long.getLong("redstuff.seed", new Random().nextLong(1_000_000_000));
  private static final NetworkPlan PLAN = NetworkPlan.DEFAULT.ofSize(7, 22);
  private static final int WRITERS = 2;
  private static final int READERS = 2;

  @TempDir private Path directory;

  private final Tally tally = new Tally();
  private final AtomicBoolean isOver = new AtomicBoolean();

  /** Something that is done again and again. */
  @FunctionalInterface
  private interface Step {
    void take(Random random) throws Exception;
  }

  private Callable<Void> repeated(long seed, Step step) {
    return () -> {
      Random random = new Random(seed);
      try {
        while (!isOver.get()) {
          step.take(random);
        }
        return null;
      } finally {
        isOver.set(true); // Whatever fails ends the others.
      }
    };
  }

  @Test
  void nothingThatIsCertifiedIsLost() throws Exception {
    System.out.printf("seed %s, %s s, %s, %s%n", SEED, SECONDS, MODE, PLAN);
    NetworkHome home = new NetworkHome(directory.resolve("net"));
    try (LocalNetwork network = LocalNetwork.open(home, PLAN, MODE);
        FrontDoor door = FrontDoor.start(network, FrontDoorConfig.DEFAULT.withPort(0));
        Traffic traffic = new Traffic(door.address(), tally)) {
      Breaker breaker = new Breaker(network, new Random(SEED), tally);
      List<Callable<Void>> parties = new ArrayList<>();
      long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
      parties.add(
          repeated(
              SEED,
              _ -> {
                breaker.round();
                if (System.nanoTime() >= end) {
                  isOver.set(true);
                }
              }));
      for (int i = 1; i <= WRITERS; i++) {
        parties.add(repeated(SEED + i, traffic::store));
      }
      for (int i = 1; i <= READERS; i++) {
        parties.add(repeated(SEED - i, traffic::readOne));
      }
      runAll(parties);
      breaker.mend();
      List<KeptFile> kept = traffic.kept();
      for (KeptFile file : kept) {
        assertTrue(traffic.read(file), file + ": all nodes are whole, and it is not read");
      }
      System.out.printf("seed %s: %s files are there at the end%n%s", SEED, kept.size(), tally);
      assertTrue(kept.size() > 0);
    } catch (AssertionError | Exception e) {
      throw new AssertionError("seed " + SEED + ": " + e.getMessage() + "\n" + tally, e);
    }
  }

  private static void runAll(List<Callable<Void>> parties) throws Exception {
    try (ExecutorService threads =
        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      for (Future<Void> party : threads.invokeAll(parties)) {
        try {
          party.get();
        } catch (ExecutionException e) {
          throw new AssertionError(String.valueOf(e.getCause()), e.getCause());
        }
      }
    }
  }
}
