package io.redstuff.cli.command;

import io.redstuff.EncodingParameters;
import io.redstuff.chain.AmountOverflowException;
import io.redstuff.chain.Frost;
import io.redstuff.chain.Prices;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.option.BlobLengthOptions;
import io.redstuff.cli.option.ShardsOption;
import io.redstuff.cli.show.Json;
import io.redstuff.cli.show.PriceReport;
import io.redstuff.store.NamedIoException;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code redstuff price}: what storing a blob costs. */
@Command(
    name = "price",
    header = "Compute what storing a blob costs.",
    description = {
      "",
      "Computes what the network asks for a blob of some length, from its prices: those stand in"
          + " the System object on the chain and change by votes of the nodes. The encoded length"
          + " is rounded up to units of 1 MiB. Keeping costs for each unit and epoch, writing once"
          + " for each unit; extending by some epochs costs what keeping them costs. Prices are in"
          + " FROST, as in 11000, or in WAL, as in 0.000011WAL; 1 WAL is 10^9 FROST. The file is"
          + " not read.",
      "",
      "Example:",
      "  redstuff price --size 1GiB --epochs 53 --storage-price 11000 --write-price 20000",
      "  redstuff price -n 10 --epochs 2 --storage-price 5 --write-price 1 --json photo.jpg",
      ""
    })
public final class PriceCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private ShardsOption shards;

  @Mixin private BlobLengthOptions blob;

  @Option(
      names = "--epochs",
      required = true,
      paramLabel = "E",
      description = "For how many epochs the blob is to be kept.")
  private long epochs;

  @Option(
      names = "--storage-price",
      required = true,
      paramLabel = "P",
      description = "Price of keeping one unit for one epoch.")
  private Frost storagePrice;

  @Option(
      names = "--write-price",
      required = true,
      paramLabel = "W",
      description = "Price of writing one unit.")
  private Frost writePrice;

  @Option(names = "--json", description = "Print the result as JSON, amounts in FROST.")
  private boolean json;

  @Spec private CommandSpec spec;

  /** Runs in {@code session}. */
  public PriceCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, NamedIoException {
    EncodingParameters parameters = shards.parameters();
    OptionalLong length = blob.length();
    if (length.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing required parameter: 'FILE' or --size");
    }
    PriceReport report;
    try {
      report =
          PriceReport.of(
              parameters, length.getAsLong(), epochs, new Prices(storagePrice, writePrice));
    } catch (IllegalArgumentException | AmountOverflowException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
    session.out().print(json ? Json.of(report) : report.toText());
    return ExitCode.OK;
  }
}
