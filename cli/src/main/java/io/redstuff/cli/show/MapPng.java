package io.redstuff.cli.show;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Paints a map as PNG. The only class that knows Java's graphics. */
public final class MapPng {

  private MapPng() {}

  /**
   * Returns the content of the file.
   *
   * @throws UnsupportedOperationException if this system has nothing to set text with
   */
  public static byte[] draw(SliverMap slivers) {
    // Before the first use of a graphics class: painting into memory needs no display.
    System.setProperty("java.awt.headless", "true");
    BufferedImage image;
    try {
      image = paint(new MapDrawing(slivers));
    } catch (InternalError | LinkageError e) {
      // So ends a JDK that finds no fonts, or no library for them, or has no graphics at all.
      throw new UnsupportedOperationException(
          "no PNG without fonts, which this system lacks: try .svg", e);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "png", bytes)) {
        throw new IllegalStateException("this JDK writes no PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot happen in memory", e);
    }
    return bytes.toByteArray();
  }

  private static BufferedImage paint(MapDrawing map) {
    BufferedImage image = new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setColor(new Color(MapDrawing.PAPER));
    graphics.fillRect(0, 0, map.width(), map.height());
    for (MapDrawing.Box box : map.boxes()) {
      graphics.setColor(new Color(box.fill()));
      graphics.fillRect(box.x(), box.y(), box.width(), box.height());
      graphics.setColor(new Color(box.outline()));
      graphics.drawRect(box.x(), box.y(), box.width() - 1, box.height() - 1);
    }
    for (MapDrawing.Label label : map.labels()) {
      graphics.setFont(
          new Font(Font.SANS_SERIF, label.bold() ? Font.BOLD : Font.PLAIN, label.size()));
      graphics.setColor(new Color(label.color()));
      int shift = label.end() ? graphics.getFontMetrics().stringWidth(label.text()) : 0;
      graphics.drawString(label.text(), label.x() - shift, label.baseline());
    }
    graphics.dispose();
    return image;
  }
}
