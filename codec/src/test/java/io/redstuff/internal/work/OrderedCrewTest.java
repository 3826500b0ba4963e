package io.redstuff.internal.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class OrderedCrewTest {

  private static Iterator<Integer> upTo(int limit) {
    return IntStream.range(0, limit).iterator();
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 50", "1, 9, 50", "2, 3, 500", "4, 100, 3000", "3, 7, 0", "3, 7, 1"})
  void resultsComeInOrderAndLittleIsAskedForAhead(int workers, int lookAhead, int items)
      throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    List<Integer> results = new ArrayList<>();
    Iterator<Integer> counted =
        IntStream.range(0, items).peek(_ -> asked.incrementAndGet()).iterator();
    Thread caller = Thread.currentThread();
    OrderedCrew.run(
        workers,
        lookAhead,
        counted,
        (worker, item) -> {
          assertEquals(worker == 0, Thread.currentThread().equals(caller));
          seen.add(Thread.currentThread());
          return item * item;
        },
        result -> {
          assertSame(caller, Thread.currentThread());
          results.add(result);
          assertTrue(asked.get() - results.size() <= lookAhead);
        });
    assertEquals(IntStream.range(0, items).map(i -> i * i).boxed().toList(), results);
    assertTrue(seen.size() <= workers);
  }

  @Test
  void allWorkersWorkAtATime() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(3);
    List<Boolean> results = new ArrayList<>();
    OrderedCrew.run(
        3,
        6,
        upTo(3),
        (_, _) -> {
          together.countDown();
          try {
            together.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return true;
        },
        results::add);
    assertEquals(List.of(true, true, true), results);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void aFailureComesInItsPlaceAndEndsTheWork(int workers) {
    List<Integer> results = new ArrayList<>();
    Error thrown =
        assertThrows(
            InternalError.class,
            () ->
                OrderedCrew.run(
                    workers,
                    8,
                    upTo(1_000_000),
                    (_, item) -> {
                      if (item == 10) {
                        throw new InternalError("item ten");
                      }
                      return item;
                    },
                    results::add));
    assertEquals("item ten", thrown.getMessage());
    assertEquals(IntStream.range(0, 10).boxed().toList(), results);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void nobodyWorksAfterTheConsumerThrew(int workers) throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    assertThrows(
        ArithmeticException.class,
        () ->
            OrderedCrew.run(
                workers,
                8,
                upTo(1_000_000),
                (_, item) -> {
                  begun.incrementAndGet();
                  Thread.onSpinWait();
                  ended.incrementAndGet();
                  return item;
                },
                result -> {
                  if (result == 100) {
                    throw new ArithmeticException();
                  }
                }));
    int worked = begun.get();
    assertEquals(worked, ended.get());
    assertTrue(worked <= 109, worked + " items");
    Thread.sleep(20);
    assertEquals(worked, begun.get());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void anInterruptEndsTheWork(int workers) {
    Thread caller = Thread.currentThread();
    List<Integer> results = new ArrayList<>();
    assertThrows(
        InterruptedException.class,
        () ->
            OrderedCrew.run(
                workers,
                8,
                upTo(1_000_000),
                (_, item) -> {
                  if (item == 30) {
                    caller.interrupt();
                  }
                  return item;
                },
                results::add));
    assertTrue(results.size() <= 38, results.size() + " results");
    assertFalse(Thread.interrupted());
  }

  @Test
  void helpersThatWaitForInputAreInterrupted() {
    CountDownLatch waiting = new CountDownLatch(1);
    AtomicBoolean interrupted = new AtomicBoolean();
    assertThrows(
        IllegalStateException.class,
        () ->
            OrderedCrew.run(
                2,
                8,
                IntStream.range(0, 8)
                    .boxed()
                    .peek(item -> endWhenWaiting(item, waiting))
                    .iterator(),
                (_, item) -> {
                  waiting.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.set(true);
                  }
                  return item;
                },
                result -> {
                  throw new AssertionError("no result was expected: " + result);
                }));
    assertTrue(interrupted.get());
  }

  /** Fails at the third item, when a helper is at one of the others. */
  private static void endWhenWaiting(int item, CountDownLatch waiting) {
    if (item < 2) {
      return;
    }
    try {
      waiting.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    throw new IllegalStateException("the caller gives up");
  }

  /** A helper that does not heed an interrupt is waited for, and the caller's own is kept. */
  @Test
  void anInterruptWhileHelpersEndIsNotLost() {
    Thread caller = Thread.currentThread();
    CountDownLatch waiting = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    assertThrows(
        IllegalStateException.class,
        () ->
            OrderedCrew.run(
                2,
                8,
                IntStream.range(0, 8)
                    .boxed()
                    .peek(item -> endWhenWaiting(item, waiting))
                    .iterator(),
                (_, item) -> {
                  waiting.countDown();
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    caller.interrupt();
                    while (caller.isInterrupted()) { // until it is noticed
                      Thread.onSpinWait();
                    }
                    ended.set(true);
                  }
                  return item;
                },
                _ -> {}));
    assertTrue(ended.get());
    assertTrue(Thread.interrupted());
  }

  @Test
  void anExceptionIsThrownAsItIs() {
    ArithmeticException thrown = new ArithmeticException("item two");
    assertSame(
        thrown,
        assertThrows(
            ArithmeticException.class,
            () ->
                OrderedCrew.run(
                    2,
                    3,
                    upTo(9),
                    (_, item) -> {
                      if (item == 2) {
                        throw thrown;
                      }
                      return item;
                    },
                    _ -> {})));
  }
}
