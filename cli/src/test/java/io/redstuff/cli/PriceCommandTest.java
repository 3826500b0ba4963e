package io.redstuff.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PriceCommandTest {

  @TempDir private Path directory;

  private static Cli price(Object... options) {
    List<Object> args = new ArrayList<>(List.of("price"));
    args.addAll(List.of(options));
    return Cli.run(args.toArray());
  }

  @Test
  void tellsPartsAndTotal() {
    Cli run =
        price("--size", "1MiB", "--epochs", 53, "--storage-price", 11000, "--write-price", 20000);
    assertEquals("", run.err());
    assertEquals(
        """
        blob     1048576 bytes (1.0 MiB)
        encoded  70038000 bytes (66.8 MiB) on 1000 shards
        units    67 of 1 MiB
        storage  39061000 FROST: 67 units x 11000 x 53 epochs
        write    1340000 FROST: 67 units x 20000
        total    40401000 FROST (0.040401 WAL)
        """,
        run.out());
    assertEquals(0, run.exitCode());
  }

  @Test
  void pricesInWal() {
    Cli run =
        price(
            "--size",
            "1MiB",
            "--epochs",
            53,
            "--storage-price",
            "0.000011WAL",
            "--write-price",
            "0.00002 WAL");
    assertEquals("", run.err());
    assertEquals("total    40401000 FROST (0.040401 WAL)", run.out().lines().toList().getLast());
  }

  @Test
  void jsonOfAFile() throws IOException {
    Path file = TestFiles.walrus(directory);
    Cli run =
        price("-n", 10, file, "--epochs", 2, "--storage-price", 5, "--write-price", 1, "--json");
    assertEquals(
        "{\"shards\":10,\"blobLength\":33,\"encodedLength\":6940,\"units\":1,\"epochs\":2,"
            + "\"storagePricePerUnit\":\"5\",\"writePricePerUnit\":\"1\",\"storageCost\":\"10\","
            + "\"writeFee\":\"1\",\"total\":\"11\",\"totalWal\":\"0.000000011\"}",
        JsonMapper.shared().readTree(run.out()).toString());
  }

  @Test
  void refusals() throws IOException {
    Path file = TestFiles.walrus(directory);
    String prices = "--storage-price=1";
    String write = "--write-price=1";
    assertFails(
        "missing required parameter: 'FILE' or --size - see 'redstuff price --help'",
        "--epochs=1",
        prices,
        write);
    assertFails(
        "FILE and --size exclude each other", file, "--size=1", "--epochs=1", prices, write);
    assertFails("epochs: got -1, expected at least 0", "--size=1", "--epochs=-1", prices, write);
    assertFails(
        "FROST: got 9223372036854775807 * 63 * 1 = 581072438321850875841, expected at most"
            + " 9223372036854775807",
        "--size=1",
        "--epochs=1",
        "--storage-price=9223372036854775807",
        write);
    assertFails(
        "blob length: got 393205, expected 0 to 393204 with 4 shards",
        "-n=4",
        "--size=393205",
        "--epochs=1",
        prices,
        write);
    assertFails(
        "invalid value for option '--write-price': at byte 0: amount: got '1.5', expected FROST as"
            + " in 12, or WAL as in 0.5WAL - see 'redstuff price --help'",
        "--size=1",
        "--epochs=1",
        prices,
        "--write-price=1.5");
  }

  private static void assertFails(String message, Object... options) {
    Cli run = price(options);
    assertEquals(List.of("redstuff: " + message), run.errLines());
    assertEquals(2, run.exitCode());
    assertEquals("", run.out());
  }
}
