package io.redstuff.cli;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Spreads pieces of work of one kind over several threads. */
final class Workers {

  private Workers() {}

  /**
   * Works on each of {@code items} and gives the results in their order.
   *
   * @param most how many threads may work, the calling one included
   * @param worker makes what one thread works with, which may keep tables and memory in the arena;
   *     that ends with the last item
   */
  static <T, R> List<R> map(
      int most, List<T> items, Progress progress, Function<Arena, Function<T, R>> worker) {
    AtomicReferenceArray<R> results = new AtomicReferenceArray<>(items.size());
    AtomicInteger next = new AtomicInteger();
    int workers = Math.min(most, items.size());
    IntStream.range(0, workers)
        .parallel()
        .forEach(
            _ -> {
              try (Arena arena = Arena.ofConfined()) {
                Function<T, R> work = worker.apply(arena);
                for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                  results.set(i, work.apply(items.get(i)));
                  progress.step(1);
                }
              }
            });
    return IntStream.range(0, items.size()).mapToObj(results::get).toList();
  }
}
