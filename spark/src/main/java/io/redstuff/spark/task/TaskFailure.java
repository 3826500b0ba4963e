package io.redstuff.spark.task;

import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;

/** What ends a task, and is tried again by Spark: not the data's fault but the executor's. */
public final class TaskFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  private TaskFailure(Exception cause) {
    super(cause);
  }

  /**
   * {@return an exception that needs no declaring}
   *
   * @param e what happened
   */
  public static RuntimeException of(Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return switch (e) {
      case RuntimeException unchecked -> unchecked;
      case IOException io -> new UncheckedIOException(io);
      default -> new TaskFailure(e);
    };
  }
}
