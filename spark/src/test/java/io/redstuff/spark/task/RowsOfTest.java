package io.redstuff.spark.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Rows come input by input, and what one of these holds ends before the next begins. */
class RowsOfTest {
  @Test
  void whatAnInputHoldsEndsWithItsRows() {
    List<String> events = new ArrayList<>();
    RowsOf<Integer> rows =
        new RowsOf<>(
            List.of(2, 0, 1).iterator(),
            count -> {
              events.add("begin " + count);
              return new RowsOf.Made(
                  IntStream.range(0, count).<Row>mapToObj(RowFactory::create).iterator(),
                  () -> events.add("end " + count));
            });
    List<Integer> got = new ArrayList<>();
    rows.forEachRemaining(row -> got.add(row.getInt(0)));
    assertEquals(List.of(0, 1, 0), got);
    assertEquals(List.of("begin 2", "end 2", "begin 0", "end 0", "begin 1", "end 1"), events);
    assertFalse(rows.hasNext());
    assertThrows(NoSuchElementException.class, rows::next);
  }

  @Test
  void failuresEndTheTask() {
    IOException failure = new IOException("disk");
    RowsOf<Integer> rows =
        new RowsOf<>(
            List.of(1).iterator(),
            _ -> {
              throw failure;
            });
    assertSame(failure, assertThrows(UncheckedIOException.class, rows::hasNext).getCause());
    RowsOf<Integer> ending =
        new RowsOf<>(
            List.of(1).iterator(),
            _ ->
                new RowsOf.Made(
                    List.<Row>of().iterator(),
                    () -> {
                      throw new Exception("end");
                    }));
    assertEquals("end", assertThrows(TaskFailure.class, ending::hasNext).getCause().getMessage());
    InterruptedException interrupt = new InterruptedException();
    assertSame(interrupt, TaskFailure.of(interrupt).getCause());
    assertEquals(true, Thread.interrupted());
  }
}
