package io.redstuff.cli.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How pictures of slivers are laid out. */
class MapDrawingTest {
  @ParameterizedTest
  @CsvSource({"10,560,211", "201,808,323", "1000,808,743", "3000,1568,393", "49155,1568,3627"})
  void aPngHasRoomForAllCells(int shards, int width, int height) throws Exception {
    List<CellState> cells = new ArrayList<>(Collections.nCopies(shards, CellState.GOOD));
    cells.set(shards - 1, CellState.BAD);
    SliverMap map =
        new SliverMap(
            BlobId.parse("RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY"),
            Map.of(Axis.PRIMARY, cells, Axis.SECONDARY, cells));
    MapDrawing drawing = new MapDrawing(map);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(MapPng.draw(map)));
    assertEquals(width, image.getWidth());
    assertEquals(height, image.getHeight());
    MapDrawing.Box last = drawing.boxes().getLast();
    assertEquals(CellState.BAD.color, image.getRGB(last.x(), last.y()) & 0xffffff);
    for (MapDrawing.Box box : drawing.boxes()) {
      assertTrue(box.x() + box.width() <= width - 24 && box.y() + box.height() <= height - 24);
    }
  }

  @Test
  void statesCanBeToldApart() {
    for (CellState a : CellState.values()) {
      for (CellState b : CellState.values()) {
        if (a != b) {
          assertNotEquals(a.glyph, b.glyph);
          // For eyes that see no hue.
          assertTrue(Math.abs(lightness(a) - lightness(b)) > 0.1, a + " and " + b);
        }
      }
    }
    assertEquals(5, Arrays.stream(CellState.values()).map(state -> state.label).distinct().count());
  }

  private static double lightness(CellState state) {
    int color = state.color;
    double red = (color >> 16 & 0xff) / 255.0;
    double green = (color >> 8 & 0xff) / 255.0;
    double blue = (color & 0xff) / 255.0;
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }
}
