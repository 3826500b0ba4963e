package io.redstuff.internal.work;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What the threads of a {@link WorkCrew} work with, one each: made when it is first needed, then
 * kept.
 *
 * <p>It lives in the arena that is given, if all threads may use that. If not, only the calling
 * thread's does, and the others' is freed some time after it is no longer reachable.
 *
 * @param <W> what one thread works with
 */
public final class Workers<W> {
  /**
   * What is to be done.
   *
   * @param <W> what one thread works with
   */
  @FunctionalInterface
  public interface Work<W> {
    /** Does one task with a worker that does no other meanwhile. */
    void run(W worker, int task);
  }

  private final int most;
  private final Arena arena;
  private final Function<Arena, W> factory;
  private final List<W> workers = new ArrayList<>();

  /** At most so many workers, 1 for the calling thread alone. */
  public Workers(int most, Arena arena, Function<Arena, W> factory) {
    this.most = most;
    this.arena = arena;
    this.factory = factory;
  }

  /** Returns how many threads may work. */
  public int most() {
    return most;
  }

  /** Returns the calling thread's. */
  public W first() {
    make(1);
    return workers.getFirst();
  }

  /** Does all tasks, each once; the first is the calling thread's. See {@link WorkCrew#run}. */
  public void run(int threads, int tasks, Work<W> work) {
    make(Math.min(threads, tasks));
    WorkCrew.run(threads, tasks, (worker, task) -> work.run(workers.get(worker), task));
  }

  private void make(int count) {
    while (workers.size() < count) {
      workers.add(factory.apply(workers.isEmpty() ? arena : WorkCrew.sharedArena(arena)));
    }
  }
}
