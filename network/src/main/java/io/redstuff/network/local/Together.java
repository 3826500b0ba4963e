package io.redstuff.network.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at a time, each on a virtual thread. */
final class Together {
  private Together() {}

  /**
   * Does all, and returns what came of each, in their order; throws what the first of them threw
   * that failed, when all are over.
   */
  static <T> List<T> all(List<Callable<T>> tasks) throws IOException, InterruptedException {
    List<T> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> done : threads.invokeAll(tasks)) {
        try {
          results.add(done.get());
        } catch (ExecutionException e) {
          switch (e.getCause()) {
            case IOException failed -> throw failed;
            case InterruptedException interrupted -> throw interrupted;
            default -> throw new IOException(String.valueOf(e.getCause()), e.getCause());
          }
        }
      }
    }
    return results;
  }
}
