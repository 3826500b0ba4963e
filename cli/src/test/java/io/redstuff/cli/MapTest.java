package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.redstuff.Axis;
import io.redstuff.BlobId;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The pictures that {@code recover --map} draws. */
class MapTest {

  @TempDir private Path directory;

  private Path out;

  @BeforeEach
  void damage() throws IOException {
    encode(10);
    // The primary slivers cannot be healed: 6 secondary ones are left of the 7 that it takes.
    TestFiles.deleteTree(out.resolve("primary"));
    for (int pair : new int[] {0, 4, 5}) {
      Files.delete(out.resolve("secondary/000" + pair + ".bcs"));
    }
    TestFiles.flipBit(out.resolve("secondary/0009.bcs"), 2);
  }

  private void encode(int shards) throws IOException {
    out = directory.resolve("out-" + shards);
    Cli.encode(shards, TestFiles.walrus(directory), out);
  }

  @Test
  void aTerminalGetsACharacterForEachSliver() throws IOException {
    Cli run = Cli.run("recover", out, "--map", "-");
    assertTrue(
        run.out()
            .endsWith(
                """
                whole      no
                primary slivers by pair   . good   + healed   x bad   _ missing
                   0 __________
                secondary slivers by pair   . good   + healed   x bad   _ missing
                   0 _...__...x
                """),
        run.out());
  }

  @Test
  void longRowsAreWrappedAndLabeled() throws IOException {
    encode(201);
    Files.delete(out.resolve("primary/0100.bcs"));
    Files.delete(out.resolve("secondary/0200.bcs"));
    List<String> lines = Cli.run("recover", out, "--map", "-").out().lines().toList();
    String good = ".".repeat(100);
    assertEquals(
        List.of("   0 " + good, " 100 +" + good.substring(1), " 200 ."),
        lines.subList(lines.size() - 7, lines.size() - 4));
    assertEquals(
        List.of("   0 " + good, " 100 " + good, " 200 +"),
        lines.subList(lines.size() - 3, lines.size()));
  }

  @ParameterizedTest
  @CsvSource({"10,560,211", "201,808,323", "1000,808,743", "3000,1568,393", "49155,1568,3627"})
  void aPngHasRoomForAllCells(int shards, int width, int height) throws Exception {
    List<CellState> cells = new ArrayList<>(Collections.nCopies(shards, CellState.GOOD));
    cells.set(shards - 1, CellState.BAD);
    SliverMap map =
        new SliverMap(
            BlobId.parse(TestFiles.WALRUS_ID), Map.of(Axis.PRIMARY, cells, Axis.SECONDARY, cells));
    MapDrawing drawing = MapDrawing.of(map);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(MapPng.draw(drawing)));
    assertEquals(width, image.getWidth());
    assertEquals(height, image.getHeight());
    MapDrawing.Box last = drawing.boxes().getLast();
    assertEquals(CellState.BAD.color(), image.getRGB(last.x(), last.y()) & 0xffffff);
    for (MapDrawing.Box box : drawing.boxes()) {
      assertTrue(box.x() + box.width() <= width - 24 && box.y() + box.height() <= height - 24);
    }
  }

  @Test
  void theEndingOfTheNameMayBeInCapitals() throws IOException {
    Path picture = directory.resolve("map.PNG");
    assertEquals(1, Cli.run("recover", out, "--map", picture).exitCode());
    assertNotNull(ImageIO.read(picture.toFile()));
  }

  @Test
  void aPngShowsEachStateInItsColor() throws IOException {
    Path picture = directory.resolve("map.png");
    assertEquals(1, Cli.run("recover", out, "--map", picture).exitCode());
    Map<Integer, Integer> pixels = new HashMap<>();
    BufferedImage image = ImageIO.read(picture.toFile());
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        pixels.merge(image.getRGB(x, y) & 0xffffff, 1, Integer::sum);
      }
    }
    // Cells of 12 pixels square, one of each state in both legends.
    assertEquals((6 + 2) * 144, pixels.get(CellState.GOOD.color()));
    assertEquals((1 + 2) * 144, pixels.get(CellState.BAD.color()));
    assertEquals(2 * 144, pixels.get(CellState.HEALED.color()));
    // Text is drawn too.
    assertTrue(pixels.size() > 10, "got only " + pixels.size() + " colors");
  }

  @Test
  void anSvgIsXmlWithACellForEachSliver() throws Exception {
    Path picture = directory.resolve("map.svg");
    Cli.run("recover", out, "--map", picture);
    Element svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(picture.toFile())
            .getDocumentElement();
    assertEquals("svg", svg.getTagName());
    assertEquals("560", svg.getAttribute("width"));
    NodeList boxes = svg.getElementsByTagName("rect");
    assertEquals(1 + 2 * (4 + 10), boxes.getLength());
    NodeList labels = svg.getElementsByTagName("text");
    assertEquals("Blob " + TestFiles.WALRUS_ID, labels.item(0).getTextContent());
    assertTrue(Files.readString(picture).contains(">3 missing</text>"));
  }

  @Test
  void oneRunDrawsSeveral() throws IOException {
    Path png = directory.resolve("map.png");
    Path svg = directory.resolve("map.svg");
    Cli run =
        Cli.run("recover", out, "--map", png, "--map", svg, "--map", "-", "--axis", "primary");
    assertEquals(1, run.exitCode());
    assertTrue(Files.size(png) > 0 && Files.size(svg) > 0);
    assertTrue(run.out().contains("x bad"), run.out());
  }

  @Test
  void refusesOtherKindsBeforeAnyWork() {
    Cli run = Cli.run("recover", out, "--map", directory.resolve("map.gif"));
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
    assertEquals(
        List.of(
            "redstuff: "
                + directory.resolve("map.gif")
                + ": expected a name that ends in .png or .svg, or '-'"),
        run.errLines());
    run = Cli.run("recover", out, "--map", directory.resolve("nowhere/map.png"));
    assertEquals(2, run.exitCode());
    run = Cli.run("recover", out, "--map", "-", "--json");
    assertEquals(2, run.exitCode());
    assertEquals(List.of("redstuff: --json and '--map -' exclude each other"), run.errLines());
  }

  @Test
  void statesCanBeToldApart() {
    for (CellState a : CellState.values()) {
      for (CellState b : CellState.values()) {
        if (a != b) {
          assertNotEquals(a.glyph(), b.glyph());
          // For eyes that see no hue.
          assertTrue(Math.abs(lightness(a) - lightness(b)) > 0.1, a + " and " + b);
        }
      }
    }
    assertEquals(4, Arrays.stream(CellState.values()).map(CellState::label).distinct().count());
  }

  private static double lightness(CellState state) {
    int color = state.color();
    double red = (color >> 16 & 0xff) / 255.0;
    double green = (color >> 8 & 0xff) / 255.0;
    double blue = (color & 0xff) / 255.0;
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }
}
