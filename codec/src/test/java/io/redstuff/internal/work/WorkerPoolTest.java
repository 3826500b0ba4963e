package io.redstuff.internal.work;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {
  private static final class Worker {
    final AtomicBoolean busy = new AtomicBoolean();

    /** Without synchronization: the pool has to hand it over. */
    int uses;
  }

  @Test
  void anIdleWorkerIsTakenAgain() {
    WorkerPool<Worker> pool = new WorkerPool<>(Worker::new);
    Worker first = pool.take();
    assertNotSame(first, pool.take());
    pool.giveBack(first);
    assertSame(first, pool.take());
    assertNotSame(first, pool.take());
  }

  @Test
  void keepsOneForEachProcessor() {
    int processors = Runtime.getRuntime().availableProcessors();
    AtomicInteger made = new AtomicInteger();
    WorkerPool<Worker> pool =
        new WorkerPool<>(
            () -> {
              made.incrementAndGet();
              return new Worker();
            });
    List<Worker> taken = new ArrayList<>();
    for (int i = 0; i < processors + 3; i++) {
      taken.add(pool.take());
    }
    assertEquals(processors + 3, made.get());
    taken.forEach(pool::giveBack);
    for (int i = 0; i < processors + 1; i++) {
      pool.take();
    }
    assertEquals(processors + 4, made.get());
    assertEquals(processors + 3, taken.size()); // reachable until here
  }

  @Test
  void noTwoThreadsHaveTheSame() throws Exception {
    WorkerPool<Worker> pool = new WorkerPool<>(Worker::new);
    int threads = 8;
    int rounds = 20_000;
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      Callable<Boolean> task =
          () -> {
            boolean alone = true;
            for (int i = 0; i < rounds; i++) {
              Worker worker = pool.take();
              alone &= worker.busy.compareAndSet(false, true);
              int uses = worker.uses;
              Thread.onSpinWait();
              worker.uses = uses + 1;
              alone &= worker.uses == uses + 1;
              worker.busy.set(false);
              pool.giveBack(worker);
            }
            return alone;
          };
      List<Future<Boolean>> results = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        results.add(executor.submit(task));
      }
      for (Future<Boolean> result : results) {
        assertTrue(result.get());
      }
    }
  }

  /** The place of a worker that the garbage collector took is free. */
  @Test
  void aCollectedWorkerLeavesItsPlace() {
    WorkerPool<Worker> pool = new WorkerPool<>(Worker::new);
    for (WeakReference<Worker> gone : fill(pool)) {
      while (!gone.refersTo(null)) {
        System.gc();
      }
    }
    Worker worker = new Worker();
    pool.giveBack(worker);
    assertSame(worker, pool.take());
  }

  private static List<WeakReference<Worker>> fill(WorkerPool<Worker> pool) {
    List<WeakReference<Worker>> given = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      Worker worker = new Worker();
      pool.giveBack(worker);
      given.add(new WeakReference<>(worker));
    }
    return given;
  }
}
