package io.redstuff.cli.network;

import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.cli.io.BlobInput;
import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.io.SmallFile;
import io.redstuff.cli.option.ByteSize;
import io.redstuff.client.TransferSettings;
import io.redstuff.client.WalrusClient;
import io.redstuff.client.chain.NetworkCommittee;
import io.redstuff.daemon.DaemonConfig;
import io.redstuff.daemon.DaemonServer;
import io.redstuff.error.RedStuffException;
import io.redstuff.stream.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code redstuff network daemon}: reads for whoever speaks HTTP. */
@Command(
    name = "daemon",
    header = "Serve the blobs of any network over HTTP, until it is interrupted.",
    description = {
      "",
      "An aggregator: programs in any language, and browsers, read blobs, ranges of them and files"
          + " of quilts by it, with the routes that Walrus has for that. It needs nothing but the"
          + " committee, and believes no node. Prints its address when it serves. A network that"
          + " 'redstuff network up' runs has such an address already, and stores by it too.",
      "",
      "Example:",
      "  redstuff network daemon --committee committee.json &",
      "  curl http://127.0.0.1:31415/v1/blobs/Pg5RGcAkmbeFMRuTZAnYDS6E6UZnDLvlFRMUEktRYgo",
      ""
    })
final class DaemonCommand implements Callable<Integer> {
  private static final int MOST_COMMITTEE_BYTES = 4 << 20;

  private final Session session;

  @Option(
      names = "--committee",
      required = true,
      paramLabel = "FILE",
      description = "Committee with the addresses of its nodes, in JSON.")
  private Path committee;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description = "The address to listen at (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "" + DaemonConfig.PORT,
      description = "The port; 0 for any (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "A name by which it may be called beside those of this machine, while it listens at the"
              + " loopback address; may be repeated.")
  private Set<String> names = Set.of();

  @Option(names = "--cors", description = "Let pages of other origins read by it.")
  private boolean cors;

  @Option(
      names = "--requests",
      paramLabel = "COUNT",
      defaultValue = "64",
      description = "How many requests it answers at a time (default: ${DEFAULT-VALUE}).")
  private int requests;

  @Option(
      names = "--temporary-bytes",
      paramLabel = "SIZE",
      defaultValue = "4GiB",
      description =
          "How long blobs may be together that are under way, in temporary files (default:"
              + " ${DEFAULT-VALUE}).")
  private ByteSize temporaryBytes;

  @Option(
      names = "--header",
      paramLabel = "NAME",
      description = "A tag of files of quilts that becomes a header; may be repeated.")
  private Set<String> headers = Set.of();

  @Option(names = "--all-tags", description = "Make headers of all tags.")
  private boolean allTags;

  DaemonCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    NetworkCommittee nodes = committee();
    Path temporary = Files.createTempDirectory(BlobInput.temporaryDirectory(), "redstuff-daemon-");
    CountDownLatch closed = new CountDownLatch(1);
    boolean isRunning = false;
    try {
      WalrusClient client =
          WalrusClient.of(
              nodes,
              TransferSettings.defaults()
                  .with(
                      new Workspace(
                          TransferSettings.defaults().workspace().memoryBudget(),
                          Optional.of(temporary))));
      DaemonServer daemon =
          DaemonServer.start(config(temporary), client, Optional.empty(), Optional.empty());
      // Closed by whatever ends the process, a signal too; the process waits for that.
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> close(daemon, client, temporary, closed)));
      isRunning = true;
      session.out().println(daemon.address());
      session.out().flush();
      closed.await();
      return ExitCode.OK;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw CommandException.usage("interrupted", e);
    } finally {
      if (!isRunning) {
        Files.deleteIfExists(temporary.resolve("daemon.lock"));
        Files.deleteIfExists(temporary);
      }
    }
  }

  private NetworkCommittee committee() throws CommandException, IOException {
    try {
      return NetworkCommittee.parse(
          SmallFile.read(committee, MOST_COMMITTEE_BYTES), BlsEngine.preferred());
    } catch (RedStuffException e) {
      throw CommandException.badData(committee + ": " + e.getMessage(), e);
    }
  }

  private DaemonConfig config(Path temporary) throws CommandException {
    try {
      DaemonConfig config = DaemonConfig.of(temporary);
      return config
          .at(host, port)
          .withBytes(0, 0, temporaryBytes.bytes(), config.memoryBytes())
          .withRequests(requests, 1)
          .allowing(names, cors)
          .withHeaders(headers, allTags);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
  }

  private static void close(
      DaemonServer daemon, WalrusClient client, Path temporary, CountDownLatch closed) {
    try (client) {
      daemon.close();
      try (Stream<Path> left = Files.list(temporary)) {
        for (Path path : left.toList()) {
          Files.delete(path);
        }
      }
      Files.delete(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      closed.countDown();
    }
  }
}
