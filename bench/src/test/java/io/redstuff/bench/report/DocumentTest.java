package io.redstuff.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentTest {
  private static final String PAGE =
      """
      # Title

      <!-- table:one -->
      old
      <!-- end -->
      By hand.
      <!-- table:two -->
      <!-- end -->
      """;

  @Test
  void onlyThePlaceChangesAndFillingAgainChangesNothing() {
    Document document = new Document(PAGE);
    document.fill("one", "new $1 \\ \n");
    document.fill("two", "| a |\n");
    String once = document.toString();
    assertEquals(
        PAGE.replace("old\n", "new $1 \\ \n").replace("two -->\n", "two -->\n| a |\n"), once);
    document.fill("two", "| a |\n");
    assertEquals(once, document.toString());
  }

  @Test
  void aPlaceThatIsNotThereIsRefused() {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> new Document(PAGE).fill("three", "x\n"));
    assertEquals(
        "the page has no place <!-- table:three -->; it has [one, two]", thrown.getMessage());
  }

  @Test
  void aPlaceWithoutEndIsRefused() {
    String broken = PAGE.replaceFirst("<!-- end -->\n", "");
    assertThrows(IllegalArgumentException.class, () -> new Document(broken));
  }

  @Test
  void thePageHasAPlaceForEveryTopic() throws IOException {
    List<String> places = new ArrayList<>(List.of(Report.MACHINE));
    places.addAll(Topics.all().keySet());
    places.add(Report.BREAKDOWN);
    String page = Files.readString(Path.of("../docs/performance.md"));
    assertEquals(places, new Document(page).places());
  }
}
