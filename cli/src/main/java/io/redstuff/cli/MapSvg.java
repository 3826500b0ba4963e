package io.redstuff.cli;

import java.util.Locale;

/** Writes a map as SVG. */
final class MapSvg {

  private MapSvg() {}

  /** The document. No text in it needs escaping: it is made of numbers, words and blob ids. */
  static String draw(MapDrawing map) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " viewBox=\"0 0 %1$d %2$d\" font-family=\"sans-serif\">\n",
            map.width(),
            map.height()));
    svg.append(
        String.format(
            Locale.ROOT,
            "<rect width=\"100%%\" height=\"100%%\" fill=\"%s\"/>\n",
            hex(MapDrawing.PAPER)));
    for (MapDrawing.Box box : map.boxes()) {
      // The line has half its width on either side of the path.
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d.5\" y=\"%d.5\" width=\"%d\" height=\"%d\" fill=\"%s\""
                  + " stroke=\"%s\"/>\n",
              box.x(),
              box.y(),
              box.width() - 1,
              box.height() - 1,
              hex(box.fill()),
              hex(box.outline())));
    }
    for (MapDrawing.Label label : map.labels()) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%d\" font-size=\"%d\" font-weight=\"%s\" text-anchor=\"%s\""
                  + " fill=\"%s\">%s</text>\n",
              label.x(),
              label.baseline(),
              label.size(),
              label.bold() ? "bold" : "normal",
              label.atEnd() ? "end" : "start",
              hex(label.color()),
              label.text()));
    }
    svg.append("</svg>\n");
    return svg.toString();
  }

  private static String hex(int color) {
    return String.format(Locale.ROOT, "#%06x", color);
  }
}
