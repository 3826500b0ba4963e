package io.redstuff.internal.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(600)
class WorkCrewTest {
  @ParameterizedTest
  @CsvSource({"1,0", "1,7", "2,0", "2,1", "2,1000", "3,2", "16,1000"})
  void everyTaskIsDoneOnceByAWorkerThatDoesOneAtATime(int workers, int tasks) {
    AtomicIntegerArray done = new AtomicIntegerArray(tasks);
    AtomicIntegerArray busy = new AtomicIntegerArray(workers);
    int[] plain = new int[tasks];
    WorkCrew.run(
        workers,
        tasks,
        (worker, task) -> {
          assertEquals(1, busy.incrementAndGet(worker));
          done.incrementAndGet(task);
          plain[task] = task + 1;
          busy.decrementAndGet(worker);
        });
    for (int task = 0; task < tasks; task++) {
      assertEquals(1, done.get(task));
      assertEquals(task + 1, plain[task]);
    }
  }

  @Test
  void workerZeroIsTheCallingThread() {
    Thread caller = Thread.currentThread();
    WorkCrew.run(
        4,
        200,
        (worker, task) -> {
          if (worker == 0) {
            assertSame(caller, Thread.currentThread());
          }
        });
    WorkCrew.run(1, 5, (worker, task) -> assertSame(caller, Thread.currentThread()));
  }

  @Test
  void aFailureReachesTheCallerAndEndsTheWork() {
    AtomicIntegerArray done = new AtomicIntegerArray(1);
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                WorkCrew.run(
                    2,
                    1_000_000,
                    (worker, task) -> {
                      if (task == 10) {
                        throw new IllegalStateException("task ten");
                      }
                      done.incrementAndGet(0);
                    }));
    assertTrue(thrown.toString().contains("task ten"), thrown::toString);
    assertTrue(done.get(0) < 1_000_000);
  }

  /** Memory that the work uses may be gone as soon as the caller has its exception. */
  @Test
  void noHelperWorksAfterTheCallerFailed() {
    Thread caller = Thread.currentThread();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch failed = new CountDownLatch(1);
    AtomicInteger helped = new AtomicInteger();
    AtomicBoolean finished = new AtomicBoolean();
    assertThrows(
        IllegalStateException.class,
        () ->
            WorkCrew.run(
                2,
                1000,
                (worker, task) -> {
                  if (worker == 0) {
                    await(begun);
                    failed.countDown();
                    throw new IllegalStateException("task " + task);
                  }
                  helped.incrementAndGet();
                  begun.countDown();
                  await(failed);
                  long limit = System.nanoTime() + 2_000_000_000L;
                  while (caller.getState() != Thread.State.WAITING && System.nanoTime() < limit) {
                    Thread.onSpinWait();
                  }
                  finished.set(true);
                }));
    assertTrue(finished.get());
    assertEquals(1, helped.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aBusyPoolDoesNotHoldUpTheCaller() throws InterruptedException {
    CountDownLatch release = new CountDownLatch(1);
    int pool = ForkJoinPool.getCommonPoolParallelism();
    CountDownLatch blocked = new CountDownLatch(pool);
    for (int i = 0; i < pool; i++) {
      ForkJoinPool.commonPool()
          .execute(
              () -> {
                blocked.countDown();
                try {
                  release.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
    }
    blocked.await();
    try {
      AtomicIntegerArray done = new AtomicIntegerArray(100);
      WorkCrew.run(8, 100, (worker, task) -> done.incrementAndGet(task));
      for (int task = 0; task < 100; task++) {
        assertEquals(1, done.get(task));
      }
    } finally {
      release.countDown();
    }
  }
}
