package io.redstuff.internal.work;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shares tasks between the calling thread and helpers from the JVM's common pool.
 *
 * <p>The calling thread works too, and does not wait for helpers that have not begun when nothing
 * is left to do. So a busy pool makes it slower but cannot make it stand still.
 */
public final class WorkCrew {
  /** What is to be done. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does one task. Worker 0 is the calling thread. One worker does one task at a time, so it can
     * own memory.
     */
    void run(int worker, int task);
  }

  /** One that may use what every thread may, and no more. */
  private static final Thread ANY_THREAD = Thread.ofPlatform().unstarted(() -> {});

  private final int tasks;
  private final Work work;

  /** The first one is the calling thread's, which so always has a part in the work. */
  private final AtomicInteger next = new AtomicInteger(1);

  private WorkCrew(int tasks, Work work) {
    this.tasks = tasks;
    this.work = work;
  }

  /**
   * Does all tasks, each once, in no certain order; the first is the calling thread's. What they
   * wrote is visible to the caller afterwards. At most {@code workers} work at a time, 1 for the
   * calling thread alone.
   */
  public static void run(int workers, int tasks, Work work) {
    WorkCrew crew = new WorkCrew(tasks, work);
    Helper[] helpers = new Helper[Math.clamp(tasks - 1, 0, workers - 1)];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper(crew, i + 1);
      ForkJoinPool.commonPool().execute(helpers[i]);
    }
    try {
      crew.drain(0, 0);
    } finally {
      crew.next.set(tasks); // after a failure nobody begins another task
      for (Helper helper : helpers) {
        helper.quietlyInvoke(); // if nobody has begun it, it finds nothing to do
        helper.quietlyJoin();
      }
    }
    for (Helper helper : helpers) {
      helper.join(); // throws what the helper threw
    }
  }

  /** Returns whether all threads may use memory; heap memory they may. */
  public static boolean isShared(MemorySegment memory) {
    return memory.isAccessibleBy(ANY_THREAD);
  }

  /**
   * Returns an arena whose memory all threads may use: the given one, or if it is not such, a new
   * one.
   */
  public static Arena sharedArena(Arena arena) {
    return isShared(arena.allocate(0)) ? arena : Arena.ofAuto();
  }

  private void drain(int worker, int first) {
    for (int task = first; task < tasks; task = next.getAndIncrement()) {
      work.run(worker, task);
    }
  }

  /** Works once, for the thread that comes first. */
  private static final class Helper extends ForkJoinTask<Void> {
    private static final long serialVersionUID = 1;

    private final transient WorkCrew crew;
    private final int worker;
    private final AtomicBoolean begun = new AtomicBoolean();

    Helper(WorkCrew crew, int worker) {
      this.crew = crew;
      this.worker = worker;
    }

    @Override
    protected boolean exec() {
      if (!begun.compareAndSet(false, true)) {
        return false; // done when the other thread is
      }
      try {
        crew.drain(worker, crew.next.getAndIncrement());
      } finally {
        crew.next.set(crew.tasks);
      }
      return true;
    }

    @Override
    public Void getRawResult() {
      return null;
    }

    @Override
    protected void setRawResult(Void value) {}
  }
}
