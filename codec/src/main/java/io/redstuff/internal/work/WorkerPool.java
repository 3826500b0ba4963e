package io.redstuff.internal.work;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Keeps workers for calls that come without one, so that each need not allocate and clear work
 * memory of its own.
 *
 * <p>There are as many as calls run at the same time; of those that lie idle it keeps one for each
 * processor at most, and these only until the garbage collector wants them. Workers must live in
 * automatic arenas: nobody closes them.
 *
 * <p>Thread-safe and without locks. What one thread did to a worker is seen by the thread that
 * takes it next.
 *
 * @param <T> the workers
 */
public final class WorkerPool<T> {
  private final Supplier<? extends T> factory;
  private final AtomicReferenceArray<WeakReference<T>> idle;

  /** An empty pool; the factory makes a worker when none is idle. */
  public WorkerPool(Supplier<? extends T> factory) {
    this.factory = factory;
    this.idle = new AtomicReferenceArray<>(Runtime.getRuntime().availableProcessors());
  }

  /**
   * Returns a worker for the caller alone, to be given back when nothing of its memory is in use.
   */
  public T take() {
    for (int i = 0; i < idle.length(); i++) {
      WeakReference<T> reference = idle.get(i);
      if (reference != null && idle.compareAndSet(i, reference, null)) {
        T worker = reference.get();
        if (worker != null) {
          return worker;
        }
      }
    }
    return factory.get();
  }

  /** Takes back a worker. One that there is no room for is left to the garbage collector. */
  public void giveBack(T worker) {
    WeakReference<T> reference = new WeakReference<>(worker);
    for (int i = 0; i < idle.length(); i++) {
      WeakReference<T> old = idle.get(i);
      if ((old == null || old.refersTo(null)) && idle.compareAndSet(i, old, reference)) {
        return;
      }
    }
  }
}
