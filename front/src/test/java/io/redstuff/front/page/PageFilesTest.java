package io.redstuff.front.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the page: few, small, and all from here. */
class PageFilesTest {
  private final PageFiles files = new PageFiles();

  private static List<Path> sources() throws Exception {
    URI index = PageFilesTest.class.getResource("index.html").toURI();
    try (Stream<Path> all = Files.list(Path.of(index).getParent())) {
      return all.filter(file -> !file.toString().endsWith(".class")).toList();
    }
  }

  @Test
  void allAreServedAndSmall() throws Exception {
    for (Path source : sources()) {
      String name = source.getFileName().toString();
      String path = name.equals("index.html") ? "/" : "/page/" + name;
      assertEquals(
          Files.size(source), files.find(path).orElseThrow().body().length, source::toString);
    }
    assertTrue(files.length() < 60_000, () -> "bytes: " + files.length());
  }

  @Test
  void namesNothingThatIsNotServed() throws Exception {
    Pattern imported = Pattern.compile("from \"\\./([a-z]+\\.js)\"");
    Pattern linked = Pattern.compile("(?:href|src)=\"([^\"#]+)\"");
    Set<String> named = new TreeSet<>();
    for (Path source : sources()) {
      Matcher imports = imported.matcher(Files.readString(source));
      while (imports.find()) {
        named.add("/page/" + imports.group(1));
      }
    }
    Matcher links = linked.matcher(new String(files.find("/").orElseThrow().body(), UTF_8));
    while (links.find()) {
      named.add(links.group(1));
    }
    assertTrue(named.size() > 10, named::toString);
    for (String path : named) {
      assertTrue(files.find(path).isPresent(), path);
    }
  }

  @Test
  void makesNoMarkupOfText() throws Exception {
    Pattern markup =
        Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|eval\\(|new Function"
                + "|DOMParser|createContextualFragment|javascript:|https?://(?!www\\.w3\\.org)");
    for (Path source : sources()) {
      Matcher found = markup.matcher(Files.readString(source));
      assertFalse(found.find(), () -> source + ": " + found.group());
    }
    String html = new String(files.find("/").orElseThrow().body(), UTF_8);
    assertFalse(
        Pattern.compile("<script(?![^>]* src=)|<style| style=| on[a-z]+=").matcher(html).find());
  }
}
