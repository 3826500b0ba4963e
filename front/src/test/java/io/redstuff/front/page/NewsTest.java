package io.redstuff.front.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What has happened, for readers that come late, are slow, or were cut off. */
class NewsTest {
  private static final long LONG = 3_600_000;

  private static NewsItem item(String text) {
    return NewsItem.ofNetwork("2026-01-01T00:00:00Z", "test", text);
  }

  private static List<String> texts(News.Batch batch) {
    return batch.items().stream().map(NewsItem::text).toList();
  }

  @Test
  void keepsTheLatestAndSaysWhatItDoesNotKeep() throws Exception {
    try (News news = new News(3)) {
      for (int i = 0; i < 5; i++) {
        news.publish(item("n" + i));
      }
      assertEquals(2, news.first());
      assertEquals(5, news.next());
      News.Batch late = news.await(0, LONG);
      assertTrue(late.isGap());
      assertEquals(List.of("n2", "n3", "n4"), texts(late));
      assertEquals(5, late.next());
      News.Batch timely = news.await(4, LONG);
      assertFalse(timely.isGap());
      assertEquals(List.of("n4"), texts(timely));
      News.Batch nothing = news.await(5, 1);
      assertEquals(List.of(), nothing.items());
      assertEquals(5, nothing.next());
      assertFalse(nothing.isClosed());
    }
  }

  @Test
  void whoWaitsHearsOfTheNextAndOfTheEnd() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      News news = new News(3);
      Callable<News.Batch> wait = () -> news.await(0, LONG);
      Future<News.Batch> first = threads.submit(wait);
      news.publish(item("first"));
      assertEquals(List.of("first"), texts(first.get()));
      Future<News.Batch> second = threads.submit(() -> news.await(1, LONG));
      news.close();
      assertTrue(second.get().isClosed());
    }
  }

  private static String written(NewsStream stream, String last) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    stream.write(last, out);
    return out.toString(UTF_8);
  }

  @Test
  void aStreamGoesOnBehindTheLastThatWasSeen() throws Exception {
    News news = new News(3);
    NewsStream stream = new NewsStream(news);
    for (int i = 0; i < 5; i++) {
      news.publish(item("n" + i));
    }
    news.close();
    String all = written(stream, null);
    assertTrue(all.startsWith("retry: 1000\n\nid: "), all);
    assertFalse(all.contains("gap"), all);
    List<String> ids = all.lines().filter(line -> line.startsWith("id: ")).toList();
    assertEquals(3, ids.size());
    assertTrue(all.contains("\"text\":\"n2\""), all);
    String start = ids.getFirst().substring(4).replaceFirst("-.*", "");
    String rest = written(stream, start + "-4");
    assertEquals(1, rest.lines().filter(line -> line.startsWith("data: ")).count());
    assertTrue(rest.contains("\"text\":\"n4\""), rest);
    assertTrue(written(stream, start + "-1").contains("event: gap"));
    assertTrue(written(stream, "00000000-4").contains("event: gap"));
    assertTrue(written(stream, start + "-6").contains("event: gap"));
    assertTrue(written(stream, start + "-5\nx").contains("event: gap"));
    assertFalse(written(stream, start + "-5").contains("data: "));
  }

  @Test
  void aLineBreakInATextBreaksNoEvent() throws Exception {
    News news = new News(3);
    news.publish(item("a\n\ndata: b\r\n<img src=x onerror=alert(1)>"));
    news.close();
    String all = written(new NewsStream(news), null);
    assertEquals(1, all.lines().filter(line -> line.startsWith("data: ")).count());
  }
}
