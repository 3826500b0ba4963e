package io.redstuff.spark.command;

import io.redstuff.spark.Archive;
import io.redstuff.spark.ScrubJob;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks at every sliver of an archive. */
@Command(
    name = "scrub",
    description = "Hashes every sliver where it lies, and names the bad and missing ones.",
    mixinStandardHelpOptions = true)
final class ScrubCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "ARCHIVE", description = "The directory of the archive.")
  private String uri;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Write what was found of each blob, for repair, as a Parquet table.")
  private String output;

  @Option(
      names = "--show",
      paramLabel = "BLOBS",
      defaultValue = "20",
      description = "How many damaged blobs to name, the worst first (default: ${DEFAULT-VALUE}).")
  private int most;

  ScrubCommand() {}

  @Override
  public Integer call() throws IOException {
    SparkSession spark = Session.of("scrub");
    Archive archive = Archive.open(spark, uri);
    Dataset<Row> findings = new ScrubJob(archive).findings();
    if (output != null) {
      findings.write().mode(SaveMode.Overwrite).parquet(output);
      findings = spark.read().schema(ScrubJob.FINDINGS).parquet(output);
    } else {
      findings = findings.persist(StorageLevel.MEMORY_AND_DISK());
    }
    ScrubJob.Report report =
        Findings.print("scrub: " + archive, findings, most, spec.commandLine().getOut());
    return report.whole() == report.blobs() ? Main.OK : Main.BAD_DATA;
  }
}
