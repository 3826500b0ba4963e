package io.redstuff.front.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of the page, of which there are these and no others. In memory. */
final class PageFiles {
  private static final String HTML = "text/html; charset=utf-8";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
  private static final String SVG = "image/svg+xml";

  /** Modules in JavaScript. */
  private static final List<String> MODULES =
      List.of(
          "page", "dom", "ask", "live", "facts", "nodes", "blobs", "matrix", "content", "store",
          "audit", "events");

  private final Map<String, PageAnswer> files = new HashMap<>();

  /** Reads the files. */
  PageFiles() {
    put("/", "index.html", HTML);
    put("/page/page.css", "page.css", CSS);
    put("/page/icon.svg", "icon.svg", SVG);
    for (String module : MODULES) {
      put("/page/" + module + ".js", module + ".js", JAVASCRIPT);
    }
  }

  private void put(String path, String name, String type) {
    try (InputStream file = PageFiles.class.getResourceAsStream(name)) {
      files.put(path, new PageAnswer(200, type, file.readAllBytes()));
    } catch (IOException e) {
      throw new IllegalStateException(name, e); // it is in the same jar
    }
  }

  /** Returns a file, if there is one at a path. */
  Optional<PageAnswer> find(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** Returns how many bytes all files have. */
  long length() {
    return files.values().stream().mapToLong(file -> file.body().length).sum();
  }
}
