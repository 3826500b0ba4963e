package io.redstuff.spark.command;

import io.redstuff.certify.Committee;
import io.redstuff.certify.bls.BlsEngine;
import io.redstuff.certify.json.CommitteeJson;
import io.redstuff.error.RedStuffException;
import io.redstuff.spark.Nodes;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which storage node keeps which shard: a committee, or a plain count. */
final class NodesOptions {
  private static final int MOST_BYTES = 64 << 20;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = {"-n", "--shards"},
      paramLabel = "N",
      description = "The number of shards, 4 to 49155 (default: 1000, or the committee's).")
  private Integer shards;

  @Option(
      names = "--nodes",
      paramLabel = "COUNT",
      description =
          "How many storage nodes share them evenly (default: 100, or one for each shard).")
  private Integer nodes;

  @Option(
      names = "--committee",
      paramLabel = "FILE",
      description = "A committee in BCS or JSON that says which member has which shards.")
  private String committee;

  Nodes read(SparkSession spark) throws IOException, RedStuffException {
    if (committee == null) {
      int n = shards == null ? 1000 : shards;
      return Nodes.evenly(n, nodes == null ? Math.min(100, n) : nodes);
    }
    if (nodes != null) {
      throw new ParameterException(
          spec.commandLine(), "got both --committee and --nodes, expected one of them");
    }
    byte[] content = SmallFiles.read(spark, committee, MOST_BYTES);
    Committee read =
        content.length > 0 && content[0] == '{'
            ? CommitteeJson.parse(content, BlsEngine.preferred())
            : Committee.parse(content, BlsEngine.preferred());
    if (shards != null && shards != read.shards()) {
      throw new ParameterException(
          spec.commandLine(),
          "got -n %s and a committee of %s shards, expected the same"
              .formatted(shards, read.shards()));
    }
    return Nodes.of(read);
  }
}
