package io.redstuff.spark.task;

import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * The rows that are made of each of many inputs, one input after the other and one row at a time.
 * What an input holds while its rows are taken ends with them, or with the task.
 *
 * @param <A> what the inputs are
 */
public final class RowsOf<A> implements Iterator<Row> {
  private final Iterator<? extends A> inputs;
  private final Maker<? super A> maker;
  private Iterator<Row> rows = Collections.emptyIterator();
  private Made open = Made.of(Collections.emptyIterator());

  /**
   * Makes the rows of an input.
   *
   * @param <A> what the inputs are
   */
  @FunctionalInterface
  public interface Maker<A> {
    /**
     * Begins with an input.
     *
     * @param input the input
     * @return its rows
     * @throws Exception if there are none, which ends the task
     */
    Made make(A input) throws Exception;
  }

  /**
   * Rows, and what they hold.
   *
   * @param rows the rows, each made when it is asked for
   * @param end ends what they hold
   */
  public record Made(Iterator<Row> rows, AutoCloseable end) {
    /**
     * {@return rows that hold nothing}
     *
     * @param rows the rows
     */
    public static Made of(Iterator<Row> rows) {
      return new Made(rows, () -> {});
    }
  }

  /**
   * The rows of some inputs.
   *
   * @param inputs asked for one by one
   * @param maker makes the rows of each
   */
  public RowsOf(Iterator<? extends A> inputs, Maker<? super A> maker) {
    this.inputs = inputs;
    this.maker = maker;
    TaskContext task = TaskContext.get();
    if (task != null) {
      task.addTaskCompletionListener((TaskCompletionListener) _ -> end());
    }
  }

  @Override
  public boolean hasNext() {
    while (!rows.hasNext()) {
      end();
      if (!inputs.hasNext()) {
        return false;
      }
      try {
        open = maker.make(inputs.next());
      } catch (Exception e) {
        throw TaskFailure.of(e);
      }
      rows = open.rows();
    }
    return true;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("rows: got all");
    }
    return rows.next();
  }

  private void end() {
    Made ending = open;
    open = Made.of(Collections.emptyIterator());
    rows = open.rows();
    try {
      ending.end().close();
    } catch (Exception e) {
      throw TaskFailure.of(e);
    }
  }
}
