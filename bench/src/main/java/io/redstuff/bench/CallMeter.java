package io.redstuff.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.Predicate;

/**
 * Measures what a call costs the calling thread at its best: the least processor time and the
 * fewest bytes allocated, over rounds of many calls. The least, because other work on the machine
 * only ever adds. All times are those of the thread on a processor: on a busy machine the JVM needs
 * as many calls, and as much work on compiling them, as on an idle one.
 */
final class CallMeter {
  private static final long ROUND_NANOS = 1_000_000;
  private static final long WINDOW_NANOS = 250_000_000;

  /** Windows before the first verdict: what the JVM compiles first is not what it ends up with. */
  private static final int WARM_UP_WINDOWS = 4;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What a call costs: processor time, and bytes allocated on the heap, rounded up. */
  record Cost(double nanos, long allocatedBytes) {}

  /** Calls until the cost is good enough, which is asked after the warm-up, or patience ends. */
  Cost settle(Runnable call, Predicate<Cost> enough, long patienceNanos) {
    long start = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < WARM_UP_WINDOWS; i++) {
      now(call);
    }
    Cost cost = now(call);
    while (!enough.test(cost) && threads.getCurrentThreadCpuTime() - start < patienceNanos) {
      cost = now(call);
    }
    return cost;
  }

  /** Calls for a quarter of a second. */
  Cost now(Runnable call) {
    double nanos = Double.MAX_VALUE;
    long allocated = Long.MAX_VALUE;
    long calls = 1;
    long start = threads.getCurrentThreadCpuTime();
    while (threads.getCurrentThreadCpuTime() - start < WINDOW_NANOS) {
      long bytesBefore = threads.getCurrentThreadAllocatedBytes();
      long nanosBefore = threads.getCurrentThreadCpuTime();
      for (long i = 0; i < calls; i++) {
        call.run();
      }
      long spent = threads.getCurrentThreadCpuTime() - nanosBefore;
      long bytes = threads.getCurrentThreadAllocatedBytes() - bytesBefore;
      nanos = Math.min(nanos, (double) spent / calls);
      allocated = Math.min(allocated, Math.ceilDiv(bytes, calls));
      calls = Math.max(1, (long) (ROUND_NANOS / Math.max(nanos, 1)));
    }
    return new Cost(nanos, allocated);
  }
}
