package io.redstuff.cli.network;

import io.redstuff.cli.io.CommandException;
import io.redstuff.cli.io.ExitCode;
import io.redstuff.cli.io.Session;
import io.redstuff.cli.show.Progress;
import io.redstuff.front.FrontDoor;
import io.redstuff.front.FrontDoorConfig;
import io.redstuff.network.local.LocalNetwork;
import io.redstuff.network.local.NetworkDescription;
import io.redstuff.network.local.NetworkHome;
import io.redstuff.network.local.NetworkPlan;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code redstuff network up}: runs a network until it is told to end. */
@Command(
    name = "up",
    header = "Run a network until it is interrupted.",
    description = {
      "",
      "Founds a network if the directory has none: makes keys, registers the nodes on a new ledger,"
          + " stakes the same with each and begins epoch 1. Prints a line that begins with 'ready'"
          + " when all nodes serve, and one address: a browser finds a page there that shows what"
          + " is inside, programs a publisher and an aggregator. Epochs end when 'redstuff network"
          + " epoch next' says so.",
      "",
      "Example:",
      "  redstuff network up --nodes 10 --shards 100",
      "  redstuff network up --json > addresses.json",
      ""
    })
final class UpCommand extends NetworkTask {
  @Option(
      names = "--nodes",
      paramLabel = "COUNT",
      description = "How many nodes a new network has (default: 10).")
  private Integer nodes;

  @Option(
      names = {"-n", "--shards"},
      paramLabel = "COUNT",
      description = "How many shards they share (default: 100).")
  private Integer shards;

  @Option(
      names = "--processes",
      description = "Run each node in a process of its own, with its log in its directory.")
  private boolean processes;

  @Option(
      names = "--json",
      description = "Print the addresses of all parts as JSON instead of the line, when ready.")
  private boolean json;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Address of page, publisher and aggregator (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Their port; 0 for any (default: " + FrontDoorConfig.PORT + " if it is free).")
  private Integer port;

  @Option(
      names = "--name",
      split = ",",
      paramLabel = "NAME",
      description = "Names of this machine by which browsers may call them, beside localhost.")
  private Set<String> names = Set.of();

  @Option(
      names = "--control-from-afar",
      description =
          "Let whoever reaches an address that is not of the loopback interface stop nodes.")
  private boolean controlFromAfar;

  UpCommand(Session session) {
    super(session);
  }

  @Override
  int run() throws CommandException, IOException, InterruptedException {
    NetworkPlan plan;
    try {
      plan =
          NetworkPlan.DEFAULT.ofSize(
              nodes == null ? NetworkPlan.DEFAULT.nodes() : nodes,
              shards == null ? NetworkPlan.DEFAULT.shards() : shards);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage(e.getMessage(), e);
    }
    FrontDoorConfig config = config();
    NetworkHome home = network().home();
    LocalNetwork running;
    try (Progress progress = session().startProgress("starting nodes", -1, "")) {
      progress.step(0);
      running =
          LocalNetwork.open(
              home, plan, processes ? LocalNetwork.Mode.PROCESSES : LocalNetwork.Mode.ONE_JVM);
    }
    // Closed by whatever ends the process, a signal too; the process waits for that.
    AtomicReference<FrontDoor> opened = new AtomicReference<>();
    CountDownLatch closed = new CountDownLatch(1);
    Thread closing =
        new Thread(
            () -> {
              FrontDoor door = opened.get();
              if (door != null) {
                door.close();
              }
              running.close();
              closed.countDown();
            });
    Runtime.getRuntime().addShutdownHook(closing);
    checkSize(running.description());
    FrontDoor door = FrontDoor.start(running, config);
    opened.set(door);
    NetworkDescription description = running.description().withFrontDoor(door.address());
    description.write(home.description());
    session().out().print(json ? description.toJson() + "\n" : ready(running, door));
    session().out().flush();
    closed.await();
    return ExitCode.OK;
  }

  private FrontDoorConfig config() throws CommandException {
    try {
      FrontDoorConfig config =
          FrontDoorConfig.DEFAULT
              .withHost(host)
              .withNames(names)
              .withControlFromAfar(controlFromAfar);
      return port == null ? config : config.withPort(port);
    } catch (IllegalArgumentException e) {
      throw CommandException.usage("--" + e.getMessage(), e);
    }
  }

  /** A network that was there is as it was founded. */
  private void checkSize(NetworkDescription description) throws CommandException {
    check("--nodes", nodes, description.nodes().size());
    check("--shards", shards, description.shards());
  }

  private void check(String option, Integer wanted, int got) throws CommandException {
    if (wanted != null && wanted != got) {
      throw CommandException.usage(
          "%s: got %s, expected %s, with which the network in %s was founded"
              .formatted(option, wanted, got, network().home().directory()));
    }
  }

  private static String ready(LocalNetwork running, FrontDoor door) {
    NetworkDescription description = running.description();
    return "ready: %s with %s nodes, %s shards, epoch %s, data %s%n"
        .formatted(
            door.address(),
            description.nodes().size(),
            description.shards(),
            running.ledger().system().epoch(),
            running.home().directory());
  }
}
