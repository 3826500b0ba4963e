package io.redstuff.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RaceTest {
  private static final Duration SOON = Duration.ofMillis(30);
  private static final Duration NEVER = Duration.ofDays(1);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger begun = new AtomicInteger();
  private final CountDownLatch interrupted = new CountDownLatch(1);

  @AfterEach
  void close() {
    threads.shutdownNow();
  }

  private Callable<Integer> stuck() {
    return () -> {
      begun.incrementAndGet();
      try {
        new CountDownLatch(1).await();
        return 0;
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    };
  }

  private static Race.Goal<Integer> needs(int count) {
    return good -> Math.max(0, count - good.size());
  }

  @Test
  void noMoreAreAskedThanNeeded() throws Exception {
    Race<Integer> race = new Race<>(threads, 10, NEVER);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      tasks.add(begun::incrementAndGet);
    }
    assertTrue(race.run(tasks, true, needs(3)));
    assertEquals(3, begun.get());
    assertEquals(3, race.good().size());
  }

  @Test
  void whoFailsIsReplaced() throws Exception {
    Race<Integer> race = new Race<>(threads, 1, NEVER);
    Callable<Integer> bad =
        () -> {
          throw new IOException("no");
        };
    assertTrue(race.run(List.of(bad, bad, () -> 7), true, needs(1)));
    assertEquals(List.of(7), race.good());
    assertEquals(2, race.failures().size());
    assertFalse(new Race<Integer>(threads, 1, NEVER).run(List.of(bad), true, needs(1)));
  }

  @Test
  void whoIsLateIsReplacedAndThenInterrupted() throws Exception {
    Race<Integer> race = new Race<>(threads, 1, SOON);
    assertTrue(race.run(List.of(stuck(), stuck(), () -> 7), true, needs(1)));
    assertEquals(List.of(7), race.good());
    interrupted.await();
  }

  /** Four times as many are under way as are asked at once, and no more. */
  @Test
  void thereIsAnEndToReplacing() {
    Race<Integer> race = new Race<>(threads, 1, SOON);
    List<Callable<Integer>> tasks = Collections.nCopies(8, stuck());
    AtomicInteger looks = new AtomicInteger();
    assertThrows(
        ArithmeticException.class,
        () ->
            race.run(
                tasks,
                true,
                good -> {
                  if (begun.get() == 4 && looks.incrementAndGet() == 10) {
                    throw new ArithmeticException("seen enough");
                  }
                  return 1;
                }));
    assertEquals(4, begun.get());
  }

  @Test
  void theImpatientGiveUp() throws Exception {
    Race<Integer> race = new Race<>(threads, 2, SOON);
    assertFalse(race.run(List.of(stuck(), () -> 7), false, needs(2)));
    assertEquals(List.of(7), race.good());
  }

  @Test
  void mistakesAreNotSwallowed() {
    Race<Integer> race = new Race<>(threads, 1, NEVER);
    Callable<Integer> wrong =
        () -> {
          throw new IllegalArgumentException("mine");
        };
    assertThrows(IllegalArgumentException.class, () -> race.run(List.of(wrong), true, needs(1)));
  }
}
