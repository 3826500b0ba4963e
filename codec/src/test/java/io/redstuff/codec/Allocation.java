package io.redstuff.codec;

import java.lang.reflect.Method;

/**
 * Counts what the current thread allocates on the heap. By reflection, since the module under test
 * does not read the management modules.
 */
public final class Allocation {

  /** What to count the allocations of. */
  @FunctionalInterface
  public interface Action {

    /**
     * Does it.
     *
     * @throws Throwable whatever happens
     */
    void run() throws Throwable;
  }

  private Allocation() {}

  /** Returns how many bytes an action allocates once its classes are loaded. */
  public static long bytes(Action action) throws Throwable {
    Object bean =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method counter =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
    action.run();
    long before = (Long) counter.invoke(bean);
    action.run();
    return (Long) counter.invoke(bean) - before;
  }
}
