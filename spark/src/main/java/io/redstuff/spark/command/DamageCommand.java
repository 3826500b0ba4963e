package io.redstuff.spark.command;

import io.redstuff.spark.Archive;
import io.redstuff.spark.Damage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Damages an archive on purpose. */
@Command(
    name = "damage",
    description = "DESTROYS slivers of an archive on purpose, to try out scrub, repair and audit.",
    mixinStandardHelpOptions = true)
final class DamageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ARCHIVE", description = "The directory of the archive.")
  private String uri;

  @Option(
      names = "--lose",
      paramLabel = "NODE",
      split = ",",
      description = "Numbers of nodes that lose all they keep.")
  private List<Integer> lost = new ArrayList<>();

  @Option(
      names = "--rot",
      paramLabel = "NODE",
      split = ",",
      description = "Numbers of nodes some of whose slivers get a bit flipped.")
  private List<Integer> rotten = new ArrayList<>();

  @Option(
      names = "--one-in",
      paramLabel = "COUNT",
      defaultValue = "10",
      description = "How many of those that rot: one in so many (default: ${DEFAULT-VALUE}).")
  private int oneIn;

  DamageCommand() {}

  @Override
  public Integer call() throws IOException {
    SparkSession spark = Session.of("damage");
    Archive archive = Archive.open(spark, uri);
    long gone = 0;
    for (int node : lost) {
      gone += Damage.lose(archive, node);
    }
    long bad = 0;
    for (int node : rotten) {
      bad += Damage.rot(archive, node, oneIn);
    }
    new Summary("damage: " + archive)
        .line("slivers lost", gone)
        .line("slivers with a flipped bit", bad)
        .print(spec.commandLine().getOut());
    return Main.OK;
  }
}
