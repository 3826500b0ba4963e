package io.redstuff.spark.command;

import io.redstuff.spark.Archive;
import io.redstuff.spark.Kept;
import io.redstuff.spark.RepairJob;
import io.redstuff.spark.ScrubJob;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Restores what is lost. */
@Command(
    name = "repair",
    description = "Restores bad and missing slivers, each compared with its hash.",
    mixinStandardHelpOptions = true)
final class RepairCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private MemoryOption memory;

  @Parameters(paramLabel = "ARCHIVE", description = "The directory of the archive.")
  private String uri;

  @Option(
      names = "--scrub",
      paramLabel = "DIR",
      description = "What a scrub has written since the archive was last changed (default: scrub).")
  private String scrub;

  RepairCommand() {}

  @Override
  public Integer call() throws IOException {
    SparkSession spark = Session.of("repair");
    Archive archive = Archive.open(spark, uri);
    Dataset<Row> findings =
        scrub == null
            ? new ScrubJob(archive).findings()
            : spark.read().schema(ScrubJob.FINDINGS).parquet(scrub);
    try (Kept kept = Kept.of(findings)) {
      RepairJob.Report report = new RepairJob(archive, memory.bytes()).run(kept.rows());
      print(archive, report);
      return report.left() == 0 && report.lost() == report.restored() ? Main.OK : Main.BAD_DATA;
    }
  }

  private void print(Archive archive, RepairJob.Report report) {
    new Summary("repair: " + archive)
        .line("blobs by symbols", report.bySymbols())
        .line("blobs by whole slivers", report.bySlivers())
        .line("blobs left", report.left())
        .line("slivers lost", report.lost())
        .line("slivers restored", report.restored())
        .print(spec.commandLine().getOut());
  }
}
