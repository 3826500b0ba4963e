package io.redstuff.spark.command;

import io.redstuff.error.RedStuffException;
import io.redstuff.spark.Archive;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The archive that a command adds to, which is begun if there is none. */
final class OutputArchive {
  @Mixin private NodesOptions nodes;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "ARCHIVE",
      description = "The directory of the archive.")
  private String uri;

  Archive open(SparkSession spark) throws IOException, RedStuffException {
    return Archive.openOrCreate(spark, uri, nodes.read(spark));
  }
}
