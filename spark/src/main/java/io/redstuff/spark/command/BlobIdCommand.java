package io.redstuff.spark.command;

import static org.apache.spark.sql.functions.col;

import io.redstuff.spark.BlobIdJob;
import io.redstuff.spark.Kept;
import io.redstuff.spark.Tables;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Ids of files. */
@Command(
    name = "blob-id",
    description = "Computes the ids of files: prints \"<id>  <URI>\" a line, or writes a table.",
    mixinStandardHelpOptions = true)
final class BlobIdCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private InputOptions inputs;
  @Mixin private MemoryOption memory;

  @Option(
      names = {"-n", "--shards"},
      paramLabel = "N",
      defaultValue = "1000",
      description = "The number of shards, 4 to 49155 (default: ${DEFAULT-VALUE}).")
  private int shards;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      description = "Add to a Parquet table; files that it has are skipped.")
  private String output;

  @Option(names = "--metadata", description = "Write the metadata of each blob, too.")
  private boolean metadata;

  BlobIdCommand() {}

  @Override
  public Integer call() throws IOException {
    SparkSession spark = Session.of("blob-id");
    Dataset<String> uris = inputs.read(spark);
    BlobIdJob job = new BlobIdJob(spark, shards, memory.bytes(), metadata);
    PrintWriter out = spec.commandLine().getOut();
    if (output == null) {
      return print(job.ids(uris), out);
    }
    boolean begun = SmallFiles.exists(spark, output + "/_SUCCESS");
    Dataset<Row> ids =
        begun ? job.ids(uris, spark.read().schema(Tables.IDS).parquet(output)) : job.ids(uris);
    try (Kept keeper = Kept.of(ids)) {
      Dataset<Row> kept = keeper.rows();
      kept.write().mode(SaveMode.Append).parquet(output);
      long failed = kept.where(col(Tables.ERROR).isNotNull()).count();
      long all = kept.count();
      new Summary("blob-id: " + output)
          .line("files in all", uris.distinct().count())
          .line("ids computed", all - failed)
          .line("failed", failed)
          .print(out);
      return failed == 0 ? Main.OK : Main.BAD_DATA;
    }
  }

  /** Prints ids as they come, partition by partition, and complains about the others. */
  private int print(Dataset<Row> ids, PrintWriter out) {
    int exitCode = Main.OK;
    try (Kept kept = Kept.of(ids)) {
      kept.rows()
          .foreachPartition((ForeachPartitionFunction<Row>) rows -> rows.forEachRemaining(_ -> {}));
      for (Iterator<Row> rows = kept.rows().toLocalIterator(); rows.hasNext(); ) {
        Row row = rows.next();
        String error = row.getAs(Tables.ERROR);
        if (error == null) {
          out.println(row.<String>getAs(Tables.ID) + "  " + row.<String>getAs(Tables.URI));
        } else {
          spec.commandLine()
              .getErr()
              .println("redstuff-spark: " + row.<String>getAs(Tables.URI) + ": " + error);
          exitCode = Main.BAD_DATA;
        }
      }
    }
    out.flush();
    return exitCode;
  }
}
