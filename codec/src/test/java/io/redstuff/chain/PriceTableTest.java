package io.redstuff.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.redstuff.EncodingParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of docs/availability.md is what the code computes. */
class PriceTableTest {
  private static final EncodingParameters PARAMETERS = EncodingParameters.forShards(1000);
  private static final Prices PRICES = new Prices(Frost.of(11_000), Frost.of(20_000));
  private static final int FILES = 500;
  private static final int FILE_BYTES = 10 << 10;

  private static String row(String what, int blobs, long length) {
    PriceQuote one = PRICES.quote(PARAMETERS, length, 1);
    Frost oneEpoch = one.total().times(blobs);
    Frost allEpochs = PRICES.quote(PARAMETERS, length, 53).total().times(blobs);
    return "| %s | %s | %s | %s | %s | %s |"
        .formatted(
            what,
            one.encodedLength() * blobs,
            one.units() * blobs,
            oneEpoch.value(),
            allEpochs.value(),
            allEpochs.toWal().toPlainString());
  }

  /**
   * Returns the length of a quilt of files called {@code file-000.bin} and so on, without tags: the
   * least even symbol size with which the index and each file, on columns of their own, fit.
   */
  private static long quiltLength() {
    long rows = PARAMETERS.primarySourceSymbols();
    long columns = PARAMETERS.secondarySourceSymbols();
    int name = "file-000.bin".length();
    // version and length; count; for each file its end, its name and no tags
    long index = 5L + 2 + FILES * (2L + 1 + name + 1);
    // version, length, mask; length of the name's field, the name with its length; contents
    long patch = 6L + 2 + 1 + name + FILE_BYTES;
    for (long symbol = 2; ; symbol += 2) {
      long column = rows * symbol;
      long indexColumns = Math.ceilDiv(index, column);
      if (indexColumns <= 10 && indexColumns + FILES * Math.ceilDiv(patch, column) <= columns) {
        return columns * column;
      }
    }
  }

  @Test
  void tableIsComputed() throws IOException {
    List<String> expected =
        List.of(
            row("1 MiB", 1, 1 << 20),
            row("1 GiB", 1, 1 << 30),
            row("500 files of 10 KiB, each a blob", FILES, FILE_BYTES),
            row("500 files of 10 KiB in one quilt", 1, quiltLength()));
    List<String> page = Files.readAllLines(Path.of("../docs/availability.md"));
    int header =
        page.indexOf(
            "| stored | encoded bytes | units | 1 epoch, FROST | 53 epochs, FROST | 53 epochs, WAL"
                + " |");
    assertEquals(
        String.join("\n", expected), String.join("\n", page.subList(header + 2, header + 6)));
  }
}
