package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    assertEquals((6 + 2) * 144, pixels.get(0xa9d5b9));
    assertEquals((1 + 2) * 144, pixels.get(0xe8590c));
    assertEquals(2 * 144, pixels.get(0x1a4f9c));
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
}
