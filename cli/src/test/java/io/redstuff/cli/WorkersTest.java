package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkersTest {

  private static final List<Integer> ITEMS = IntStream.range(0, 1000).boxed().toList();

  /** Maps the items with {@code most} threads; gives those that worked. */
  private static Set<Thread> threads(int most) {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    List<Integer> squares =
        Workers.map(
            most,
            ITEMS,
            Progress.NONE.start("", -1, ""),
            arena -> {
              MemorySegment own = arena.allocate(Integer.BYTES); // of this thread alone
              return i -> {
                seen.add(Thread.currentThread());
                own.fill(i.byteValue());
                return i * i;
              };
            });
    assertEquals(ITEMS.stream().map(i -> i * i).toList(), squares);
    return seen;
  }

  @Test
  void oneWorkerIsTheCallingThread() {
    assertEquals(Set.of(Thread.currentThread()), threads(1));
  }

  @Test
  void noMoreThreadsThanWantedWork() {
    for (int most = 2; most < 5; most++) {
      int seen = threads(most).size();
      assertTrue(seen <= most, seen + " of " + most);
    }
  }
}
