package io.redstuff.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table in Markdown; its first columns are text, the others are numbers and stand to the right.
 */
final class Table {
  private final int textColumns;
  private final List<String> header;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * An empty table.
   *
   * @param textColumns how many columns are text
   * @param header the names of the columns
   */
  Table(int textColumns, List<String> header) {
    this.textColumns = textColumns;
    this.header = List.copyOf(header);
  }

  /**
   * Appends a row.
   *
   * @param cells one for each column
   * @throws IllegalArgumentException if there are more or fewer cells than columns
   */
  void add(List<String> cells) {
    if (cells.size() != header.size()) {
      throw new IllegalArgumentException(
          "got " + cells.size() + " cells, expected " + header.size());
    }
    rows.add(List.copyOf(cells));
  }

  /** Markdown, each line ended. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(line(header));
    text.append("|---".repeat(textColumns));
    text.append("|---:".repeat(header.size() - textColumns)).append("|\n");
    rows.forEach(row -> text.append(line(row)));
    return text.toString();
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
