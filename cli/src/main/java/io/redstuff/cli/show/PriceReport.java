package io.redstuff.cli.show;

import io.redstuff.EncodingParameters;
import io.redstuff.chain.Frost;
import io.redstuff.chain.PriceQuote;
import io.redstuff.chain.Prices;

/**
 * What {@code redstuff price} tells; its components are the JSON it prints. Amounts are in FROST,
 * and text, since they may have more digits than a reader of JSON keeps.
 *
 * @param shards number of shards, n
 * @param blobLength length of the blob in bytes
 * @param encodedLength length of everything that is stored for it in bytes
 * @param units that length in units of 1 MiB, rounded up
 * @param epochs for how many epochs
 * @param storagePricePerUnit price of keeping a unit for an epoch
 * @param writePricePerUnit price of writing a unit
 * @param storageCost what keeping the blob costs
 * @param writeFee what writing it costs
 * @param total both together
 * @param totalWal both together, in WAL
 */
public record PriceReport(
    int shards,
    long blobLength,
    long encodedLength,
    long units,
    long epochs,
    String storagePricePerUnit,
    String writePricePerUnit,
    String storageCost,
    String writeFee,
    String total,
    String totalWal) {

  /** Returns the report on a blob. */
  public static PriceReport of(
      EncodingParameters parameters, long blobLength, long epochs, Prices prices) {
    PriceQuote quote = prices.quote(parameters, blobLength, epochs);
    return new PriceReport(
        parameters.shards(),
        blobLength,
        quote.encodedLength(),
        quote.units(),
        epochs,
        digits(prices.storagePerUnit()),
        digits(prices.writePerUnit()),
        digits(quote.storageCost()),
        digits(quote.writeFee()),
        digits(quote.total()),
        quote.total().toWal().toPlainString());
  }

  private static String digits(Frost amount) {
    return Long.toString(amount.value());
  }

  /** Returns the report for people, in lines. */
  public String toText() {
    return new Text(8)
        .line("blob", Text.bytes(blobLength))
        .line("encoded", Text.bytes(encodedLength) + " on " + shards + " shards")
        .line("units", units + " of 1 MiB")
        .line(
            "storage",
            "%s FROST: %s units x %s x %s epochs"
                .formatted(storageCost, units, storagePricePerUnit, epochs))
        .line("write", "%s FROST: %s units x %s".formatted(writeFee, units, writePricePerUnit))
        .line("total", total + " FROST (" + totalWal + " WAL)")
        .toString();
  }
}
