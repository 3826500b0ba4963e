package io.redstuff.spark.command;

import io.redstuff.error.RedStuffException;
import io.redstuff.spark.Archive;
import io.redstuff.spark.EncodeJob;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Encodes files into an archive. */
@Command(
    name = "encode",
    description = "Encodes files: slivers by storage node, and metadata. Skips what is there.",
    mixinStandardHelpOptions = true)
final class EncodeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private InputOptions inputs;
  @Mixin private OutputArchive output;
  @Mixin private MemoryOption memory;

  @Option(
      names = "--batch",
      paramLabel = "FILES",
      defaultValue = "10000",
      description = "How many files are committed together (default: ${DEFAULT-VALUE}).")
  private long batch;

  EncodeCommand() {}

  @Override
  public Integer call() throws IOException, RedStuffException {
    SparkSession spark = Session.of("encode");
    Archive archive = output.open(spark);
    EncodeJob.Report report = new EncodeJob(archive, memory.bytes(), batch).run(inputs.read(spark));
    new Summary("encode: " + archive)
        .line("files", report.files())
        .line("skipped, there already", report.skipped())
        .line("encoded", report.encoded())
        .line("bytes of these", report.bytes())
        .line("failed", report.failed())
        .print(spec.commandLine().getOut());
    return report.failed() == 0 ? Main.OK : Main.BAD_DATA;
  }
}
