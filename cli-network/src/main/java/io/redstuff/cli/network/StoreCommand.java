package io.redstuff.cli.network;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Json;
import io.redstuff.client.SpreadReport;
import io.redstuff.client.StoreOptions;
import io.redstuff.client.StoreResult;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.store.NamedIoException;
import io.redstuff.stream.BlobSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code redstuff network store}: stores a file. */
@Command(
    name = "store",
    header = "Store a file on the network.",
    description = {
      "",
      "Encodes it, registers it on the ledger, gives the nodes their slivers, and certifies it when"
          + " nodes of two thirds of the shards have confirmed theirs. Ends when the others have"
          + " theirs too, or cannot be had. Prints the blob id.",
      "",
      "Example:",
      "  redstuff network store photo.jpg --epochs 5",
      ""
    })
final class StoreCommand extends NetworkTask {
  @Parameters(paramLabel = "FILE", description = "File to store.")
  private Path file;

  @Option(
      names = "--epochs",
      paramLabel = "COUNT",
      defaultValue = "1",
      description = "For how many epochs, the current one counted (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(names = "--deletable", description = "The owner may delete it before.")
  private boolean deletable;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  StoreCommand(Session session) {
    super(session);
  }

  @Override
  int run() throws CommandException, IOException, InterruptedException {
    StoreOptions options;
    try {
      options = new StoreOptions(epochs, deletable);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
    try (FileChannel channel = open();
        LedgerAccess access = LedgerAccess.open(network().home());
        WalrusClient client = WalrusClient.of(access.client(), TransferSettings.defaults());
        TransferProgress progress = new TransferProgress(session())) {
      StoreResult result = client.store(BlobSource.of(channel), options, progress);
      progress.end();
      SpreadReport spread = result.rest().get();
      StoreReport report = StoreReport.of(result.registration(), spread);
      session().out().print(json ? Json.of(report) : report.blobId() + System.lineSeparator());
      if (!json) {
        report.failures().forEach(failure -> session().complain("node " + failure));
      }
      return ExitCode.OK;
    } catch (ExecutionException e) {
      throw new IOException("nodes: " + e.getCause().getMessage(), e.getCause());
    }
  }

  private FileChannel open() throws NamedIoException {
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (IOException e) {
      throw new NamedIoException(file.toString(), e);
    }
  }
}
