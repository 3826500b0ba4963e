package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Ids and file names that begin like an option are values all the same. */
class DashedValuesTest {

  private static final String BASE64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** Each command that takes a blob id, with what it needs besides; DIR stands for an encoding. */
  static final List<String> WITH_ID =
      List.of(
          "decode DIR -o -",
          "cat DIR",
          "verify DIR",
          "recover DIR",
          "prove DIR --symbol 0-0 -o -",
          "check --metadata DIR/metadata.bcs DIR/metadata.bcs",
          "dispute DIR -o -",
          "chain-args register DIR");

  @TempDir private Path directory;

  @ParameterizedTest
  @FieldSource("WITH_ID")
  void anIdMayBeginWithAnyCharacter(String command) throws IOException {
    Path out = directory.resolve("out");
    Cli.encode(4, TestFiles.walrus(directory), out);
    for (int i = 0; i < BASE64.length(); i++) {
      // With -VhonVhon... the whole of it looks like options in a row.
      String id = BASE64.charAt(i) + "VhonVhonVhonVhonVhonVhonVhonVhonVhonVhonVY";
      for (String option : List.of("--blob-id " + id, "--blob-id=" + id)) {
        String line = command.replace("DIR", out.toString()) + " " + option;
        Cli run = Cli.run((Object[]) line.split(" "));
        assertTrue(run.err().endsWith(", expected " + id + "\n"), option + ": " + run.err());
        assertEquals(1, run.exitCode(), option);
      }
    }
  }

  /** So that a new command with such an option is missed above. */
  @Test
  void noOtherCommandTakesAnId() {
    Set<String> known = new TreeSet<>();
    Set<String> found = new TreeSet<>();
    WITH_ID.forEach(line -> known.add(firstWord(line)));
    Cli.run("--help")
        .out()
        .lines()
        .dropWhile(line -> !line.equals("Commands:"))
        .filter(line -> line.matches(" {2}[a-z].*"))
        .map(line -> firstWord(line.strip()))
        .filter(command -> Cli.run("help", command).out().contains("=ID"))
        .forEach(found::add);
    assertEquals(known, found);
  }

  private static String firstWord(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  @ParameterizedTest
  @CsvSource({
    "encode -o out -- FILE,no such file or directory",
    "blob-id -- FILE,no such file or directory",
    "blob-id -- FILE FILE,no such file or directory",
    "blob-id --files0-from FILE,no such file or directory",
    "blob-id --files0-from=FILE,no such file or directory",
    "encode -o out --spill FILE x,no such directory",
    "decode -o out -- FILE,no such directory",
    "cat -- FILE,no such directory",
    "verify -- FILE,no such directory",
    "recover -- FILE,no such directory",
    "prove --symbol 0-0 -o out -- FILE,no such directory",
    "dispute -o out -- FILE,no such directory",
    "check --blob-id RcU82Mwf-CFkv1LaI_2qcpANwpGUuG3TMwnVzZxD2kY --metadata FILE x,no such file or"
        + " directory",
    "info -- FILE,no such file or directory",
    "price --epochs 1 --storage-price 1 --write-price 1 -- FILE,no such file or directory",
    "chain-args register -- FILE,no such file or directory",
    "chain-args certify --members 1 -- FILE,no such file or directory",
  })
  void aNameIsTakenAsItIs(String line, String reason) {
    for (String name :
        List.of("-o", "-n", "-V", "-hV", "--help", "--blob-id=x", "encode", "\"a\"")) {
      String[] args = line.split(" ");
      Arrays.setAll(args, i -> args[i].replace("FILE", name));
      Cli run = Cli.run((Object[]) args);
      String complaint = "redstuff: " + name + ": " + reason;
      assertEquals(List.of(complaint), run.errLines().stream().distinct().toList(), line);
      assertEquals(2, run.exitCode(), line);
    }
  }

  @Test
  void filesMayBeCalledLikeOptions() throws Exception {
    Shell shell = new Shell(directory);
    Files.copy(TestFiles.walrus(directory), directory.resolve("-V"));
    String line =
        """
        set -e
        id=$($REDSTUFF encode -n 4 -o --help -- -V)
        $REDSTUFF decode --output=-n -- --help
        cmp ./-V ./-n
        $REDSTUFF decode -o -- -- --help
        cmp ./-V ./--
        rm ./--
        $REDSTUFF decode --output=-- -- --help
        test "$($REDSTUFF blob-id -n 4 -- --)" = "$id  --"
        rm ./--
        $REDSTUFF decode -o -o -- --help
        cmp ./-V ./-o
        rm ./-o
        $REDSTUFF recover --map -o.svg -- --help
        $REDSTUFF prove --symbol 0-1 -o-h -- --help
        $REDSTUFF check --blob-id $id --metadata --help/metadata.bcs -- -h
        """;
    assertEquals(0, shell.run(line), shell.err());
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(
          List.of("--help", "-V", "-h", "-n", "-o.svg", "err", "out", "walrus.txt"),
          files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }
}
