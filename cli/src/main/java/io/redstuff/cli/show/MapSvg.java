package io.redstuff.cli.show;

import java.util.Formatter;
import java.util.Locale;

/** Writes a map as SVG. */
public final class MapSvg {
  private MapSvg() {}

  /** Returns the document. No text in it needs escaping: all is numbers, words and blob ids. */
  public static String draw(SliverMap slivers) {
    MapDrawing map = new MapDrawing(slivers);
    Formatter svg = new Formatter(Locale.ROOT);
    svg.format(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %1$d %2$d" \
        font-family="sans-serif">
        <rect width="100%%" height="100%%" fill="#%06x"/>
        """,
        map.width(), map.height(), MapDrawing.PAPER);
    for (MapDrawing.Box box : map.boxes()) {
      // The line has half its width on either side of the path.
      svg.format(
          "<rect x=\"%d.5\" y=\"%d.5\" width=\"%d\" height=\"%d\" fill=\"#%06x\""
              + " stroke=\"#%06x\"/>\n",
          box.x(), box.y(), box.width() - 1, box.height() - 1, box.fill(), box.outline());
    }
    for (MapDrawing.Label label : map.labels()) {
      svg.format(
          """
          <text x="%d" y="%d" font-size="%d" font-weight="%s" text-anchor="%s" fill="#%06x">%s</text>
          """,
          label.x(),
          label.baseline(),
          label.size(),
          label.bold() ? "bold" : "normal",
          label.end() ? "end" : "start",
          label.color(),
          label.text());
    }
    return svg + "</svg>\n";
  }
}
