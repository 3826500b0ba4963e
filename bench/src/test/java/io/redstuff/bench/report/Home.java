package io.redstuff.bench.report;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A directory that looks like the project's, as far as the report sees it. */
record Home(Path path) {
  /** Takes a page, and from the project what topics have in common. */
  static Home of(Path path, String page) throws IOException {
    Home home = new Home(path);
    home.write("docs/performance.md", page);
    home.copy("bench/topics/common.ftl");
    home.copy("bench/reference/official.json");
    return home;
  }

  /** All that the page of the project is made of. */
  static Home whole(Path path) throws IOException {
    Home home = of(path, Files.readString(Path.of("../docs/performance.md")));
    for (String directory : new String[] {"bench/topics", "bench/results"}) {
      try (Stream<Path> files = Files.list(Path.of("..", directory))) {
        for (Path file : files.toList()) {
          home.copy(directory + "/" + file.getFileName());
        }
      }
    }
    return home;
  }

  void write(String file, String text) throws IOException {
    Files.createDirectories(path.resolve(file).getParent());
    Files.writeString(path.resolve(file), text);
  }

  /** Writes the small file of results. */
  void writeResults(String file) throws IOException, URISyntaxException {
    write(file, Files.readString(ResultsTest.fixture()));
  }

  String read(String file) throws IOException {
    return Files.readString(path.resolve(file));
  }

  private void copy(String file) throws IOException {
    write(file, Files.readString(Path.of("..", file)));
  }
}
