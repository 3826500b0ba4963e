package io.redstuff.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tests that the pages show are tests of this module, letter for letter. */
class JunitDocsTest {
  private static final Path ROOT = Path.of("..");
  private static final Path SOURCES = Path.of("src/test/java/io/redstuff/junit");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
  private static final Pattern NAME = Pattern.compile("(?m)^class (\\w+Test) ");
  private static final String PACKAGE = "package io.redstuff.junit;\n\n";
  private static final String IMPORT = "import io.redstuff.client.WalrusClient;\n";
  private static final String IMPORTS =
      IMPORT
          + "import io.redstuff.junit.RunningNetwork;\n"
          + "import io.redstuff.junit.WalrusAddress;\n"
          + "import io.redstuff.junit.WalrusNetwork;\n";

  private static List<String> shownBy(String page) throws Exception {
    return BLOCK
        .matcher(Files.readString(ROOT.resolve(page)))
        .results()
        .map(block -> block.group(1))
        .filter(code -> code.contains("@WalrusNetwork") && NAME.matcher(code).find())
        .toList();
  }

  private static void assertIsATest(String page, String code) throws Exception {
    String name =
        NAME.matcher(code).results().map((MatchResult it) -> it.group(1)).findFirst().orElseThrow();
    String source = Files.readString(SOURCES.resolve(name + ".java"));
    // Whoever has the test elsewhere imports what is in this package.
    assertEquals(
        source.replace(PACKAGE, ""), code.replace(IMPORTS, IMPORT), page + ": class " + name);
  }

  @Test
  void pagesShowTestsThatRun() throws Exception {
    List<String> shown = shownBy("docs/junit.md");
    assertFalse(shown.isEmpty());
    for (String code : shown) {
      assertIsATest("docs/junit.md", code);
    }
    for (String code : shownBy("README.md")) {
      assertIsATest("README.md", code);
    }
  }
}
