package io.redstuff.spark.command;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a job has done, as a table of two columns under a title. */
final class Summary {
  private final String title;
  private final Map<String, String> lines = new LinkedHashMap<>();

  Summary(String title) {
    this.title = title;
  }

  Summary line(String what, long value) {
    return line(what, "%,d".formatted(value));
  }

  Summary line(String what, String value) {
    lines.put(what, value);
    return this;
  }

  void print(PrintWriter out) {
    int names = lines.keySet().stream().mapToInt(String::length).max().orElse(0);
    int values = lines.values().stream().mapToInt(String::length).max().orElse(0);
    out.println(title);
    lines.forEach(
        (name, value) ->
            out.println(
                "  "
                    + name
                    + " ".repeat(names - name.length() + 2)
                    + " ".repeat(values - value.length())
                    + value));
    out.flush();
  }
}
