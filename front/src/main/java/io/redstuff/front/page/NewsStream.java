package io.redstuff.front.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;

/**
 * Writes what happens to one reader, as server-sent events: each has an id, with which a reader
 * that was cut off goes on. What it writes next it takes from what all readers share, so that one
 * who reads nothing takes no memory.
 */
final class NewsStream {
  static final String TYPE = "text/event-stream; charset=utf-8";

  /** Tells a reader that something was left out, and to ask for everything anew. */
  private static final String GAP = "gap";

  private static final long HEARTBEAT_MILLIS = 15_000;

  private final News news;

  /** Numbers begin anew with each start, and ids must not. */
  private final String start = UUID.randomUUID().toString().substring(0, 8);

  NewsStream(News news) {
    this.news = news;
  }

  /**
   * Writes until the reader goes away or there is nothing more.
   *
   * @param lastEventId the last that the reader has seen; null if it has seen nothing
   */
  void write(String lastEventId, OutputStream out) throws IOException, InterruptedException {
    long next = from(lastEventId);
    boolean isGap = lastEventId != null && next < 0;
    next = next < 0 ? news.first() : next;
    out.write("retry: 1000\n\n".getBytes(UTF_8));
    out.flush();
    boolean isClosed = false;
    while (!isClosed) {
      News.Batch batch = news.await(next, HEARTBEAT_MILLIS);
      StringBuilder text = new StringBuilder();
      if (isGap || batch.isGap()) {
        text.append("id: ").append(id(batch.first()));
        text.append("\nevent: ").append(GAP).append("\ndata: {}\n\n");
        isGap = false;
      }
      long number = batch.first();
      for (NewsItem item : batch.items()) {
        text.append("id: ").append(id(++number)).append("\ndata: ");
        text.append(PageAnswer.line(item)).append("\n\n");
      }
      if (text.isEmpty()) {
        text.append(":\n\n"); // shows whether the reader is still there
      }
      out.write(text.toString().getBytes(UTF_8));
      out.flush();
      next = batch.next();
      isClosed = batch.isClosed();
    }
  }

  /** Returns the id behind which the item with a number comes. */
  private String id(long number) {
    return start + "-" + number;
  }

  /** Returns the number of the next item; -1 if an id is not of this start. */
  private long from(String lastEventId) {
    if (lastEventId == null || !lastEventId.matches(start + "-\\d{1,18}")) {
      return -1;
    }
    long number = Long.parseLong(lastEventId.substring(start.length() + 1));
    return number <= news.next() ? number : -1;
  }
}
